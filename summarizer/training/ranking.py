"""Pairs of sentences → the model's own hypotheses of each source and how near they are to its reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarizer.errors import InputError
from summarizer.pipeline.prepare import prepare
from summarizer.training.corpora import Example
from summarizer.training.encoding import chunks

if TYPE_CHECKING:
    from summarizer.api import Summarizer

BATCH = 500  # sentences translated together
KEPT = 4  # hypotheses of a pair
Gains = dict[str, float]


def ranked(examples: Iterable[Example], summarizer: Summarizer) -> Iterator[dict[str, Any]]:
    """{"source", "target", "hypotheses": [[text, gain], …]} of each pair that has two different hypotheses, which the
    reader `ranked` takes. The source is what the model reads at inference, anchors inline; a source that is not one
    body sentence is left out."""
    codec = summarizer.engine.codec
    for part in chunks(examples, BATCH):
        pairs = [(source, e.target_text) for e in part if (source := _as_fed(e.source, summarizer))]
        generated = summarizer.engine.generate(codec.encode_sources([s for s, _ in pairs]), summarizer.options)
        for (source, target), hypotheses in zip(pairs, generated, strict=True):
            gains = {text: gain(text, target) for text in (codec.decode(h.ids) for h in hypotheses) if text.strip()}
            if len(gains) > 1:
                found = [[text, round(gains[text], 4)] for text in chosen(gains)]
                yield {"source": source, "target": target, "hypotheses": found}


def gain(text: str, reference: str) -> float:
    """Mean of sentence-level chrF and smoothed BLEU, from 0 to 1: chrF alone favours long hypotheses."""
    from sacrebleu import sentence_bleu, sentence_chrf

    return (sentence_chrf(text, [reference]).score + sentence_bleu(text, [reference]).score) / 200


def chosen(gains: Gains) -> Sequence[str]:
    """At most `KEPT` hypotheses: the model's first, the best, the worst, and the likeliest of the others."""
    ends = dict.fromkeys([next(iter(gains)), max(gains, key=lambda t: gains[t]), min(gains, key=lambda t: gains[t])])
    return [*ends, *(text for text in gains if text not in ends)][:KEPT]


def _as_fed(hindi: str, summarizer: Summarizer) -> str | None:
    try:
        article = prepare(hindi, summarizer.lexicon, summarizer.anchors)
    except InputError:
        return None
    return article.unit([article.body[0].index]).source if len(article.body) == 1 else None
