"""How our time and memory grow: with the number of articles, and with the length of one. Draws docs/scaling.svg.

    .venv/bin/python benchmarks/scaling.py [--model DIR] [--counts 100 1000 3000 10000] [--plot docs/scaling.svg]

Counts are of short articles (one sentence of a real one), all in one process, so that a run takes about 8 minutes on
two idle cores. Processor seconds are what is drawn: on a busy machine wall-clock time says little.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from inference import DEV, child, clocked
from systems import ROOT, load_articles, varied

LENGTHS = (1, 2, 4, 8)  # articles joined into one


def by_count(model: str, source: Path, counts: list[int]) -> list[dict[str, float]]:
    """Processor seconds from the start of the process, and its peak memory, when so many articles were done."""
    rows = child("ours", model, 2, source, counts, "--short")
    totals = accumulate(row["cpu_s"] for row in rows)
    return [
        {"articles": row["articles"], "cpu_s": total, "peak_mib": row["peak_mib"]}
        for row, total in zip(rows, totals, strict=True)
    ]


def by_length(model: str, texts: list[str]) -> list[dict[str, float]]:
    """Processor seconds for five bullets of ever longer articles, on a loaded system."""
    from summarizer.api import Summarizer

    summarizer = Summarizer.load(model, engine="ctranslate2", threads=1)
    rows = []
    for length in LENGTHS:
        article = "\n\n".join(islice(varied(texts, seed=length), length))
        cpu = min(clocked(lambda article=article: summarizer.summarize(article, bullets=5))[1] for _ in range(2))
        rows.append({"characters": len(article), "cpu_s": cpu})
        print(rows[-1], file=sys.stderr)
    return rows


def draw(results: dict[str, Any], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "scaling", "font.size": 9})
    from matplotlib import pyplot as plt

    figure, (one, two, three) = plt.subplots(1, 3, figsize=(9, 2.6), layout="constrained")
    counts, lengths = results["by_count"], results["by_length"]
    for axis, rows, x, y, labels in (
        (one, counts, "articles", "cpu_s", ("short articles", "processor seconds")),
        (two, counts, "articles", "peak_mib", ("short articles", "peak memory, MiB")),
        (three, lengths, "characters", "cpu_s", ("characters of one article", "processor seconds, 5 bullets")),
    ):
        axis.plot([r[x] for r in rows], [r[y] for r in rows], "o-")
        axis.set(xlabel=labels[0], ylabel=labels[1], xlim=(0, None), ylim=(0, None))
        axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=str(ROOT / "summarizer" / "default"))
    parser.add_argument("--from-articles", type=Path, default=DEV)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000, 3000, 10000])
    parser.add_argument("--output", type=Path, help="figures as JSON")
    parser.add_argument("--plot", type=Path, default=ROOT / "docs" / "scaling.svg")
    args = parser.parse_args()
    texts = [r["text"] for r in load_articles(args.from_articles)]
    results = {
        "by_length": by_length(args.model, texts),
        "by_count": by_count(args.model, args.from_articles, args.counts),
    }
    print(json.dumps(results, indent=1))
    if args.output:
        args.output.write_text(json.dumps(results, indent=1) + "\n")
    draw(results, args.plot)


if __name__ == "__main__":
    main()
