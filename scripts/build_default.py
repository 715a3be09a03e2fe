"""Make a warm-start checkpoint of the compact family: e5's encoder, a vocabulary trimmed to the given texts.

python scripts/build_default.py runs/warmstart --pairs '../shared/data/parallel/*.tsv.gz'
python scripts/train.py experiment=compact_cpu model.start=runs/warmstart
python scripts/build_default.py summarizer/default --export runs/compact_cpu/final      the trained one, in bfloat16
python scripts/build_default.py runs/soup --export runs/a/final runs/b/final            the mean of several
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import guarded


def texts(patterns: list[str], column: int) -> list[str]:
    from summarizer.training.corpora import expand, open_text

    found = []
    for path in expand(patterns):
        with open_text(path) as file:
            rows = (line.rstrip("\n").split("\t") for line in file)
            found += [row[column] for row in rows if len(row) > column]
    return found


def export_default(sources: Sequence[Path], target: Path) -> None:
    """A trained checkpoint, or the mean of several, as the package ships it: bfloat16 weights, tokenizer.json only, the
    (first's) model card kept."""
    from summarizer.models import load_codec
    from summarizer.models.loading import load_model, weight_files
    from summarizer.training.export import export, mean_weights

    source, model = sources[0], load_model(sources[0])
    if len(sources) > 1:
        model.load_state_dict(mean_weights([file for s in sources for file in weight_files(s)]), strict=False)
    export(model, load_codec(source), source, target, dtype="bfloat16")
    for name in ("spiece.model",):  # tokenizer.json gives the same ids
        (target / name).unlink(missing_ok=True)
    if (source / "MODEL_CARD.md").exists() and not (target / "MODEL_CARD.md").exists():
        shutil.copyfile(source / "MODEL_CARD.md", target / "MODEL_CARD.md")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, help="folder to write")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--pairs", nargs="+", help="TSV files (hindi, english; also .gz) to count pieces in")
    way.add_argument(
        "--export", type=Path, nargs="+", metavar="CHECKPOINT", help="ship a trained one, or the mean of several"
    )
    parser.add_argument("--min-count", type=int, default=2, help="keep pieces seen at least so often (default 2)")
    parser.add_argument("--decoder-layers", type=int, nargs="+", default=[2, 5, 8, 11], help="encoder layers to copy")
    options = parser.parse_args()
    return guarded(lambda: build(options))


def build(options: argparse.Namespace) -> None:
    if options.export:
        export_default(options.export, options.output)
        return
    from summarizer.models.warmstart import save_warm_start

    hindi, english = texts(options.pairs, 0), texts(options.pairs, 1)
    size = save_warm_start(options.output, hindi, english, options.min_count, decoder_layers=options.decoder_layers)
    print(f"{options.output}: {size} pieces")


if __name__ == "__main__":
    sys.exit(main())
