"""Hindi news articles → translated sentences that pass every check, to train the next checkpoint on.

python scripts/translate_news.py raw/*.jsonl.gz -o runs/translated.jsonl.gz --exclude dev.jsonl test.jsonl
"""

from __future__ import annotations

import argparse
import sys

from summarizer.errors import guarded


def main() -> int:
    from summarizer.training.selftraining import Options

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help=".jsonl, .csv, .tsv or .parquet files (also .gz): id, text")
    parser.add_argument("-o", "--output", required=True, help=".jsonl or .jsonl.gz to write")
    parser.add_argument("--exclude", nargs="*", default=[], help="files whose wording must not be trained on")
    parser.add_argument("--model", help="a checkpoint (default: the embedded one)")
    parser.add_argument("--sentences", type=int, help="stop when so many are kept")
    parser.add_argument("--min-score", type=float, default=Options().min_score, help="mean log-probability per token")
    parser.add_argument("--seed", type=int, default=1, help="of the order in which articles are taken")
    options = parser.parse_args()
    return guarded(lambda: translate_news(options))


def translate_news(options: argparse.Namespace) -> None:
    import gzip
    import json
    import random
    from collections import Counter
    from typing import Any

    from summarizer.api import Summarizer
    from summarizer.training.corpora import Drops, expand, rows
    from summarizer.training.selftraining import Held, Options, translated

    held = Held.read(options.exclude)
    articles: list[dict[str, Any]] = []
    for path in expand(options.inputs):
        articles += rows(path, {"header": True}, Drops(), path)
    random.Random(options.seed).shuffle(articles)
    counts: Counter[str] = Counter()
    opener = gzip.open if options.output.endswith(".gz") else open
    with opener(options.output, "wt", encoding="utf8") as file:
        settings = Options(min_score=options.min_score)
        for article in translated(articles, Summarizer.load(options.model), held, settings, counts):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
            if options.sentences and counts["kept"] >= options.sentences:
                break
    for what, count in counts.most_common():
        print(f"{count}\t{what}")


if __name__ == "__main__":
    sys.exit(main())
