"""Evaluation of translated sentences (TSV): BLEU and chrF with sacreBLEU's own intervals and paired tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.evaluation.data import read_pairs
from summarizer.evaluation.options import Options
from summarizer.evaluation.systems import Entry, Runner
from summarizer.evaluation.translation import chrf_each, metrics
from summarizer.text import numbers
from summarizer.text.negation import flipped

TITLES = {"bleu": "BLEU", "chrf": "chrF"}


def evaluate_sentences(rows: Sequence[Entry], baseline: str, options: Options) -> dict[str, Any]:
    """Results of the systems on sentence pairs. Raises InputError and UsageError as `read_pairs` and `Runner` do."""
    pairs = read_pairs(Path(options.data), options.limit)
    hindi, references = [h for h, _ in pairs], [e for _, e in pairs]
    runner = Runner(options)
    outputs: dict[str, list[str]] = {}
    systems = []
    for row in rows:
        print(f"{row.name}: {row.about}", file=sys.stderr)
        outputs[row.name], seconds = runner.translate(row, hindi)
        scores = corpus_scores(outputs[row.name], references, options)
        bad = sum(bool(numbers.unsupported(o, [h])) for o, h in zip(outputs[row.name], hindi, strict=True))
        scores["bad_numbers"] = {"value": bad / len(pairs)}
        turned = sum(bool(flipped(o, [h])) for o, h in zip(outputs[row.name], hindi, strict=True))
        scores["bad_negation"] = {"value": turned / len(pairs)}
        if seconds == seconds:
            scores["seconds"] = {"value": seconds / len(pairs)}
        model = None if row.system is None else row.model or "default"
        systems.append({"name": row.name, "about": row.about, "model": model, "metrics": scores})
    each = {name: chrf_each(texts, references) for name, texts in outputs.items()}
    return {
        "kind": "sentences",
        "count": len(pairs),
        "signature": {name: str(signature) for name, signature in _signatures(options).items()},
        "systems": systems,
        "comparisons": comparisons(outputs, baseline, references, options),
        "sentences": [
            {
                "hindi": pair[0],
                "reference": pair[1],
                "systems": {name: {"text": outputs[name][i], "chrf": each[name][i]} for name in outputs},
            }
            for i, pair in enumerate(pairs)
        ],
    }


def corpus_scores(hypotheses: list[str], references: list[str], options: Options) -> dict[str, dict[str, float]]:
    """BLEU and chrF with the bootstrap's interval."""
    os.environ["SACREBLEU_SEED"] = str(options.seed)
    found = {}
    for name, metric in metrics(references).items():
        score = metric.corpus_score(hypotheses, None, n_bootstrap=options.resamples)
        # sacreBLEU gives half the width of the interval around the resamples' mean.
        found[name] = {
            "value": score.score,
            "low": float(score._mean - score._ci),
            "high": float(score._mean + score._ci),
        }
    return found


def comparisons(
    outputs: dict[str, list[str]], baseline: str, references: list[str], options: Options
) -> dict[str, dict[str, dict[str, float]]]:
    """Each other system against the baseline: paired bootstrap and approximate randomisation of sacreBLEU."""
    from sacrebleu.significance import PairedTest

    os.environ["SACREBLEU_SEED"] = str(options.seed)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, texts in outputs.items():
        if name == baseline:
            continue
        named: list[tuple[str, Sequence[str]]] = [(baseline, outputs[baseline]), (name, texts)]
        by_kind: list[dict[str, Any]] = [
            PairedTest(named, metrics(references), None, test_type=kind, n_samples=options.resamples)()[1]
            for kind in ("bs", "ar")
        ]
        found[name] = {}
        for title, results in by_kind[0].items():
            key = next((k for k in TITLES if title.lower().startswith(k)), None)
            if key:
                found[name][key] = {
                    "difference": float(results[1].score - results[0].score),
                    "p_bootstrap": float(results[1].p_value),
                    "p_randomisation": float(by_kind[1][title][1].p_value),
                }
    return found


def _signatures(options: Options) -> dict[str, Any]:
    return {name: metric.get_signature() for name, metric in metrics([""]).items()} | {
        "significance": f"SIG|bootstrap:{options.resamples}|randomisation:{options.resamples}|seed:{options.seed}"
    }
