"""ROUGE-1/2/L/Lsum F1 by `rouge_score` (Lin 2004), with a tokenizer that keeps Devanagari; scores of single texts.

The metric module for the `evaluate` library in metrics/rouge/ calls this; so do training and the evaluation command.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

TYPES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
TOKENIZERS = ("latin", "devanagari")
_WORD = re.compile(r"[a-z0-9]+|[\u0900-\u0963\u0966-\u097f]+")
_JOINERS = dict.fromkeys((0x200C, 0x200D))


class DevanagariTokenizer:
    """Lower-case Latin and Devanagari words, vowel signs kept in their word; dandas and punctuation separate.

    On ASCII text it gives what `rouge_score`'s own tokenizer gives, which drops Devanagari altogether.
    """

    def __init__(self, stem: bool = True) -> None:
        from nltk.stem import porter

        self._stemmer = porter.PorterStemmer() if stem else None

    def tokenize(self, text: str) -> list[str]:
        words = _WORD.findall(unicodedata.normalize("NFC", text).translate(_JOINERS).lower())
        if self._stemmer is None:
            return words
        return [self._stemmer.stem(w) if len(w) > 3 and w.isascii() else w for w in words]


def scorer(tokenizer: str = "latin", stem: bool = True, types: Sequence[str] = TYPES) -> Any:
    """A `rouge_score` scorer. Raises ValueError for a tokenizer that is none of TOKENIZERS."""
    from rouge_score import rouge_scorer

    if tokenizer not in TOKENIZERS:
        raise ValueError(f"tokenizer {tokenizer!r} is unknown; known: {', '.join(TOKENIZERS)}")
    own = DevanagariTokenizer(stem) if tokenizer == "devanagari" else None
    return rouge_scorer.RougeScorer(list(types), use_stemmer=stem, tokenizer=own)


def rouge_each(
    hypotheses: Sequence[str], references: Sequence[str], *, tokenizer: str = "latin", stem: bool = True
) -> dict[str, list[float]]:
    """F1 (0 to 1) of each hypothesis against its reference, by ROUGE type.

    rougeLsum takes each line (bullet) as a sentence. Raises ValueError unless both lists have the same length.
    """
    if len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} hypotheses for {len(references)} references; give one each")
    judge = scorer(tokenizer, stem)
    scores = [judge.score(reference, hypothesis) for hypothesis, reference in zip(hypotheses, references, strict=True)]
    return {kind: [float(s[kind].fmeasure) for s in scores] for kind in TYPES}


def rouge(
    hypotheses: Sequence[str], references: Sequence[str], *, tokenizer: str = "latin", stem: bool = True
) -> dict[str, float]:
    """Mean F1 by ROUGE type, 0 to 100. Raises ValueError without texts or with lists of different length."""
    if not hypotheses:
        raise ValueError("no hypotheses to score; give at least one")
    each = rouge_each(hypotheses, references, tokenizer=tokenizer, stem=stem)
    return {kind: 100 * sum(values) / len(values) for kind, values in each.items()}


def rouge_signature(tokenizer: str = "latin", stem: bool = True) -> str:
    """Every setting that changes the figures, on one line."""
    stemmer = "porter" if stem else "none"
    return (
        f"ROUGE|types:1,2,L,Lsum|score:f1|refs:1|tok:{tokenizer}|case:lc|stem:{stemmer}"
        f"|lsum:newline|agg:mean|rouge_score:{version('rouge_score')}"
    )
