"""One spelling for what looks the same: Unicode form, invisible characters, spaces, quotes, digits, the danda.

Wording is never changed here; fillers, datelines and boilerplate are the business of `segment`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .mapped import Mapped

_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Cc but tab and newline; Cf (ZWJ and ZWNJ only pick a glyph in Hindi, so words must compare equal without them);
# variation selectors; surrogates, which no encoder accepts; U+FFFD and non-characters: text already lost.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(
            "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´＇", "'"),
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        **dict(zip("०१२३४५६७८९", "0123456789", strict=True)),
        **dict(zip("０１２３４５６７８９", "0123456789", strict=True)),
        **dict(zip("（）［］：，．？！％", "()[]:,.?!%", strict=True)),
        "\ua8fb": "।",
    }
)
_ELLIPSIS = re.compile("…")
_DOUBLE_QUOTE = re.compile("''")
# A bar right after Hindi is a danda typed on a Latin keyboard; after Latin it separates by-lines and menus.
_DOUBLE_BAR = re.compile(r"(?<=[\u0900-\u097f'\")])( ?)\|\|")
_BAR = re.compile(r"(?<=[\u0900-\u0963])( ?)\||(?<=[\u0900-\u0963]['\")])( ?)\|")
_SPACES = re.compile(" {2,}")
_LINE_EDGES = re.compile(" ?\n ?")
_BLANK_LINES = re.compile("\n{3,}")
_SPACE_BEFORE_STOP = re.compile(r" (?=[।॥,;?!](?:\D|\Z)|\.(?:\s|\Z))")
_CHUNK = re.compile(r"\S{1,256}")


def normalise(text: str | Mapped) -> Mapped:
    """The normalised text with offsets into `text` (or into the original of a `Mapped`). Any Unicode is accepted.

    One newline is a line break, two are a paragraph break, all other runs of white space become one space. Devanagari
    digits become ASCII digits; nukta letters stay decomposed, as NFC has them.
    """
    mapped = Mapped.of(text) if isinstance(text, str) else text
    mapped = mapped.sub(_NEWLINE, "\n").sub(_INVISIBLE, "").translate(_SAME_LENGTH)
    mapped = mapped.edit(_nfc_edits(mapped.text)).sub(_ELLIPSIS, "...").sub(_DOUBLE_QUOTE, '"')
    mapped = mapped.sub(_SPACES, " ")  # before the bars, which look back over one space
    mapped = mapped.sub(_DOUBLE_BAR, lambda m: m[1] + "॥").sub(_BAR, lambda m: m[0][:-1] + "।")
    mapped = mapped.sub(_LINE_EDGES, "\n").sub(_BLANK_LINES, "\n\n")
    return mapped.sub(_SPACE_BEFORE_STOP, "").strip()


def _nfc_edits(text: str) -> Iterator[tuple[int, int, str]]:
    """NFC as edits of single clusters. Chunks are bounded since normalising a long run of marks is quadratic."""
    for chunk in _CHUNK.finditer(text):
        if chunk[0].isascii() or unicodedata.is_normalized("NFC", chunk[0]):
            continue
        start = chunk.start()
        for end in range(start + 1, chunk.end() + 1):
            if end < chunk.end() and _continues(text[end]):
                continue
            composed = unicodedata.normalize("NFC", text[start:end])
            if composed != text[start:end]:
                yield start, end, composed
            start = end


def _continues(character: str) -> bool:
    """Whether the character may compose with the one before it: marks and Hangul vowels and finals."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
