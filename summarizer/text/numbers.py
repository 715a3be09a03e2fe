"""Numbers of Hindi and English text by value, and which numbers of a hypothesis its source does not hold.

"95 लाख", "95 lakh" and "9.5 million" are one value. Units are not compared: "44 per cent" and "44 people" have the same
value. Text is expected in normal form (see `normalise`); Devanagari digits are read all the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from .numerals import ENTRIES, WEAK, plain
from .numparse import Kind, Number, read_numbers

__all__ = ["Kind", "Number", "find_numbers", "missing", "unsupported"]

_Key = tuple[str, Fraction]
_CLOCK_KEY: _Key = ("clock", Fraction(0))
_RANGE_GAP = re.compile(r" ?(?:-|to|से|or|या) ?\Z")
_CLOCK = re.compile(r"बज|o'clock|\b[ap]\.?m\b", re.IGNORECASE)
_CLOCK_DIGITS = re.compile(r"(\d{1,2})\.([0-5]\d)\Z")
_SCALE_WORD = re.compile(r"[a-z]+|[\u0900-\u0963]+", re.IGNORECASE)


def find_numbers(text: str) -> list[Number]:
    """All numbers of the text in order. Linear time; never raises on odd input."""
    return list(_found(text))


@lru_cache(maxsize=4096)  # every hypothesis of a bullet is held against the same sentences
def _found(text: str) -> tuple[Number, ...]:
    return tuple(_ranges(text, read_numbers(text)))


def unsupported(hypothesis: str, sources: Sequence[str], extra: Sequence[str] = ()) -> list[Number]:
    """Numbers of the English hypothesis that neither a source sentence nor an extra spelling ("G20") holds by value.

    Words of everyday idiom ("one", "first", "half", see `numerals.WEAK`) pass when written out; digits never do.
    """
    supported = _support([*sources, *extra])
    return [
        n
        for n in find_numbers(hypothesis)
        if n.text.lower() not in WEAK and supported.isdisjoint(_keys(n)) and not _is_clock(n, supported)
    ]


def missing(hypothesis: str, sources: Sequence[str]) -> list[Number]:
    """Numbers that the sources write in digits and the hypothesis lacks in any form; offsets are into their source."""
    present = set(_support([hypothesis]))
    if any(_CLOCK.search(s) for s in sources):  # "9.45" holds the hour and the minutes of नौ बजकर 45 मिनट
        clocks = (_CLOCK_DIGITS.match(n.text) for n in find_numbers(hypothesis))
        present.update(("", Fraction(part)) for match in clocks if match for part in match.groups())
    return [
        n for s in sources for n in find_numbers(s) if any(c.isdigit() for c in n.text) and present.isdisjoint(_keys(n))
    ]


def _keys(number: Number) -> set[_Key]:
    """What a number is looked up under; a month never supports another number."""
    kind = "month" if number.kind == "month" else ""
    return {(kind, value) for value in (number.value, *number.alternatives)}


def _is_clock(number: Number, supported: frozenset[_Key]) -> bool:
    """Whether "9.45" is a time whose hour and minutes the sources hold: नौ बजकर 45 मिनट."""
    match = _CLOCK_DIGITS.match(number.text)
    if not match or _CLOCK_KEY not in supported:
        return False
    return supported.issuperset(("", Fraction(part)) for part in match.groups() if int(part))


def _support(texts: Iterable[str]) -> frozenset[_Key]:
    return frozenset().union(*map(_keys_of, texts))


@lru_cache(maxsize=4096)
def _keys_of(text: str) -> frozenset[_Key]:
    clock = _CLOCK.search(text) is not None
    keys: set[_Key] = {_CLOCK_KEY} if clock else set()
    for number in find_numbers(text):
        keys |= _keys(number)
        whole = number.value.numerator // number.value.denominator
        if clock and number.value != whole and (number.value * 4).denominator == 1:  # साढ़े तीन बजे is 3:30
            keys |= {("", Fraction(whole)), ("", (number.value - whole) * 60)}
    return frozenset(keys)


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Second readings of what stands before a hyphen or "to": 2021-22 ends in 2022, 18-20 lakh begins at 18 lakh."""
    read = list(numbers)
    for i in range(len(read) - 1):
        left, right = read[i], read[i + 1]
        gap = text[left.end : right.start]
        if len(gap) > 5 or not _RANGE_GAP.match(gap) or "month" in (left.kind, right.kind):
            continue
        if 1900 <= left.value < 2100 and right.value == (left.value + 1) % 100:
            read[i + 1] = replace(right, value=left.value + 1, alternatives=(right.value,))
        elif right.value >= 100 and left.value < 1000:
            words = (ENTRIES.get(plain(w)) for w in _SCALE_WORD.findall(text[right.start : right.end]))
            scale = math.prod(entry.value for entry in words if entry and entry.part == "scale")
            other = (left.value * scale,) if scale > 1 else ()
            read[i] = replace(left, alternatives=left.alternatives + other)
    return read
