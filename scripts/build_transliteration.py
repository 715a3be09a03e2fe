"""Estimates the transliteration model from the glossary's names and loan words.

usage: python scripts/build_transliteration.py [--names FILE.tsv.gz]

Writes summarizer/anchors/data/transliteration.tsv. --names (columns Hindi, English, kind, source) are for evaluation
only: the tenth of the NEWS-2012 names whose SHA-256 is divisible by ten.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from summarizer.anchors.romanise import CONSONANTS, SIGNS, VOWELS, likeness, romanise, spelled_letters
from summarizer.anchors.transliteration import END, START, Model, Pair, signs, spellings, transliterate

DATA = Path(__file__).resolve().parent.parent / "summarizer" / "anchors" / "data"
FILES = ("people.tsv", "places.tsv", "organisations.tsv", "terms.tsv")
ORDER = 2  # three and four fit the glossary better and unseen names worse
LONGEST = 4  # Latin letters that one sign may stand for


def training_words() -> list[tuple[tuple[str, ...], str]]:
    """Word pairs of the glossary that sound alike, once each."""
    found: dict[tuple[str, str], None] = {}
    for file in FILES:
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            hindi, name, _ = line.split("\t")
            there, here = hindi.replace("-", " ").split(), name.replace("-", " ").split()
            if len(there) != len(here):
                continue
            for h, e in zip(there, here, strict=True):
                plain = e.isascii() and e.isalpha() and not e.isupper()
                if plain and not spelled_letters(h) and likeness(romanise(h), e) >= 0.82:
                    found[h, e.lower()] = None
    return [(signs(h), e) for h, e in found]


def usual(sign: str) -> str:
    base = sign[0]
    return "a" if sign == "a" else CONSONANTS.get(base) or SIGNS.get(base) or VOWELS.get(base) or "n"


def align(word: tuple[str, ...], latin: str, cost: Callable[[str, str], float]) -> list[Pair] | None:
    """Cheapest split of `latin` into one chunk (maybe empty) a sign."""
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for sign in word:
        row: dict[int, tuple[float, int]] = {}
        for start, (total, _) in best[-1].items():
            for stop in range(start, min(len(latin), start + LONGEST) + 1):
                value = total + cost(sign, latin[start:stop])
                if stop not in row or value < row[stop][0]:
                    row[stop] = (value, start)
        best.append(row)
    if len(latin) not in best[-1]:
        return None
    out, stop = [], len(latin)
    for i in range(len(word), 0, -1):
        start = best[i][stop][1]
        out.append((word[i - 1], latin[start:stop]))
        stop = start
    return out[::-1]


def train(words: list[tuple[tuple[str, ...], str]], rounds: int = 6) -> Model:
    """Hard EM: align by the current pair costs, count again; then n-grams of the last alignment."""

    def first(sign: str, chunk: str) -> float:
        return Levenshtein.distance(usual(sign), chunk) + 0.1 * (len(chunk) > 2)

    cost: Callable[[str, str], float] = first
    aligned: list[list[Pair]] = []
    for _ in range(rounds):
        aligned = [a for word, latin in words if (a := align(word, latin, cost))]
        pairs = Counter(p for a in aligned for p in a)
        totals = Counter(p[0] for a in aligned for p in a)

        def later(sign: str, chunk: str, pairs: Counter = pairs, totals: Counter = totals) -> float:
            return -math.log((pairs[sign, chunk] + 0.01) / (totals[sign] + 1)) + 2.0 * (pairs[sign, chunk] == 0)

        cost = later
    counts: Counter[tuple[Pair, ...]] = Counter()
    for a in aligned:
        chain = [START] * (ORDER - 1) + a + [END]
        for end in range(ORDER - 1, len(chain)):
            for size in range(1, ORDER + 1):
                counts[tuple(chain[end + 1 - size : end + 1])] += 1
    return Model(dict(counts))


def save(model: Model) -> None:
    lines = ["# count, then (Hindi sign = Latin letters) pairs; estimated from the glossary files beside this one"]
    for gram, n in sorted(model.counts.items()):
        lines.append("\t".join([str(n), *("=".join(p) for p in gram)]))
    (DATA / "transliteration.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def evaluate(path: Path, seen: set[str]) -> None:
    pairs = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            hindi, name, kind, source = line.rstrip("\n").split("\t")
            if (kind, source) == ("name", "NEWS-2012") and int(
                hashlib.sha256(hindi.encode()).hexdigest(), 16
            ) % 10 == 0:
                pairs.append((hindi, name))
    unseen = [(h, e) for h, e in pairs if not seen.intersection(map(signs_key, h.split()))]
    for title, subset in (("all held-out names", pairs), ("no word in the training list", unseen)):
        for method, function in (("rules", rules), ("model", transliterate)):
            exact = sum(function(h).lower() == e.lower() for h, e in subset) / len(subset)
            similar = sum(Levenshtein.normalized_similarity(function(h).lower(), e.lower()) for h, e in subset)
            print(f"{title}: {method}: n {len(subset)} exact {exact:.3f} similarity {similar / len(subset):.3f}")
        one = [(h, e) for h, e in subset if " " not in h]
        best = sum(e.lower() in spellings(h)[:5] for h, e in one) / len(one)
        print(f"{title}: model, single words: n {len(one)} exact among the first five {best:.3f}")


def signs_key(word: str) -> str:
    return "".join(signs(word))


def rules(hindi: str) -> str:
    words = [romanise(w).replace("aa", "a") for w in hindi.split()]
    return " ".join(w[:-2] + "i" if w.endswith("ee") else w for w in words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=Path, help="names to evaluate on")
    args = parser.parse_args()
    words = training_words()
    model = train(words)
    save(model)
    print(f"{len(words)} words, {len(model.counts)} n-grams")
    if args.names:
        evaluate(args.names, {"".join(w) for w, _ in words})


if __name__ == "__main__":
    main()
