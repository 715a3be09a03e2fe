"""Prepares the lexicon's derived tables in summarizer/anchors/data/: cldr.tsv, words.tsv, ambiguous.tsv.

usage: python scripts/build_lexicon.py [--pairs FILE.jsonl.gz ...]

cldr.tsv       Hindi and English territory, language and currency names from Babel's CLDR data.
words.tsv      P(English word | Hindi word) by IBM model 1 over the glossary's own entries.
ambiguous.tsv  entries whose English the given article translations seldom hold (only written with --pairs).
"""

from __future__ import annotations

import argparse
import gzip
import json
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from babel import Locale

from summarizer.anchors import english
from summarizer.anchors.lexicon import FILES, Entry, Lexicon
from summarizer.anchors.words import keys

DATA = Path(__file__).resolve().parent.parent / "summarizer" / "anchors" / "data"
UNICODE_LICENCE = "# Unicode CLDR names through Babel, Unicode License v3 (https://www.unicode.org/license.txt)"
IGNORED = frozenset(("का", "के", "की", "और", "एवं", "व", "तथा"))


def glossary() -> list[Entry]:
    rows = [line.split("\t") for f in FILES[:-1] for line in (DATA / f).read_text(encoding="utf-8").splitlines()]
    return [Entry(row[0], row[1], row[2]) for row in rows if len(row) >= 3 and not row[0].startswith("#")]


def write_cldr() -> None:
    hindi, latin = Locale("hi"), Locale("en")
    rows: dict[str, tuple[str, str]] = {}
    for kind, table in (("place", "territories"), ("language", "languages"), ("currency", "currencies")):
        names = getattr(latin, table)
        for code, name in sorted(getattr(hindi, table).items()):
            there = unicodedata.normalize("NFC", name)
            devanagari = sum("\u0900" <= c <= "\u097f" for c in there)
            # Names with remarks in brackets are not what a newspaper prints.
            if code in names and devanagari > 1 and not set("()[]") & set(there + names[code]):
                rows.setdefault(there, (names[code].replace("’", "'").replace("&", "and"), kind))
    lines = [UNICODE_LICENCE, *("\t".join((there, *row)) for there, row in sorted(rows.items()))]
    (DATA / "cldr.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_words(entries: list[Entry], iterations: int = 6, floor: float = 0.08) -> None:
    """IBM model 1 (Brown et al. 1993) over phrase pairs; a word seen once needs a sure translation."""
    pairs = []
    for entry in entries:
        there = [k for k in keys(entry.hindi) if k not in IGNORED]
        here = [english.singular(w) for w in english.content_words(entry.english)]
        # Acronyms say nothing about words: सेल is a cell, SAIL only as a company.
        if 0 < len(there) <= 7 and 0 < len(here) <= 7 and not english.is_acronym(entry.english):
            pairs.append((there, here))
    table: dict[str, dict[str, float]] = {}
    seen = Counter(w for there, _ in pairs for w in set(there))
    for _ in range(iterations):
        count: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for there, here in pairs:
            for e in here:
                weights = [table[h].get(e, 1e-6) if table else 1.0 for h in there]
                for h, weight in zip(there, weights, strict=True):
                    count[h][e] += weight / sum(weights)
        table = {h: {e: n / sum(c.values()) for e, n in c.items()} for h, c in count.items()}
    lines = ["# Hindi word, English word, P(English | Hindi): IBM model 1 over the glossary files beside this one"]
    for h in sorted(table):
        least = floor if seen[h] > 1 else 0.5
        lines += [f"{h}\t{e}\t{p:.2f}" for e, p in sorted(table[h].items(), key=lambda x: -x[1])[:4] if p >= least]
    (DATA / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_ambiguous(paths: list[Path], least: int = 8, precision: float = 0.5) -> None:
    """Entries seen at least `least` times whose English stands in fewer than `precision` of the translations."""
    lexicon = Lexicon.load()
    # CLDR's short names of far languages and currencies are everyday Hindi words: little evidence is enough.
    rare = {row.split("\t")[0] for row in (DATA / "cldr.tsv").read_text(encoding="utf-8").splitlines()}
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                for pair in json.loads(line)["sentences"]:
                    target = set(english.signature(pair["en"]))
                    joined = "".join(english.signature(pair["en"]))
                    for match in lexicon.find(pair["hi"]):
                        wanted = english.signature(match.english)
                        seen[match.entry.hindi] += 1
                        kept[match.entry.hindi] += target.issuperset(wanted) or "".join(wanted) in joined
    lines = [
        "# entry, matches, matches whose English translation holds the entry's English: too few to be inserted unasked"
    ]
    lines += [
        f"{hindi}\t{n}\t{kept[hindi]}"
        for hindi, n in sorted(seen.items(), key=lambda x: (-x[1], x[0]))
        if n >= (2 if hindi in rare else least) and kept[hindi] < precision * n
    ]
    (DATA / "ambiguous.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", help="articles with translated sentences (JSONL, gzip)")
    args = parser.parse_args()
    write_cldr()
    write_words(glossary())
    if args.pairs:
        (DATA / "ambiguous.tsv").write_text("# none yet\n", encoding="utf-8")
        Lexicon.load.cache_clear()
        write_ambiguous(args.pairs)


if __name__ == "__main__":
    main()
