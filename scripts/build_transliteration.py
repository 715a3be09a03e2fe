"""Estimates how Hindi names and loan words are spelt in English, from sentence pairs, name lists and English news.

usage: python scripts/build_transliteration.py --pairs FILE... --names FILE --english FILE

--pairs    Hindi–English sentences: .tsv.gz (Hindi, English), or .jsonl.gz articles with "sentences" of "hi" and "en"
--names    .tsv.gz of Hindi, English, kind, source; the tenth of the NEWS-2012 names whose SHA-256 is divisible by ten
           only serves the figures that are printed at the end
--english  .txt.gz, a sentence of English news a line

Writes to summarizer/anchors/data: transliteration.tsv (n-grams of sign pairs), english.tsv (words of English news in
their usual case, with counts) and known.txt (Hindi words that the pairs hold often).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from summarizer.anchors.lexicon import FILES
from summarizer.anchors.romanise import CONSONANTS, SIGNS, VOWELS, likeness, romanise, skeleton, spelled_letters
from summarizer.anchors.transliteration import END, HINDI, START, Model, Pair, signs, spellings, transliterate
from summarizer.anchors.words import STOP, fold

DATA = Path(__file__).resolve().parent.parent / "summarizer" / "anchors" / "data"
NAME_SOURCES = ("NEWS-2012", "Wikipedia person facts")
ORDER = 3  # four is no better on held-out names
LONGEST = 4  # Latin letters that one sign may stand for
ALIKE = 0.76  # likeness from which an English word of the translation is the Hindi word's reading
SURE = 0.82  # and from which the two teach spelling
USUAL = 0.3  # share of a Hindi word's readings that one needs to teach spelling
KNOWN = 5  # occurrences in the pairs from which a Hindi word counts as known
RARE = 3  # occurrences below which an English word is left out
FUNCTION_WORDS = 200  # so many of the most frequent words in small letters are no loan words
_LATIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_POSSESSIVE = re.compile(r"['’]s?$")
Reading = tuple[str, str | None, float]  # a Hindi word, the English word that sounds like it, how alike they are


def sentence_pairs(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if path.name.endswith(".jsonl.gz"):
                    yield from ((s["hi"], s["en"]) for s in json.loads(line)["sentences"])
                else:
                    hindi, latin = line.rstrip("\n").split("\t")[:2]
                    yield hindi, latin


def readings(hindi: str, latin: str) -> list[Reading]:
    """The Hindi words of a sentence, each with the word of its translation that sounds most like it, if one does."""
    there = [_POSSESSIVE.sub("", m.group()) for m in _LATIN.finditer(latin)]
    found: list[Reading] = []
    for match in HINDI.finditer(hindi):
        word = match.group()
        best: tuple[float, str] = (0.0, "")
        if len(word) > 1 and word not in STOP:
            spoken = romanise(word)
            near = (w for w in there if len(w) > 2 and abs(len(w) - len(spoken)) <= 6)
            best = max(((likeness(spoken, w), w) for w in near), default=best, key=lambda pair: pair[0])
        found.append((word, best[1] if best[0] >= ALIKE else None, best[0]))
    return found


class Words:
    """Counts of English words: all, and how those are written that have a capital and do not begin their sentence."""

    def __init__(self) -> None:
        self.all: Counter[str] = Counter()
        self.capital: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, text: str) -> None:
        for i, match in enumerate(re.finditer(r"[A-Za-z]+", text)):
            word = match.group()
            self.all[word.lower()] += 1
            if i and word[0].isupper():
                self.capital[word.lower()][word] += 1

    def usual(self, word: str) -> str:
        """The commonest way to write it, McCullum; small letters unless every other time it has a capital."""
        capital = self.capital.get(word, Counter())
        return capital.most_common(1)[0][0] if capital and 2 * capital.total() >= self.all[word] else word

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Word, count and how it sounds; the most frequent ones, which are no loan words, without sounds."""
        usual = {w: self.usual(w) for w, count in self.all.items() if count >= RARE and len(w) > 2}
        small = sorted((w for w in usual if usual[w] == w), key=lambda w: (-self.all[w], w))
        silent = frozenset(small[:FUNCTION_WORDS])
        for word in sorted(usual):
            yield usual[word], str(self.all[word]), *([] if word in silent else sounds(usual[word]))


def sounds(word: str) -> list[str]:
    """Skeletons by which a Hindi word finds the English one; one where both readings agree."""
    return list(dict.fromkeys((skeleton(word), skeleton(word, hindi=True))))


def taught(pairs: Counter[tuple[str, str]], names: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, ...], str]]:
    """Signs and spellings to learn from, once each: of sentences, of name lists and of the glossary."""
    by_word: dict[str, Counter[str]] = defaultdict(Counter)
    for (hindi, latin), n in pairs.items():
        by_word[hindi][latin] += n
    found: dict[tuple[str, str], None] = {}
    for hindi, counts in by_word.items():
        for latin, n in counts.items():
            if n >= USUAL * counts.total():
                found[hindi, latin] = None
    found.update(dict.fromkeys(words_alike(names, ALIKE)))
    found.update(dict.fromkeys(words_alike(glossary(), SURE)))
    return [(signs(h), e) for h, e in found if not spelled_letters(h) and signs(h)]


def glossary() -> Iterator[tuple[str, str]]:
    for file in FILES[:-1]:  # CLDR's apart
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            hindi, name, _ = line.split("\t")
            yield hindi, name


def words_alike(names: Iterable[tuple[str, str]], least: float) -> Iterator[tuple[str, str]]:
    """Word pairs of names with as many words in Hindi as in English, where the two sound alike."""
    for hindi, name in names:
        there, here = hindi.replace("-", " ").split(), name.replace("-", " ").split()
        if len(there) == len(here):
            for h, e in zip(there, here, strict=True):
                if (
                    e.isascii()
                    and e.isalpha()
                    and not (e.isupper() and len(e) > 1)
                    and likeness(romanise(h), e) >= least
                ):
                    yield h, e.lower()


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
    return Model({gram: n for gram, n in counts.items() if n > 1 or len(gram) < ORDER})


def write(name: str, remark: str, lines: Iterable[str]) -> None:
    (DATA / name).write_text("\n".join([*([f"# {remark}"] if remark else []), *lines]) + "\n", encoding="utf-8")


def evaluate(names: list[tuple[str, str]]) -> None:
    for method, function in (("rules", rules), ("model", transliterate)):
        exact = sum(function(h).lower() == e.lower() for h, e in names) / len(names)
        similar = sum(Levenshtein.normalized_similarity(function(h).lower(), e.lower()) for h, e in names)
        print(f"held-out names: {method}: n {len(names)} exact {exact:.3f} similarity {similar / len(names):.3f}")
    one = [(h, e) for h, e in names if " " not in h]
    best = sum(e.lower() in [s.text.lower() for s in spellings(h)[:5]] for h, e in one) / len(one)
    print(f"held-out names: model, single words: n {len(one)} exact among the first five {best:.3f}")


def rules(hindi: str) -> str:
    words = [romanise(w).replace("aa", "a") for w in hindi.split()]
    return " ".join(w[:-2] + "i" if w.endswith("ee") else w for w in words)


def is_held_out(hindi: str, source: str) -> bool:
    return source == "NEWS-2012" and int(hashlib.sha256(hindi.encode()).hexdigest(), 16) % 10 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--english", type=Path, required=True)
    args = parser.parse_args()
    english, seen, pairs = Words(), Counter[str](), Counter[tuple[str, str]]()
    for hindi, latin in sentence_pairs(args.pairs):
        english.add(latin)
        for word, reading, alike in readings(hindi, latin):
            seen[fold(word)] += 1
            if reading and alike >= SURE:
                pairs[word, reading.lower()] += 1
    with gzip.open(args.english, "rt", encoding="utf-8") as file:
        for line in file:
            english.add(line)
    names: list[tuple[str, str]] = []
    held_out: list[tuple[str, str]] = []
    with gzip.open(args.names, "rt", encoding="utf-8") as file:
        for line in file:
            hindi, name, kind, source = line.rstrip("\n").split("\t")
            if kind == "name" and source in NAME_SOURCES:
                (held_out if is_held_out(hindi, source) else names).append((hindi, name))
    words = taught(pairs, names)
    model = train(words)
    grams = ("\t".join([str(n), *("=".join(p) for p in gram)]) for gram, n in sorted(model.counts.items()))
    write("transliteration.tsv", "count, then (Hindi sign = Latin letters) pairs", grams)
    rows = map("\t".join, english.rows())
    write("english.tsv", "word of English news, count, how it sounds read as English, and letter by letter", rows)
    write("known.txt", "", sorted(word for word, n in seen.items() if n >= KNOWN))
    print(f"{len(words)} words, {len(model.counts)} n-grams")
    evaluate(held_out)


if __name__ == "__main__":
    main()
