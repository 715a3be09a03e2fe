"""Sentence pairs → the model's own hypotheses with their gains, for minimum risk training (training.risk).

python scripts/rank_hypotheses.py ../shared/data/bullets/train.jsonl.gz -o runs/ranked.jsonl.gz --sentences 20000
python scripts/rank_hypotheses.py pairs/*.tsv -o runs/ranked.jsonl.gz --reader pairs
"""

from __future__ import annotations

import argparse
import sys

from summarizer.errors import guarded


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", help="corpus files; best of pairs that the model was not trained on")
    parser.add_argument("-o", "--output", required=True, help=".jsonl or .jsonl.gz to write")
    parser.add_argument("--reader", default="news_translations", choices=("news_translations", "pairs"))
    parser.add_argument("--model", help="a checkpoint (default: the embedded one)")
    parser.add_argument("--sentences", type=int, help="read so many pairs only")
    options = parser.parse_args()
    return guarded(lambda: rank_hypotheses(options))


def rank_hypotheses(options: argparse.Namespace) -> None:
    import gzip
    import json

    from summarizer.api import Summarizer
    from summarizer.training.corpora import Drops, Limits, stream_source
    from summarizer.training.ranking import ranked

    source, drops, kept = {"paths": options.inputs, "reader": options.reader}, Drops(), 0
    if options.sentences:
        source["limit"] = options.sentences
    opener = gzip.open if options.output.endswith(".gz") else open
    with opener(options.output, "wt", encoding="utf8") as file:
        for row in ranked(stream_source("pairs", source, Limits(), drops), Summarizer.load(options.model)):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            kept += 1
    print(f"{kept}\tpairs with hypotheses")
    for reason, count in drops.table().get("pairs", {}).items():
        print(f"{count}\t{reason}")


if __name__ == "__main__":
    sys.exit(main())
