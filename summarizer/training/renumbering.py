"""Figures swapped for others of the same shape on both sides of a pair, so that copying pays more than remembering."""

from __future__ import annotations

import random
import re
from collections import Counter

_FIGURE = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*(?![\d.,]*\d)")
_YEAR = re.compile(r"(19|20)\d\d")


def renumber(source: str, target: str, rng: random.Random) -> tuple[str, str]:
    """The pair with each figure of two digits or more that stands as often in the target as in the source replaced by
    another one. A figure keeps its length, commas and points; a year keeps its century, and what may be a day of the
    month stays one. Both sides keep their words, so that alignments between them stay true."""
    counts = Counter(_FIGURE.findall(target))
    swaps = {
        figure: _another(figure, rng)
        for figure, count in Counter(_FIGURE.findall(source)).items()
        if len(figure) > 1 and counts[figure] == count
    }

    def swap(match: re.Match[str]) -> str:
        return swaps.get(match[0], match[0])

    return _FIGURE.sub(swap, source), _FIGURE.sub(swap, target)


def _another(figure: str, rng: random.Random) -> str:
    if _YEAR.fullmatch(figure):
        return figure[:2] + f"{rng.randrange(100):02d}"
    if len(figure) == 2:
        return str(rng.randint(10, 31) if 10 <= int(figure) <= 31 else rng.randint(32, 99))
    first = str(rng.randint(1, 9)) if figure[0] != "0" else "0"
    return first + "".join(str(rng.randrange(10)) if c.isdigit() else c for c in figure[1:])
