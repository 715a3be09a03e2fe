"""Raw article/summary files → cleaned, deduplicated, split JSONL with a data card.

python scripts/prepare_corpus.py raw/*.jsonl -o data/mine --text-field text --summary-field summary
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from summarizer.errors import guarded


def main() -> int:
    from summarizer.training.prepare import SPLITS, Options, prepare_corpus

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help=".jsonl, .csv, .tsv or .parquet files with a header (also .gz)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder to write")
    for name in ("text", "summary", "title", "id"):
        default = getattr(Options(), f"{name}_field")
        parser.add_argument(f"--{name}-field", default=default, help=f"field of the {name} (default {default})")
    parser.add_argument("--min-words", type=int, default=Options().min_words, help="drop shorter articles")
    parser.add_argument("--splits", type=float, nargs=3, default=(0.9, 0.05, 0.05), metavar=("TRAIN", "DEV", "TEST"))
    parser.add_argument("--licence", default="not stated", help="licence of the data, for the card")
    options = parser.parse_args()
    settings = Options(
        options.text_field,
        options.summary_field,
        options.title_field,
        options.id_field,
        options.min_words,
        shares=dict(zip(SPLITS, options.splits, strict=True)),
    )

    def prepare() -> None:
        counts = prepare_corpus(options.inputs, options.output, settings, options.licence)
        for name, count in counts.items():
            print(f"{name}\t{count}")

    return guarded(prepare)


if __name__ == "__main__":
    sys.exit(main())
