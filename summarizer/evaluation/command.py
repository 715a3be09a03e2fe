"""`summarizer evaluate` and scripts/evaluate.py: options in, table to standard output, files into the output folder."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from summarizer.errors import InputError
from summarizer.evaluation.options import SIMILARITY, Options
from summarizer.evaluation.rouge import TOKENIZERS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `summarizer evaluate`; `run` reads them."""
    own = Options()
    parser.add_argument("data", metavar="DATA", help="JSONL of articles with bullets or summary, or TSV of sentences")
    parser.add_argument("--model", metavar="DIR", help="checkpoint folder or hub id (default: the embedded checkpoint)")
    parser.add_argument(
        "--systems",
        nargs="*",
        default=own.systems,
        metavar="NAME",
        help="rows of the table: default, lead, random, oracle, no-anchors, ..., or the sets baselines, ablations, "
        "bounds; NAME@DIR runs it with another checkpoint",
    )
    parser.add_argument(
        "--outputs", nargs="*", default=[], metavar="FILE", help="JSONL of outputs to judge: id, bullets"
    )
    parser.add_argument("--baseline", metavar="NAME", help="row that the others are compared to (default: the first)")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N articles or sentences")
    parser.add_argument("--bullets", type=int, metavar="N", help="at most N bullets an article")
    parser.add_argument("--similarity", choices=SIMILARITY, default=own.similarity, help="likeness to the source")
    parser.add_argument("--tokenizer", choices=TOKENIZERS, default=own.tokenizer, help="of ROUGE")
    parser.add_argument("--relay-model", metavar="DIR", help="Hindi summariser for summarise-then-translate")
    parser.add_argument("--engine", choices=("auto", "ctranslate2", "torch"), default=own.engine)
    parser.add_argument("--device", metavar="NAME", default=own.device, help="auto, cpu, cuda or (torch) mps")
    parser.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: all cores)")
    parser.add_argument("--seed", type=int, default=own.seed, help="of resampling (default: %(default)s)")
    parser.add_argument("--resamples", type=int, default=own.resamples, help="default: %(default)s")
    parser.add_argument(
        "-o", "--output-dir", default=own.output_dir, metavar="DIR", help="for table, CSV, JSON, report (%(default)s)"
    )
    parser.add_argument(
        "--figures", nargs="*", default=[], metavar="FILE", help="documents whose figures block the table replaces"
    )


def run(args: argparse.Namespace) -> int:
    """Evaluate as the parsed options say. Raises SummarizerError; returns the exit code."""
    return run_options(Options.from_dict({f.name: getattr(args, f.name) for f in fields(Options)}))


def run_options(options: Options) -> int:
    """Evaluate, write the files, print the table. 3 where a system gave no output for some article, else 0."""
    from summarizer.evaluation.run import evaluate
    from summarizer.evaluation.tables import markdown, write_figures

    results = evaluate(options)
    folder = write_files(results, Path(options.output_dir))
    text = markdown(results)
    for target in options.figures:
        write_figures(target, text)
    print(text)
    print(f"report: {folder / 'report.html'}", file=sys.stderr)
    return 3 if any(_failed(article) for article in results.get("articles", [])) else 0


def write_files(results: dict[str, Any], folder: Path) -> Path:
    """results.json, table.md, table.csv, articles.csv, report.html and each system's outputs. Raises InputError where
    the folder cannot be written."""
    from summarizer.evaluation.report import html
    from summarizer.evaluation.tables import articles_csv, markdown, summary_csv

    files = {
        "results.json": json.dumps(results, ensure_ascii=False, indent=1) + "\n",
        "table.md": markdown(results) + "\n",
        "table.csv": summary_csv(results),
        "articles.csv": articles_csv(results),
        "report.html": html(results),
    }
    for system in results["systems"]:
        files[f"outputs/{system['name']}.{'jsonl' if results['kind'] == 'articles' else 'txt'}"] = _outputs(
            results, system["name"]
        )
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); choose another output_dir") from None
    return folder


def _outputs(results: dict[str, Any], name: str) -> str:
    """Outputs in the form that `outputs` reads again."""
    if results["kind"] == "sentences":
        return "".join(" ".join(item["systems"][name]["text"].split()) + "\n" for item in results["sentences"])
    lines = []
    for article in results["articles"]:
        bullets = [{"text": b["text"], "sources": b["sources"]} for b in article["systems"][name]["bullets"]]
        lines.append(json.dumps({"id": article["id"], "bullets": bullets}, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def _failed(article: dict[str, Any]) -> bool:
    return any(note.startswith("no output") for one in article["systems"].values() for note in one["notes"])
