"""Text that remembers where each of its characters came from.

`Mapped` carries offsets through every cleaning stage. It knows nothing of Hindi, HTML or sentences.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mapped:
    """`offsets[i]` is the offset, in the original string, of the character that `text[i]` stands for.

    Offsets never decrease. Several characters may share one offset (one character became three), and the offset of
    one character may stand for several originals (a letter and its accent were composed). Raises ValueError when the
    two lengths differ.
    """

    text: str
    offsets: array[int] = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"{len(self.text)} characters but {len(self.offsets)} offsets")

    @classmethod
    def of(cls, text: str) -> Mapped:
        """The text as its own original."""
        return cls(text, array("I", range(len(text))))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Mapped:
        return Mapped(self.text[part], self.offsets[part])

    @property
    def span(self) -> tuple[int, int]:
        """Original offsets (half-open) from the first to the last character; the text must not be empty."""
        return self.offsets[0], self.offsets[-1] + 1

    def translate(self, table: Mapping[int, str]) -> Mapped:
        """`str.translate` for tables that give one character for one."""
        return Mapped(self.text.translate(table), self.offsets)

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> Mapped:
        """`pattern.sub`, where a plain replacement is taken literally (no group references)."""
        edits = (
            (m.start(), m.end(), replacement if isinstance(replacement, str) else replacement(m))
            for m in pattern.finditer(self.text)
        )
        return self.edit(edits)

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> Mapped:
        """Replace each `text[start:end]` by a string; edits come in order and do not overlap. Linear time.

        The i-th new character takes the offset of the i-th old one, surplus characters that of the last old one; text
        put in where nothing was takes the offset of the character before it (0 at the very start).
        """
        parts: list[str] = []
        offsets = array("I")
        done = 0
        for start, end, new in edits:
            parts += self.text[done:start], new
            offsets.extend(self.offsets[done:start])
            for i in range(len(new)):
                at = min(start + i, end - 1)
                offsets.append(self.offsets[at] if at >= 0 else 0)
            done = end
        if not parts:
            return self
        parts.append(self.text[done:])
        offsets.extend(self.offsets[done:])
        return Mapped("".join(parts), offsets)

    def strip(self, characters: str | None = None) -> Mapped:
        start = len(self.text) - len(self.text.lstrip(characters))
        return self[start : max(start, len(self.text.rstrip(characters)))]
