"""Results as tables: rows of text for Markdown and the report, CSV files, and the marked block of a document."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import InputError
from summarizer.evaluation.scoring import METRICS, STATUSES, Metric

SENTENCE_METRICS = (
    Metric("bleu", "BLEU", 1, 1, "corpus BLEU of sacreBLEU"),
    Metric("chrf", "chrF", 1, 1, "corpus chrF2 of sacreBLEU"),
    Metric("bad_numbers", "numbers", -1, 100, "sentences with a number that their source lacks, %"),
    Metric("bad_negation", "negation", -1, 100, "sentences that lose their source's negation or make one up, %"),
    Metric("seconds", "s", 0, 1, "seconds per sentence, the model's loading apart"),
)
SIGNIFICANT = 0.05


def columns(results: dict[str, Any]) -> list[Metric]:
    """The metrics that at least one system has a figure for."""
    known = SENTENCE_METRICS if results["kind"] == "sentences" else METRICS
    return [m for m in known if any(m.key in s["metrics"] for s in results["systems"])]


def show(metric: Metric, value: float, digits: int | None = None) -> str:
    if digits is None:
        digits = 2 if metric.key in ("placeholder_leaks", "misspelt_leaks", "seconds") else 1
    return f"{metric.scale * value:.{digits}f}"


def cell(metric: Metric, estimate: dict[str, float] | None) -> str:
    """ "31.2 ±2.9": the value and half the width of its 95% interval."""
    if estimate is None:
        return "–"
    if "low" not in estimate or metric.key == "seconds":
        return show(metric, estimate["value"])
    if estimate["high"] == estimate["low"]:
        return show(metric, estimate["value"])  # no article differs: the bootstrap can say nothing
    return f"{show(metric, estimate['value'])} ±{show(metric, (estimate['high'] - estimate['low']) / 2)}"


def is_significant(comparison: dict[str, float] | None) -> bool:
    """Whether both paired tests give p < 0.05."""
    return (
        comparison is not None
        and max(comparison["p_bootstrap"], comparison["p_randomisation"]) < SIGNIFICANT
        and comparison["difference"] != 0
    )


def rows(results: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Header and one row a system; † marks a significant difference from the baseline."""
    shown = columns(results)
    body = []
    for system in results["systems"]:
        compared = results["comparisons"].get(system["name"], {})
        cells = [
            cell(m, system["metrics"].get(m.key)) + ("†" if m.better and is_significant(compared.get(m.key)) else "")
            for m in shown
        ]
        body.append([system["name"], *cells])
    arrows = {1: " ↑", -1: " ↓", 0: ""}
    return ["system", *(m.title + arrows[m.better] for m in shown)], body


def status_rows(results: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Recall of the reference's glosses by the status of the printed gloss: "95.2 (200/210)"."""
    body = []
    for system in results["systems"]:
        cells = []
        for status in STATUSES:
            one = system["statuses"].get(status)
            cells.append(f"{100 * one['value']:.1f} ({one['found']:.0f}/{one['expected']:.0f})" if one else "–")
        body.append([system["name"], *cells])
    return ["anchor recall", *STATUSES], body


def markdown_table(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def markdown(results: dict[str, Any]) -> str:
    """All tables with their legend and signatures."""
    unit = "articles" if results["kind"] == "articles" else "sentences"
    parts = [
        f"{results['data']['name']}, {results['count']} {unit}; ± half of the 95% interval, † differs from "
        f"{results['baseline']} (p < {SIGNIFICANT} by paired bootstrap and by approximate randomisation).",
        markdown_table(*rows(results)),
    ]
    if results["kind"] == "articles":
        parts.append(markdown_table(*status_rows(results)))
    parts.append("\n".join(f"- {s['name']}: {s['about']}" for s in results["systems"]))
    parts.append("\n".join(f"- {m.title}: {m.about}" for m in columns(results)))
    parts.append("\n".join(f"- `{line}`" for line in results["signature"].values()))
    return "\n\n".join(parts)


def summary_csv(results: dict[str, Any]) -> str:
    """One line a system and metric: value, interval, difference from the baseline and p."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    fields = ("value", "low", "high")
    tested = ("difference", "p_bootstrap", "p_randomisation")
    writer.writerow(["system", "metric", *fields, *tested])
    for system in results["systems"]:
        for key, estimate in system["metrics"].items():
            compared = results["comparisons"].get(system["name"], {}).get(key, {})
            numbers = [estimate.get(f, "") for f in fields] + [compared.get(f, "") for f in tested]
            writer.writerow([system["name"], key, *numbers])
    return out.getvalue()


def articles_csv(results: dict[str, Any]) -> str:
    """One line an article and system, a column a metric; for sentences the text and its chrF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if results["kind"] == "sentences":
        writer.writerow(["sentence", "system", "chrf", "text"])
        for number, item in enumerate(results["sentences"], 1):
            for name, one in item["systems"].items():
                writer.writerow([number, name, one["chrf"], one["text"]])
        return out.getvalue()
    keys = [m.key for m in columns(results)]
    writer.writerow(["article", "system", *keys])
    for article in results["articles"]:
        for name, one in article["systems"].items():
            values = [article_value(one, key) for key in keys]
            writer.writerow([article["id"], name, *("" if v is None else v for v in values)])
    return out.getvalue()


def article_value(one: dict[str, Any], key: str) -> float | None:
    """A system's figure for one article, unscaled; None where nothing was to be counted."""
    pair = one["values"].get(key)
    return pair[0] / pair[1] if pair else None


def write_figures(target: str, text: str) -> None:
    """Replace what stands between `<!-- figures:start -->` and `<!-- figures:end -->` of a document.

    target: "README.md", or "README.md:name" for the block `<!-- figures:start name -->`. Raises InputError for a
    document without exactly one such block.
    """
    path, _, name = target.partition(":")
    start = f"<!-- figures:start{' ' + name if name else ''} -->"
    pattern = re.compile(rf"({re.escape(start)}\n).*?(\n<!-- figures:end -->)", re.S)
    try:
        document = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); name a document with a figures block") from None
    found = len(pattern.findall(document))
    if found != 1:
        raise InputError(f"{path}: {found} blocks {start} … <!-- figures:end -->; put in exactly one")
    Path(path).write_text(pattern.sub(lambda m: m[1] + text + m[2], document), encoding="utf-8")
