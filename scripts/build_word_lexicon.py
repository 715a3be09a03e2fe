"""A word lexicon for code-switched English text, counted from the word alignments of a corpus configuration's sources.

`python scripts/build_word_lexicon.py experiment=compact_cpu corpus=compact_news_english` writes
`english<TAB>hindi<TAB>count` lines to `words.tsv` beside the run folders. Lists of names, terms and words (sources
without alignments) give what no alignment gives.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import hydra
from omegaconf import DictConfig

from summarizer.errors import guarded
from summarizer.training.checks import check_overrides, to_run
from summarizer.training.config import Run, register

CONF = Path(__file__).resolve().parents[1] / "conf"
LISTED = 3  # links that an entry of a list is worth


@hydra.main(version_base="1.3", config_path="../conf", config_name="train")
def main(config: DictConfig) -> None:
    if code := guarded(lambda: write_lexicon(to_run(config))):
        sys.exit(code)


def write_lexicon(run: Run) -> None:
    from summarizer.training.codeswitch import LONGEST, MIN_COUNT, count_links
    from summarizer.training.corpora import Drops, stream_source
    from summarizer.training.encoding import CHUNK, chunks, link_cache

    counts: Counter[tuple[str, str]] = Counter()
    listed: set[tuple[str, str]] = set()
    cache = link_cache(run)
    for name, source in run.corpus.sources.items():
        if source.get("task", "translate") != "translate":
            continue
        for part in chunks(stream_source(name, source, run.corpus.limits, Drops()), CHUNK):
            pairs = [(example.source, example.target_text) for example in part]
            if source.get("glossed"):
                counts.update(count_links(pairs, cache.links(pairs)))
            else:
                listed.update((english.lower(), hindi) for hindi, english in pairs)
    aligned = {english for (english, _), count in counts.items() if count >= MIN_COUNT}
    counts.update({pair: LISTED for pair in listed if pair[0] not in aligned and len(pair[0].split()) <= LONGEST})
    lines = [f"{e}\t{h}\t{n}\n" for (e, h), n in sorted(counts.items()) if n >= MIN_COUNT]
    path = Path(run.output_dir).parent / "words.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), "utf8")
    print(f"{path}: {len(lines)} pairs")


if __name__ == "__main__":
    register()
    if code := guarded(lambda: check_overrides(sys.argv[1:], CONF)):
        sys.exit(code)
    main()
