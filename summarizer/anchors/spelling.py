"""Slips of the pen in a gloss: which spelling the glossary says it should have, if any.

Names are not made uniform here: a spelling is only called a slip when it is no known variant and near a known word.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from summarizer.anchors import english
from summarizer.anchors.lexicon import Lexicon
from summarizer.anchors.romanise import likeness, romanise
from summarizer.anchors.spans import SOUNDS, Span
from summarizer.anchors.words import base_forms


def near(word: str, other: str) -> bool:
    """One typing slip apart (two in long words): insertion, deletion, substitution or swap of neighbours."""
    shorter = min(len(word), len(other))
    return shorter >= 3 and word[0] == other[0] and OSA.distance(word, other) <= (1 if shorter < 8 else 2)


def corrected_spelling(gloss: str, span: Span, lexicon: Lexicon | None) -> str:
    """The gloss with its slips mended after the glossary, or "" when it is fine or nothing is known about it.

    A person's name is never corrected: newspapers differ, the article's spelling wins. A place's spelling that differs
    by a romanisation habit only (Odesa, Odessa) is a variant.
    """
    if lexicon is None or english.is_acronym(gloss) or lexicon.translations(gloss):
        return ""
    wanted: list[str] = []
    if span.match:
        entry = span.match.entry
        if entry.kind == "person" or english.same(entry.english, gloss):
            return ""
        if entry.kind == "place" and english.spelling_class(entry.english) == english.spelling_class(gloss):
            return ""
        wanted = english.WORD.findall(entry.english)
    common = {e for w in span.words for e in _translations(w.key, lexicon)} & lexicon.common
    parts = re.split(r"([\s-]+)", gloss)
    mended = [p if i % 2 else _mend_word(p, wanted, common, lexicon) for i, p in enumerate(parts)]
    if mended == parts:
        return ""
    # With an entry at hand every other word must be one of the entry's, or it is another term.
    if wanted and not all(
        any(english.same(p, w) for w in wanted) for p in mended[::2] if p.lower() not in english.SMALL
    ):
        return ""
    return "".join(mended)


def _translations(key: str, lexicon: Lexicon) -> list[str]:
    """English words of a Hindi word but those it takes over by sound: a loan's spelling is open (प्रीमियर, premiere)."""
    found = {e for form, _ in base_forms(key) for e, p in lexicon.words.get(form, {}).items() if p >= 0.3}
    return [e for e in found if likeness(romanise(key), e) < SOUNDS]


def _mend_word(word: str, wanted: list[str], common: set[str], lexicon: Lexicon) -> str:
    low = word.lower()
    if len(low) < 3 or any(english.same(word, w) for w in wanted):
        return word
    known = low in lexicon.vocabulary or english.singular(low) in lexicon.vocabulary
    for candidate in wanted:
        if near(low, candidate.lower()) and not (known and OSA.distance(low, candidate.lower()) > 1):
            return candidate if word[0].isupper() == candidate[0].isupper() else _like(candidate, word)
    if not known:
        for candidate in sorted(common):
            if near(low, candidate) or near(english.singular(low), candidate):
                return _like(candidate, word)
    return word


def _like(candidate: str, word: str) -> str:
    return candidate.capitalize() if word[:1].isupper() else candidate.lower() if not candidate.isupper() else candidate
