"""The glossary: Hindi names and terms with their English, found in running text by longest match.

An entry is here because news English has one form for it. Beside it stands the dictionary: single words that the
training data of the embedded model hold seldom or never, with the English that news most often have.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from summarizer.anchors import english
from summarizer.anchors.words import STOP, Token, base_forms, keys, tokens

# Earlier files win where two give the same spelling: the newspapers' English before CLDR's.
FILES = ("people.tsv", "places.tsv", "organisations.tsv", "terms.tsv", "cldr.tsv")
NAME_KINDS = frozenset({"person", "place", "org"})


class Entry(NamedTuple):
    """One Hindi spelling. kind: person, place, demonym, org, term, language or currency; of the dictionary's words
    person, place, org, noun or adjective.

    reliable: False where the glossary's English is often not what translators write (see data/ambiguous.tsv).
    """

    hindi: str
    english: str
    kind: str
    reliable: bool = True


class Match(NamedTuple):
    """An entry found at `text[start:end]`; `english` is the entry's, in the plural where the Hindi certainly is."""

    start: int
    end: int
    english: str
    entry: Entry
    words: int


class Lexicon:
    """Entries by the spelling key of their words.

    `words` holds P(English word | Hindi word) for single words of the entries: it tells which Hindi words an English
    one translates; it is not used to translate sentences. dictionary: single words by spelling key, for `word` alone.
    """

    def __init__(
        self,
        entries: list[Entry],
        words: dict[str, dict[str, float]] | None = None,
        dictionary: dict[str, Entry] | None = None,
    ) -> None:
        self.words = words or {}
        self._dictionary = dictionary or {}
        self._by_key: dict[tuple[str, ...], Entry] = {}
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_english: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            key = keys(entry.hindi)
            if not key:
                continue
            self._by_english[entry.english.casefold()].append(entry)
            if key not in self._by_key:
                self._by_key[key] = entry
                self._by_first[key[0]].append(key)
        for bucket in self._by_first.values():
            bucket.sort(key=len, reverse=True)

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Lexicon:
        """The shipped glossary with CLDR names, read once a process. Raises FileNotFoundError without the data."""
        data = resources.files("summarizer.anchors") / "data"
        ambiguous = {row[0] for name in ("ambiguous.tsv", "homonyms.tsv") for row in _rows(data / name)}
        entries = [
            Entry(hindi, name, kind, hindi not in ambiguous)
            for file in FILES
            for hindi, name, kind in (row[:3] for row in _rows(data / file))
        ]
        table: dict[str, dict[str, float]] = defaultdict(dict)
        for hindi, word, probability in _rows(data / "words.tsv"):
            table[hindi][word] = float(probability)
        dictionary = {hindi: Entry(hindi, name, kind) for hindi, name, kind in _rows(data / "dictionary.tsv")}
        return cls(entries, dict(table), dictionary)

    def __len__(self) -> int:
        return len(self._by_key)

    def lookup(self, hindi: str) -> Entry | None:
        """The entry whose words these are, in any of their spellings or case forms."""
        found = tokens(hindi)
        match = self.match_at(found, 0, whole=True) if found else None
        return match.entry if match else None

    def word(self, key: str) -> Entry | None:
        """The dictionary's entry of one word by its spelling key. Nouns, adjectives and places are also found in their
        case forms, nouns that certainly are plural with plural English."""
        for form, plural in base_forms(key):
            entry = self._dictionary.get(form)
            if entry and (form == key or entry.kind in ("noun", "adjective", "place")):
                name = english.plural(entry.english) if plural and entry.kind == "noun" else entry.english
                return entry._replace(english=name)
        return None

    def translations(self, english_phrase: str) -> list[Entry]:
        """Entries with this English (any case)."""
        return self._by_english.get(english_phrase.casefold(), [])

    @property
    def vocabulary(self) -> frozenset[str]:
        """English words of all entries, lower case, with their singular comparison forms."""
        return _vocabulary(self)

    @property
    def common(self) -> frozenset[str]:
        """Words of terms and organisations that no person or place carries: common nouns."""
        return _common(self)

    def match_at(
        self, words: list[Token], position: int, *, whole: bool = False, limit: int | None = None
    ) -> Match | None:
        """The longest entry from word `position` on; `whole` asks for one that covers all words up to `limit`."""
        limit = len(words) if limit is None else limit
        best: Match | None = None
        for form, plural in base_forms(words[position].key):
            for key in self._by_first.get(form, ()):
                stop = position + len(key)
                if stop > limit or (whole and stop != limit) or (best and len(key) <= best.words):
                    continue
                last = self._inflected(key, words, position, plural)
                entry = self._by_key[key]
                if last is None or (entry.kind == "person" and key != tuple(w.key for w in words[position:stop])):
                    continue
                name = english.plural(entry.english) if last and entry.kind == "term" else entry.english
                best = Match(words[position].start, words[stop - 1].end, name, entry, len(key))
        return best

    @staticmethod
    def _inflected(key: tuple[str, ...], words: list[Token], position: int, plural: bool) -> bool | None:
        """Whether the words are the entry with a certainly plural last word; None if they are not the entry at all."""
        for offset in range(1, len(key)):
            word = words[position + offset].key
            if word == key[offset]:
                plural = False
                continue
            for form, form_plural in base_forms(word):
                if form == key[offset]:
                    plural = form_plural
                    break
            else:
                return None
        return plural

    def find(self, text: str) -> list[Match]:
        """Entries in the text: longest first from the left, whole words, not overlapping."""
        return self.find_in(tokens(text))

    def find_in(self, words: list[Token]) -> list[Match]:
        found: list[Match] = []
        position = 0
        while position < len(words):
            match = self.match_at(words, position)
            if match and not (match.words == 1 and words[position].key in STOP):
                found.append(match)
                position += match.words
            else:
                position += 1
        return found


@lru_cache(maxsize=4)
def _vocabulary(lexicon: Lexicon) -> frozenset[str]:
    found: set[str] = set()
    for phrase in lexicon._by_english:
        for word in english.words(phrase):
            found.update((word, english.singular(word)))
    return frozenset(found)


@lru_cache(maxsize=4)
def _common(lexicon: Lexicon) -> frozenset[str]:
    nouns: set[str] = set()
    names: set[str] = set()
    for bucket in lexicon._by_english.values():
        for entry in bucket:
            (nouns if entry.kind in ("term", "org") else names).update(english.words(entry.english))
    return frozenset(w for word in nouns - names for w in (word, english.singular(word)))


def _rows(path: object) -> list[list[str]]:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
