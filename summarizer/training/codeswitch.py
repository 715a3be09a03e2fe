"""English text as pseudo-Hindi: a source for training the decoder on English news that nobody has translated.

Words are replaced by Hindi ones that a word lexicon gives for them (code-switching: Yang et al. 2020, CSP; Lin et al.
2020, mRASP), prepositions go behind their phrase, where Hindi has them, and the order is loosened; what the lexicon
lacks stays English, as a gloss would. Nothing is left out, which would teach to invent. The target is the text as it
was.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from summarizer.errors import InputError
from summarizer.training.align import Link, bare

MIN_COUNT = 2  # links of a word pair, below which it is taken for a mistake
MIN_SHARE = 0.1  # of a word's links
LONGEST = 4  # words of an entry
PHRASE = 5  # words that a preposition is carried over
_WORD = re.compile(r"^([^\w₹$]*)(.*?)([^\w%]*)$", re.S)
_ARTICLES = frozenset(("a", "an", "the"))
_PREPOSITIONS = frozenset(
    "of in on at to from by with for after before during about against between among under over through into since "
    "until near without within".split()
)
_BREAKS = _PREPOSITIONS | frozenset(
    "and or but that which who whom whose when where while if because as than is are was were be been being has have "
    "had will would can could may might must shall should do does did said says not".split()
)

Lexicon = Mapping[str, tuple[Sequence[str], Sequence[int]]]


def count_links(pairs: Iterable[tuple[str, str]], links: Iterable[Sequence[Link]]) -> Counter[tuple[str, str]]:
    """How often an English word (lower case) is linked to a Hindi one in aligned (Hindi, English) pairs."""
    counts: Counter[tuple[str, str]] = Counter()
    for (hindi, english), linked in zip(pairs, links, strict=True):
        source, target = hindi.split(), english.split()
        counts.update((bare(target[j]).lower(), bare(source[i])) for i, j in linked)
    return counts


@lru_cache(maxsize=1)
def read_lexicon(path: str) -> Lexicon:
    """`english<TAB>hindi<TAB>count` lines as english → its Hindi words and their counts, the commonest first."""
    if not Path(path).is_file():
        raise InputError(f"{path}: no such word lexicon; scripts/build_word_lexicon.py makes one")
    found: dict[str, Counter[str]] = {}
    with open(path, encoding="utf8") as file:
        for line in file:
            english, hindi, count = line.rstrip("\n").split("\t")
            found.setdefault(english, Counter())[hindi] += int(count)
    lexicon = {}
    for english, counts in found.items():
        (first, most), *rest = counts.most_common()
        kept = [(first, most), *(entry for entry in rest if entry[1] >= MIN_SHARE * counts.total())]
        lexicon[english] = ([hindi for hindi, _ in kept], [count for _, count in kept])
    return lexicon


def _parts(text: str) -> tuple[str, str, str]:
    """The marks before, what is between, the marks after."""
    match = _WORD.match(text)
    assert match  # it matches any text
    return match[1], match[2], match[3]


def postpositions(words: Sequence[str]) -> list[str]:
    """The words with every preposition behind its phrase: up to the next function word or mark, five words at most."""
    out: list[str] = []
    waiting, left = "", 0
    for word in words:
        plain = bare(word).lower()
        if waiting and (plain in _BREAKS or not left):
            out.append(waiting)
            waiting = ""
        if plain in _PREPOSITIONS and word[-1].isalpha():
            waiting, left = word, PHRASE
            continue
        if waiting and not word[-1].isalnum():  # a mark ends the phrase, and stays at its end
            end = _parts(word)[2]
            out += [word[: len(word) - len(end)], waiting + end]
            waiting = ""
            continue
        left -= 1
        out.append(word)
    return out + [waiting] if waiting else out


def shuffled(words: Sequence[str], rng: random.Random, distance: float = 3.0) -> list[str]:
    """The words in an order in which none moves more than `distance` places (Lample et al. 2018)."""
    order = sorted(range(len(words)), key=lambda i: i + rng.uniform(0, distance))
    return [words[i] for i in order]


def switch(text: str, lexicon: Lexicon, rng: random.Random) -> str:
    """The text with all that the lexicon knows in Hindi, longest entries first, in a loosened order."""
    words = [word for word in text.split() if word.lower() not in _ARTICLES]
    return " ".join(shuffled(list(_switched(postpositions(words), lexicon, rng)), rng))


def _switched(words: Sequence[str], lexicon: Lexicon, rng: random.Random) -> Iterator[str]:
    i = 0
    while i < len(words):
        for size in range(min(LONGEST, len(words) - i), 0, -1):
            before, core, after = _parts(" ".join(words[i : i + size]))
            key = core.lower()
            entries = lexicon.get(key) or lexicon.get(key.removesuffix("'s"))
            if entries:
                genitive = " के" if key.endswith("'s") else ""
                yield before + rng.choices(*entries)[0] + genitive + after
                i += size
                break
        else:
            yield words[i]
            i += 1
