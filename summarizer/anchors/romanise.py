"""Devanagari to Latin letters and how alike a Hindi word and an English one sound.

`romanise` gives one plain spelling for comparison; `transliterate` (in transliteration.py) gives the spelling to print.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Indel

from summarizer.anchors.words import fold

_CONSONANTS = "k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l l v sh sh s h"
_VOWELS = "aa i ee u oo ri e ai o au a o e o"
CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसह",
        _CONSONANTS.split(),
        strict=True,
    )
)
SIGNS = dict(zip("ािीुूृेैोौॅॉॆॊ", _VOWELS.split(), strict=True))
VOWELS = dict(zip("अआइईउऊऋएऐओऔऍऑऎऒ", ("a", *_VOWELS.split()), strict=True))
# The names of Latin letters as Hindi spells them, longest first when matched: बीईएमएल is BEML.
LETTERS = {
    "ए": "A", "बी": "B", "सी": "C", "डी": "D", "ई": "E", "एफ": "F", "जी": "G", "एच": "H", "आई": "I", "आइ": "I",
    "जे": "J", "के": "K", "एल": "L", "एम": "M", "एन": "N", "ओ": "O", "पी": "P", "क्यू": "Q", "आर": "R", "एस": "S",
    "टी": "T", "यू": "U", "वी": "V", "डब्ल्यू": "W", "डब्लू": "W", "एक्स": "X", "वाई": "Y", "जेड": "Z",
}  # fmt: skip
_LETTER = re.compile("|".join(sorted(LETTERS, key=len, reverse=True)))


NUKTA = "\u093c"


def syllables(word: str) -> list[tuple[str, str]]:
    """(consonant, vowel sign) pairs of a word; the inherent vowel is "a", a virama gives ""."""
    units: list[tuple[str, str]] = []
    for char in word:
        if char in CONSONANTS:
            units.append((char, "a"))
        elif char in SIGNS and units:
            units[-1] = (units[-1][0], char)
        elif char == "्" and units:
            units[-1] = (units[-1][0], "")
        elif char == NUKTA and units:
            units[-1] = (units[-1][0] + NUKTA, units[-1][1])
        elif char in VOWELS:
            units.append(("", char))
        elif char == "ं":
            units.append(("ं", ""))
        elif char.isascii() and char.isalnum():
            units.append((char, ""))
    return units


def drop_schwas(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Delete the inherent vowel at the word's end and, right to left, in V C a C V (after Ohala 1983)."""
    out = list(units)
    last = len(out) - 1
    if last > 0 and out[last][1] == "a" and out[last][0]:
        out[last] = (out[last][0], "")
    for i in range(last - 1, 0, -1):
        consonant, vowel = out[i]
        before, after = out[i - 1][1], out[i + 1]
        if vowel == "a" and consonant and before and after[0] and after[0] != "ं" and after[1]:
            out[i] = (consonant, "")
    return out


@lru_cache(maxsize=32768)
def romanise(word: str) -> str:
    """Plain romanisation of one Hindi word: राजस्थान → raajasthaan, दिल्ली → dillee."""
    out: list[str] = []
    for consonant, vowel in drop_schwas(syllables(fold(word))):
        out.append("n" if consonant == "ं" else CONSONANTS.get(consonant, consonant))
        out.append(vowel if vowel in ("", "a") else SIGNS.get(vowel) or VOWELS.get(vowel, ""))
    return "".join(out)


def spelled_letters(word: str) -> str:
    """The acronym that a Hindi word spells letter by letter (सीबीआई → CBI, एन95 → N95), else ""."""
    key, position = fold(word), 0
    out: list[str] = []
    while position < len(key):
        if key[position].isascii() and key[position].isdigit() and out:
            out.append(key[position])
            position += 1
            continue
        match = _LETTER.match(key, position)
        if not match:
            return ""
        out.append(LETTERS[match.group()])
        position = match.end()
    return "".join(out) if len(out) > 1 else ""


_ENGLISH_ONLY = (
    (r"[ts]ion\b", "shn"), (r"ture\b", "chr"), (r"sch", "sh"), (r"chr", "kr"), (r"tch", "ch"), (r"ck", "k"),
    (r"c(?=[eiy])", "s"), (r"gh(?=t)", ""), (r"dg(?=e)|g(?=[ei])", "j"), (r"gu(?=[ei])", "g"), (r"qu", "kv"),
    (r"(?<=[aeo])w(?![aeiouh])", ""),
)  # fmt: skip
_SHARED = (
    (r"sh", "s"), (r"chh?", "c"), (r"[cq](?=[^h]|\b)", "k"), (r"ph", "f"), (r"z", "j"), (r"x", "ks"), (r"w", "v"),
    (r"(?<=[kgjtdbp])h", ""), (r"m(?=[bp])", "n"),
)  # fmt: skip
_HINDI_SOUNDS = tuple((re.compile(pattern), new) for pattern, new in ((r"chh?", "C"), *_SHARED))
_SOUNDS = tuple((re.compile(p), new) for p, new in (*_ENGLISH_ONLY, (r"ch", "C"), *_SHARED))


@lru_cache(maxsize=65536)
def skeleton(latin: str, hindi: bool = False) -> str:
    """Consonants by sound class, vowels gone except an initial one as "a"; h, doubled letters and aspiration folded."""
    text = re.sub(r"[^a-z]", "", latin.lower())
    for pattern, new in _HINDI_SOUNDS if hindi else _SOUNDS:
        text = pattern.sub(new, text)
    head = "a" if text[:1] in set("aeiou") else ""
    body = re.sub(r"[aeiouy]", "", text[:1]) + re.sub(r"[aeiouyh]", "", text[1:])
    return head + re.sub(r"(.)\1+", r"\1", body)


_LOOSE = tuple(
    (re.compile(p), n) for p, n in ((r"aa", "a"), (r"ee", "i"), (r"oo", "u"), (r"w", "v"), (r"(.)\1", r"\1"))
)


@lru_cache(maxsize=65536)
def _loose(latin: str) -> str:
    text = re.sub(r"[^a-z]", "", latin.lower())
    for pattern, new in _LOOSE:
        text = pattern.sub(new, text)
    return text


@lru_cache(maxsize=65536)
def likeness(latin_of_hindi: str, english: str) -> float:
    """0 to 1: mean of letter similarity and consonant-skeleton similarity (normalised Indel)."""
    letters = Indel.normalized_similarity(_loose(latin_of_hindi), _loose(english))
    one, other = skeleton(latin_of_hindi, hindi=True), skeleton(english)
    if not one or not other:
        return letters
    return 0.5 * letters + 0.5 * Indel.normalized_similarity(one, other)
