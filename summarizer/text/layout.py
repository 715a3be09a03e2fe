"""Lines of an article put together into blocks: paragraphs, sub-heads, loose lines. No roles are given here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .mapped import Mapped
from .sentences import ends_with_stop

_GROUP = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
# A line that ends so is not finished, whatever its length.
_UNFINISHED = re.compile(r"(?:[,(]|[\u0900-\u097f]-| (?:के|का|की|को|ने|में|से|पर|और|कि|तथा|एवं|व|या))\Z")
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 50
_BRACKET_LINES = 8


def blocks(text: Mapped) -> Iterator[Mapped]:
    """The blocks of a normalised text, in order, without newlines. A blank line always ends a block."""
    for group in _GROUP.finditer(text.text):
        lines = [m.span() for m in _LINE.finditer(text.text, *group.span())]
        for first, last in _joined(text.text, lines):
            start, end = lines[first][0], lines[last][1]
            yield text[start:end].edit((i, i + 1, " ") for i in _newlines(text.text[start:end]))


def _newlines(text: str) -> list[int]:
    return [m.start() for m in re.finditer("\n", text)]


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """First and last line of each block within one group of adjacent lines."""
    width = max(end - start for start, end in lines)
    wrapped = len(lines) > 1 and _NARROWEST_WRAP <= width <= _WIDEST_WRAP
    first = 0
    depth = opened_at = 0
    for i, (start, end) in enumerate(lines):
        line = text[start:end]
        balance = line.count("(") - line.count(")")
        if depth <= 0 < balance:
            opened_at = i
        depth = max(0, depth + balance)
        if i + 1 < len(lines) and (
            (depth > 0 and i - opened_at < _BRACKET_LINES and _closes(text, lines, i))
            or _UNFINISHED.search(line[-8:])
            or (wrapped and not ends_with_stop(line) and _fills(text, lines, i, width))
        ):
            continue
        yield first, i
        first, depth = i + 1, 0


def _closes(text: str, lines: list[tuple[int, int]], i: int) -> bool:
    """Whether a bracket left open on line i closes within the next lines."""
    last = lines[min(i + _BRACKET_LINES, len(lines) - 1)][1]
    return ")" in text[lines[i][1] : min(last, lines[i][1] + 400)]


def _fills(text: str, lines: list[tuple[int, int]], i: int, width: int) -> bool:
    """Greedy wrapping: the next line's first word would not have fitted on this line (with a tenth of slack)."""
    start, end = lines[i]
    word = text[lines[i + 1][0] : lines[i + 1][0] + width].split(" ", 1)[0].split("\n", 1)[0]
    return end - start + 1 + len(word) > 0.9 * width
