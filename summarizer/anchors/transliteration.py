"""English spelling of a Hindi word that no list has: how it may be written by its sound, and which writing is in use.

A joint-sequence model of (Hindi sign, Latin letters) pairs, after Bisani & Ney 2008 (joint-sequence models for
grapheme-to-phoneme conversion), says how a word may be spelt; the counts of words in English news say which of these
spellings people use: जॉनसन is Johnson. scripts/build_transliteration.py estimates both. It knows names and loan words:
any other word comes out as it sounds.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from summarizer.anchors.romanise import drop_schwas, likeness, romanise, skeleton, spelled_letters, syllables

HINDI = re.compile(r"[\u0900-\u0963\u0970-\u097f\u200c\u200d]+")  # a word
Pair = tuple[str, str]
START: Pair = ("^", "")
END: Pair = ("$", "")
_BEAM = 16
_CHOICES = 8  # of a sign in the search: its most frequent ones
_SIMILAR = 0.6  # likeness that an English word needs to be tried as a spelling
_FAR = 1.0  # log-probability a sign that a spelling may lie below the likeliest one
USAGE = 0.9  # weight of the log count in English news, tuned with the two above on the held-out articles of `bullets`
_FLAP = re.compile("[डढ]\u093c|[\u095c\u095d]")  # may be written r
_CACHED = 200_000  # logarithms kept
_UNSEEN = 0.3  # count of a word that English news lacks


class Spelling(NamedTuple):
    """text: as it stands within a sentence, "Kharge" and "propeller"; uses: in the English news that the counts come
    from; score: log-probability by sound and use, up to a constant."""

    text: str
    uses: int
    score: float

    @property
    def is_word(self) -> bool:
        """Whether news write it in small letters."""
        return self.text[:1].islower()


def signs(word: str) -> tuple[str, ...]:
    """The signs of a word that sound: consonants (with nukta), vowel signs, "a" for a spoken inherent vowel."""
    text = unicodedata.normalize("NFC", word).replace("\u200c", "").replace("\u200d", "").replace("ँ", "ं")
    return tuple(sign for unit in drop_schwas(syllables(text)) for sign in unit if sign)


class Model:
    """Counts of pair n-grams. `order` pairs of history at most."""

    def __init__(self, counts: dict[tuple[Pair, ...], int]) -> None:
        self.counts = counts
        self.order = max(map(len, counts))
        self.choices: dict[str, list[Pair]] = {}
        self.totals: dict[tuple[Pair, ...], int] = {}
        self.types: dict[tuple[Pair, ...], int] = {}
        self._logs: dict[tuple[tuple[Pair, ...], Pair], float] = {}
        for gram, n in counts.items():
            context = gram[:-1]
            self.totals[context] = self.totals.get(context, 0) + n
            self.types[context] = self.types.get(context, 0) + 1
            if len(gram) == 1 and gram[0] != END:
                self.choices.setdefault(gram[0][0], []).append(gram[0])
        for pairs in self.choices.values():
            pairs.sort(key=lambda pair: -counts[(pair,)])

    def probability(self, context: tuple[Pair, ...], pair: Pair) -> float:
        """Interpolated Witten-Bell estimate of P(pair | context)."""
        lower = self.probability(context[1:], pair) if context else 1.0 / (1 + len(self.choices))
        total = self.totals.get(context, 0)
        if not total:
            return lower
        kinds = self.types[context]
        return (self.counts.get((*context, pair), 0) + kinds * lower) / (total + kinds)

    def _log(self, context: tuple[Pair, ...], pair: Pair) -> float:
        key = context, pair
        value = self._logs.get(key)
        if value is None:
            if len(self._logs) > _CACHED:
                self._logs.clear()
            value = self._logs[key] = math.log(self.probability(context, pair))
        return value

    def spell(self, word: tuple[str, ...]) -> dict[str, float]:
        """Spellings of the signs with their log-probabilities, at most the beam's width; signs never seen are left
        out."""
        return self._search(word, None)

    def score(self, word: tuple[str, ...], latin: str) -> float:
        """Log-probability of one spelling in lower case; -inf where the pairs seen cannot make it."""
        return self._search(word, latin).get(latin, -math.inf)

    def _search(self, word: tuple[str, ...], latin: str | None) -> dict[str, float]:
        history = self.order - 1
        beam: dict[tuple[tuple[Pair, ...], str], float] = {((START,) * history, ""): 0.0}
        for sign in (*word, END[0]):
            options = [END] if sign == END[0] else self.choices.get(sign, [(sign, "")])
            if latin is None:
                options = options[:_CHOICES]
            grown: dict[tuple[tuple[Pair, ...], str], float] = {}
            for (context, text), score in beam.items():
                for pair in options:
                    if latin is not None and not latin.startswith(pair[1], len(text)):
                        continue
                    key = (*context, pair)[1:], text + pair[1]
                    value = score + self._log(context, pair)
                    if value > grown.get(key, -math.inf):
                        grown[key] = value
            best = sorted(grown.items(), key=lambda item: (-item[1], item[0][1]))
            beam = dict(best[:_BEAM])
        found: dict[str, float] = {}
        for (_, text), score in beam.items():
            found.setdefault(text, score)
        return found


class _Usage:
    """Words of English news: how often, in which case, and by how they sound, read as English and letter by letter."""

    def __init__(self, rows: Iterable[list[str]]) -> None:
        self.words: dict[str, tuple[str, int]] = {}
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        self.silent: set[str] = set()  # function words, which no loan is
        for text, uses, *sounds in rows:
            latin = text.lower()
            if not sounds:
                self.silent.add(latin)
                continue
            self.words[latin] = text, int(uses)
            for sound in sounds:
                self.by_sound[sound].append(latin)


def _rows(name: str) -> Iterator[list[str]]:
    text = (resources.files("summarizer.anchors") / "data" / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@lru_cache(maxsize=1)
def _usage() -> _Usage:
    return _Usage(_rows("english.tsv"))


@lru_cache(maxsize=1)
def news_words() -> frozenset[str]:
    """Words that English news use three times and more, in small letters."""
    return frozenset(_usage().silent.union(_usage().words))


def usual(word: str) -> str:
    """An English word in its usual case in English news; as it is where they lack it."""
    return _usage().words.get(word.lower(), (word, 0))[0]


@lru_cache(maxsize=1)
def _model() -> Model:
    pairs: dict[str, Pair] = {}
    counts: dict[tuple[Pair, ...], int] = {}
    for number, *grams in _rows("transliteration.tsv"):
        for gram in grams:
            if gram not in pairs:
                sign, _, latin = gram.partition("=")
                pairs[gram] = sign, latin
        counts[tuple(map(pairs.__getitem__, grams))] = int(number)
    return Model(counts)


@lru_cache(maxsize=16384)
def spellings(word: str) -> tuple[Spelling, ...]:
    """Spellings of one Hindi word, best first; a word in no English news has a capital. Plain romanisation if the model
    has none, "" for a word without a letter."""
    model, usage, sounds = _model(), _usage(), signs(word)
    found = {text: score for text, score in model.spell(sounds).items() if text}
    spoken = romanise(word)
    for sound in dict.fromkeys((spoken, romanise(_FLAP.sub("र", word)))):
        for text in usage.by_sound.get(skeleton(sound, hindi=True), ()):
            if text not in found and likeness(sound, text) >= _SIMILAR:
                found[text] = model.score(sounds, text)
    if not found:
        return (Spelling(spoken.capitalize(), 0, 0.0),)
    least = max(found.values()) - _FAR * len(sounds)
    options = [_weighed(latin, score) for latin, score in found.items() if score >= least]
    return tuple(sorted(options, key=lambda option: (-option.score, option.text)))


@lru_cache(maxsize=16384)
def as_spelling(word: str, latin: str) -> Spelling:
    """One given English spelling of a Hindi word, scored as `spellings` scores its own."""
    return _weighed(latin.lower(), _model().score(signs(word), latin.lower()))


def _weighed(latin: str, sound: float) -> Spelling:
    """A spelling in small letters with its log-probability by sound, and by use as well."""
    text, uses = _usage().words.get(latin, (latin.capitalize(), 0))
    return Spelling(text, uses, sound + USAGE * math.log(uses or _UNSEEN))


def best_spelling(word: str, name: float = 0.9) -> Spelling:
    """The likeliest spelling of a word that is a name with this probability and a loan word otherwise."""
    odds = math.log(max(name, 1e-6)) - math.log(max(1 - name, 1e-6))
    return max(spellings(word), key=lambda s: s.score - odds * s.is_word)


def transliterate(hindi: str) -> str:
    """A name in the spelling of Indian English newspapers, words capitalised: रमेश तेंदुलकर → Ramesh Tendulkar.

    Latin letters, digits and punctuation stay as they are; letters spelled out become an acronym (एनबीटी → NBT).
    """

    def one(match: re.Match[str]) -> str:
        word = match.group()
        letters = spelled_letters(word)
        if len(letters) > 2:
            return letters
        best = best_spelling(word).text
        return best[:1].upper() + best[1:]

    return HINDI.sub(one, unicodedata.normalize("NFC", hindi))
