"""Words in small letters that no English news uses: slips of a model that spells out of pieces (missdes, ofrahship)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from summarizer.anchors import Lexicon, english
from summarizer.anchors.transliteration import news_words

_SMALL = re.compile(r"(?<![\w'’.-])[a-z]{5,}(?![\w.'’-]*\w)")  # whole words; parts of hyphened ones are not judged
_ENDING = re.compile(r"(?:s|es|ed|d|ing|ly|er|ers|ness|ment|able|less)$")
_BEGINNING = re.compile(r"^(?:un|re|non|pre|anti|over|under|inter|mis|dis)")


def non_words(text: str, spellings: Iterable[str] = ()) -> list[str]:
    """Words of five letters and more that are neither in English news (three times and more, `english.tsv`) nor in the
    glossary, nor such a word with a usual ending or beginning. spellings: English that may stand too.

    A rare word that is right is among them (somersault, anagen): a reason to doubt a text, not to refuse it.
    """
    unknown = [w for w in _SMALL.findall(text) if not _is_word(w)]
    if not unknown:
        return []
    given = {w for spelling in spellings for w in english.words(spelling)}
    return [w for w in unknown if given.isdisjoint((w, english.singular(w), w.removesuffix("s")))]


@lru_cache(maxsize=16384)
def _is_word(word: str) -> bool:
    known = _known()
    forms = {word, english.singular(word), english.plural(word)}
    stems = {_ENDING.sub("", word), *(_BEGINNING.sub("", form) for form in forms)}
    stems |= {stem + "e" for stem in stems} | {stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]}
    stems |= {stem[:-1] + "y" for stem in stems if stem.endswith("i")}
    return not known.isdisjoint(forms) or any(len(stem) > 3 and stem in known for stem in stems)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return news_words() | Lexicon.load().vocabulary
