"""Hindi–English word lists → summarizer/anchors/data/dictionary.tsv: what the embedded model needs of them.

python scripts/build_dictionary.py words.tsv … --pairs ../shared/data/bullets/train.jsonl.gz …

Lists: Hindi word (its spelling key), English, kind (person, place, org, noun, adjective or verb), tab-separated; the
first list that has a word gives its English. Kept are all names and the nouns and adjectives that the pairs hold less
than ten times (the model knows the senses of more frequent ones better), unless the English stands in fewer than a
quarter of at least four translations. Verbs are left out: their forms fit too seldom.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from build_transliteration import DATA, sentence_pairs

from summarizer.anchors.transliteration import HINDI
from summarizer.anchors.words import STOP, fold

NAMES = ("person", "place", "org")
MOST = {"noun": 10, "adjective": 10}  # count in the pairs from which a word is left to the model
TRUSTED, EVIDENCE = 0.25, 4
_ENDING = re.compile(r"(ies|ied|ing|ed|es|ly|'s|s|e|y)$")


def stems(text: str) -> set[str]:
    """English words without their endings, cut to seven letters: "looted" and "loot" are one."""
    return {_ENDING.sub("", word)[:7] for word in re.findall(r"[a-z']+", text.lower())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", type=Path, nargs="+", help="tab-separated: Hindi, English, kind")
    parser.add_argument("--pairs", type=Path, nargs="+", required=True, help="the model's training sentences")
    args = parser.parse_args()
    entries: dict[str, list[str]] = {}
    for path in args.lists:
        for line in path.read_text(encoding="utf-8").splitlines():
            hindi, english, kind = line.split("\t")
            entries.setdefault(hindi, [hindi, english, kind])
    seen: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for source, target in sentence_pairs(args.pairs):
        words = [fold(m.group()) for m in HINDI.finditer(source)]
        seen.update(words)
        there = stems(target)
        for word in entries.keys() & set(words):
            pairs[word] += 1
            agreed[word] += not there.isdisjoint(stems(entries[word][1]))
    kept = [
        entry
        for hindi, entry in sorted(entries.items())
        if hindi not in STOP
        and (entry[2] in NAMES or seen[hindi] < MOST.get(entry[2], 0))
        and (pairs[hindi] < EVIDENCE or agreed[hindi] >= TRUSTED * pairs[hindi])
    ]
    (DATA / "dictionary.tsv").write_text("".join("\t".join(entry) + "\n" for entry in kept), encoding="utf-8")
    print(f"{len(kept)} of {len(entries)} words kept")


if __name__ == "__main__":
    main()
