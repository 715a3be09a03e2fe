"""From units to readings: what an engine says of a unit, as a whole and in two parts, read when it is needed.

A reading is (bound of the score, call that gives text and score), see `pipeline.rescoring.contest`, which judges them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from summarizer.engines import DecodingOptions, Engine, Hypothesis
from summarizer.pipeline.parts import Split, joined, splits
from summarizer.pipeline.prepare import Unit
from summarizer.pipeline.rescoring import Reading, Weights
from summarizer.pipeline.restoring import align, restore

PER_PART = 3  # hypotheses of one part that are combined with those of the other
Generated = tuple[list[int], Sequence[Hypothesis]]  # a source and its hypotheses


def in_whole(
    engine: Engine, options: DecodingOptions, units: Sequence[Unit], *, task: str, weights: Weights
) -> list[list[Reading]]:
    """Each unit's hypotheses, best first."""
    return [
        [(h.score + weights.words * len(h.ids), partial(_read, engine, unit, source, h, weights)) for h in hypotheses]
        for unit, (source, hypotheses) in zip(
            units, _run(engine, options, [u.source for u in units], task), strict=True
        )
    ]


def in_parts(
    engine: Engine, options: DecodingOptions, units: Sequence[Unit], *, weights: Weights
) -> list[list[Reading]]:
    """Each unit's translations in two parts; [] for one that cannot be cut."""
    cuts = [(i, split) for i, unit in enumerate(units) for split in splits(unit)]
    texts = [text for _, split in cuts for text in (split.first, split.second)]
    generated = iter(_run(engine, options, texts, "translate"))
    readings: list[list[Reading]] = [[] for _ in units]
    for (i, split), first, second in zip(cuts, generated, generated, strict=True):
        readings[i] += _joined(engine, units[i], split, first, second, weights)
    return readings


def _run(engine: Engine, options: DecodingOptions, texts: Sequence[str], task: str) -> list[Generated]:
    sources = engine.codec.encode_sources(texts, task)
    return list(zip(sources, engine.generate(sources, options), strict=True))


def _joined(
    engine: Engine, unit: Unit, split: Split, first: Generated, second: Generated, weights: Weights
) -> Iterator[Reading]:
    """The best hypotheses of two parts in every combination; the score is the mean over the tokens of both."""
    for one, other in product(first[1][:PER_PART], second[1][:PER_PART]):
        sizes = len(one.ids), len(other.ids)
        bound = _mean((one.score, other.score), sizes) - weights.joined + weights.words * (sum(sizes) + 2)

        def read(one: Hypothesis = one, other: Hypothesis = other, sizes: tuple[int, int] = sizes) -> tuple[str, float]:
            a, score = _read(engine, unit, first[0], one, weights)
            b, other_score = _read(engine, unit, second[0], other, weights)
            return joined(a, b, split.between, unit), _mean((score, other_score), sizes) - weights.joined

        yield bound, read


def _mean(scores: Sequence[float], sizes: Sequence[int]) -> float:
    return sum(x * n for x, n in zip(scores, sizes, strict=True)) / max(1, sum(sizes))


def _read(
    engine: Engine, unit: Unit, source: Sequence[int], hypothesis: Hypothesis, weights: Weights
) -> tuple[str, float]:
    """(text, model score) with lost glosses put back, which costs a little of the score."""
    text = engine.codec.decode(hypothesis.ids)
    if not hypothesis.ids or hypothesis.attention is None:
        return text, hypothesis.score
    pieces = engine.codec.tokenizer.pieces
    alignment = align(pieces(source), pieces(hypothesis.ids), hypothesis.attention)
    text, count = restore(text, unit.anchors, alignment, unit.plain)
    return text, hypothesis.score - weights.restored * count
