"""English spelling of a Hindi name that no list has: a joint-sequence model of (Hindi sign, Latin letters) pairs.

The model follows Bisani & Ney 2008 (joint-sequence models for grapheme-to-phoneme conversion): the pairs of a word are
a Markov chain, here of order one with Witten-Bell smoothing. scripts/build_transliteration.py estimates it from the
glossary. It knows names, not words: a common noun comes out as it sounds.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from importlib import resources

from summarizer.anchors.romanise import drop_schwas, romanise, spelled_letters, syllables

Pair = tuple[str, str]
START: Pair = ("^", "")
END: Pair = ("$", "")
_BEAM = 8


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
        for gram, n in counts.items():
            context = gram[:-1]
            self.totals[context] = self.totals.get(context, 0) + n
            self.types[context] = self.types.get(context, 0) + 1
            if len(gram) == 1 and gram[0] != END:
                self.choices.setdefault(gram[0][0], []).append(gram[0])

    def probability(self, context: tuple[Pair, ...], pair: Pair) -> float:
        """Interpolated Witten-Bell estimate of P(pair | context)."""
        lower = self.probability(context[1:], pair) if context else 1.0 / (1 + len(self.choices))
        total = self.totals.get(context, 0)
        if not total:
            return lower
        kinds = self.types[context]
        return (self.counts.get((*context, pair), 0) + kinds * lower) / (total + kinds)

    def spell(self, word: tuple[str, ...]) -> list[str]:
        """Spellings of the signs, best first, at most the beam's width; signs never seen are left out."""
        history = self.order - 1
        beam: list[tuple[float, tuple[Pair, ...], str]] = [(0.0, (START,) * history, "")]
        for sign in (*word, "$"):
            options = [END] if sign == "$" else self.choices.get(sign, [(sign, "")])
            grown = [
                (score + math.log(self.probability(context, pair)), (*context, pair)[-history:], text + pair[1])
                for score, context, text in beam
                for pair in options
            ]
            best: dict[tuple[tuple[Pair, ...], str], float] = {}
            for score, context, text in grown:
                best[context, text] = max(score, best.get((context, text), -math.inf))
            beam = sorted(((s, c, t) for (c, t), s in best.items()), reverse=True)[:_BEAM]
        return list(dict.fromkeys(text for _, _, text in beam))


@lru_cache(maxsize=1)
def _model() -> Model:
    data = (resources.files("summarizer.anchors") / "data" / "transliteration.tsv").read_text(encoding="utf-8")
    counts: dict[tuple[Pair, ...], int] = {}
    for line in data.splitlines():
        if not line.startswith("#"):
            number, *grams = line.split("\t")
            counts[tuple((g.partition("=")[0], g.partition("=")[2]) for g in grams)] = int(number)
    return Model(counts)


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """Lower-case spellings of one Hindi word, best first; plain romanisation if the model has none."""
    found = tuple(t for t in _model().spell(signs(word)) if t)
    return found or (romanise(word),)


def transliterate(hindi: str) -> str:
    """A name in the spelling of Indian English newspapers, words capitalised: रमेश तेंदुलकर → Ramesh Tendulkar.

    Latin letters, digits and punctuation stay as they are; letters spelled out become an acronym (एनबीटी → NBT).
    """

    def one(match: re.Match[str]) -> str:
        word = match.group()
        letters = spelled_letters(word)
        return letters if len(letters) > 2 else spellings(word)[0].capitalize()

    return re.sub(r"[\u0900-\u0963\u0970-\u097f\u200c\u200d]+", one, unicodedata.normalize("NFC", hindi))
