"""BLEU and chrF of translated sentences by sacreBLEU, with its signatures. Summaries are judged by ROUGE instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def metrics(references: Sequence[str] | None = None) -> dict[str, Any]:
    """sacreBLEU's metric objects (Post 2018; chrF2: Popović 2015), with the references read once where given."""
    from sacrebleu.metrics import BLEU, CHRF

    cached = [list(references)] if references is not None else None
    return {"bleu": BLEU(references=cached), "chrf": CHRF(references=cached)}


def translation_metrics(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, float | str]:
    """Corpus `bleu` and `chrf` (0 to 100) with `bleu_signature` and `chrf_signature`.

    Raises ValueError without texts or with lists of different length.
    """
    if not hypotheses or len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} hypotheses for {len(references)} references; give one each, at least one")
    scores: dict[str, float | str] = {}
    for name, metric in metrics().items():
        scores[name] = metric.corpus_score(list(hypotheses), [list(references)]).score
        scores[f"{name}_signature"] = str(metric.get_signature())
    return scores


def chrf_each(hypotheses: Sequence[str], references: Sequence[str]) -> list[float]:
    """Sentence chrF (0 to 100) of each hypothesis."""
    chrf = metrics()["chrf"]
    return [chrf.sentence_score(h, [r]).score for h, r in zip(hypotheses, references, strict=True)]
