"""Numbers as anchors: a figure that the model garbled is set right when only one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.text.numbers import Number, missing, unsupported

_SCALES = {
    "सौ": "hundred",
    "हजार": "thousand",
    "लाख": "lakh",
    "करोड़": "crore",
    "अरब": "billion",
    "प्रतिशत": "per cent",
    "फीसदी": "per cent",
    "फीसद": "per cent",
}
_PARTS = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(%|वां|वीं|वें|[^\d\s]*)((?:\s+\S+)*)")


def english(number: Number) -> str | None:
    """A number of a Hindi text that is written in digits, as Indian newspapers write it: 2,319 करोड़ → 2,319 crore."""
    match = _PARTS.fullmatch(number.text.replace("\u093c", "").translate(_DIGITS).strip())
    if not match:
        return None
    digits, mark, rest = match.groups()
    if mark == "%":
        return f"{digits} per cent"
    if mark in ("वां", "वीं", "वें"):
        return digits + _ordinal(digits)
    words = [_PLAIN.get(word) for word in [*([mark] if mark else []), *rest.split()]]
    return None if None in words else " ".join([digits, *words])  # type: ignore[list-item]


_DIGITS = {0x966 + i: str(i) for i in range(10)}
_PLAIN = {hindi.replace("\u093c", ""): english_word for hindi, english_word in _SCALES.items()}


def _ordinal(digits: str) -> str:
    if digits[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


def mend(text: str, sources: Sequence[str], spellings: Sequence[str] = ()) -> str:
    """`text` with its one unsupported figure replaced by the one figure of the sources that it lacks.

    Nothing is done when there is more than one of either, when the figures are of different kinds (a date for a
    percentage), or when the source's cannot be written in English.
    """
    wrong = unsupported(text, sources, spellings)
    lost = missing(text, sources)
    if len(wrong) != 1 or len(lost) != 1 or wrong[0].kind != lost[0].kind or not wrong[0].text[:1].isdigit():
        return text
    right = english(lost[0])
    if right is None:
        return text
    return text[: wrong[0].start] + right + text[wrong[0].end :]
