"""From scores to results: estimates with intervals, tests against a baseline, rows per anchor; one plain dictionary.

The dictionary is what results.json holds and what table, CSV, report and README figures are written from.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from summarizer.evaluation.data import Example, Output
from summarizer.evaluation.options import Options
from summarizer.evaluation.scoring import METRICS, STATUSES, Scored
from summarizer.evaluation.significance import Pair, compare, estimate
from summarizer.evaluation.systems import Entry


def system_result(entry: Entry, scored: Sequence[Scored], options: Options) -> dict[str, Any]:
    """One row: its estimates by metric and by gloss status, and its anchors."""
    draws = {"resamples": options.resamples, "seed": options.seed}
    metrics = {m.key: estimate([s.values.get(m.key, (0, 0)) for s in scored], **draws) for m in METRICS}
    statuses = {
        status: {
            **asdict(estimate(pairs, **draws)),
            "found": sum(p[0] for p in pairs),
            "expected": sum(p[1] for p in pairs),
        }
        for status in STATUSES
        for pairs in [[s.status_recall[status] for s in scored]]
    }
    return {
        "name": entry.name,
        "about": entry.about,
        "model": None if entry.system is None or entry.system.english == "human" else entry.model or "default",
        "metrics": {key: asdict(value) for key, value in metrics.items() if not math.isnan(value.value)},
        "statuses": {key: value for key, value in statuses.items() if value["expected"]},
        "anchors": anchor_rows(scored),
    }


def anchor_rows(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    """Per spelling: in how many articles the reference uses it and the output has it, and its other renderings."""
    rows: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    variants: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in scored:
        for anchor in one.expected:
            rows[anchor.hi, anchor.en, anchor.status]["expected"] += 1
        for anchor in one.found:
            rows[anchor.hi, anchor.en, anchor.status]["found"] += 1
        for anchor, surface in one.terms.variants:
            variants[anchor.hi, anchor.en, anchor.status].append(surface)
            rows[anchor.hi, anchor.en, anchor.status].update(())
    return [
        {
            "hi": hi,
            "en": en,
            "status": status,
            "expected": count["expected"],
            "found": count["found"],
            "variants": variants[hi, en, status],
        }
        for (hi, en, status), count in sorted(
            rows.items(), key=lambda row: (row[1]["found"] - row[1]["expected"], row[0])
        )
    ]


def comparisons(
    scored: dict[str, Sequence[Scored]], baseline: str, options: Options
) -> dict[str, dict[str, dict[str, float]]]:
    """Each other system against the baseline by metric; figures that one of them lacks are left out."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    base = scored[baseline]
    for name, own in scored.items():
        if name == baseline:
            continue
        found[name] = {}
        for metric in METRICS:
            sides: list[list[Pair]] = [[s.values.get(metric.key, (0, 0)) for s in side] for side in (own, base)]
            result = compare(*sides, resamples=options.resamples, seed=options.seed)
            if not math.isnan(result.difference):
                found[name][metric.key] = asdict(result)
    return found


def article_results(
    examples: Sequence[Example], outputs: dict[str, Sequence[Output]], scored: dict[str, Sequence[Scored]]
) -> list[dict[str, Any]]:
    """Each article with its sentences, anchors, reference, and what every system made of it."""
    return [
        {
            "id": example.id,
            "title": example.title,
            "reference": example.reference.splitlines(),
            "sentences": [
                {"index": s.index, "text": s.text, "role": s.role, "anchors": _spans(example, s.index)}
                for s in example.sentences
            ],
            "anchors": list(dict.fromkeys(a.en for a in example.anchors if a.usable)),
            "systems": {name: _article_system(outputs[name][place], scored[name][place]) for name in scored},
        }
        for place, example in enumerate(examples)
    ]


def _spans(example: Example, index: int) -> list[dict[str, Any]]:
    return [
        {"start": a.start, "end": a.bracket[1] if a.bracket else a.end, "en": a.en, "status": a.status}
        for a in example.anchors
        if a.sentence == index
    ]


def _article_system(output: Output, scored: Scored) -> dict[str, Any]:
    return {
        "values": {key: list(pair) for key, pair in scored.values.items() if pair[1]},
        "bullets": [
            {
                "text": b.text,
                "sources": b.sources,
                "names": b.names,
                "numbers": b.numbers,
                "negation": b.negation,
            }
            for b in scored.bullets
        ],
        "variants": [{"en": v.anchor.en, "surface": v.surface} for v in scored.terms.variants],
        "leaks": [leak.surface for leak in scored.terms.leaks],
        "missing": [a.en for a in scored.expected if a not in scored.found],
        "notes": list(output.notes),
    }
