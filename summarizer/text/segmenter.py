"""An article, raw text or HTML, as sentences with roles: what is news, and what is set aside and why.

Nothing is summarised or translated here, and no wording changes: a sentence is a slice of the normalised article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Role, Sentence
from .boilerplate import INLINE, match_read_also, match_rule
from .html import end_of_character, looks_like_html, to_text
from .layout import blocks
from .leads import dateline_end, filler_end
from .mapped import Mapped
from .normalise import normalise
from .sentences import ends_with_stop, split

_LONGEST_HEADING = 110
_LONGEST_QUESTION = 70
_LONGEST_HEADLINE = 180
_BULLETS = "-*•·●▪►➤"


@dataclass
class _Block:
    """A block and the role it has as a whole; None means: to be split into sentences."""

    mapped: Mapped
    role: Role | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        return self.mapped.text


def segment(text: str) -> list[Sentence]:
    """Sentences and set-aside lines of an article, in order; offsets count characters of `text`, mark-up included.

    `Sentence.text` of a body sentence has no opening filler ("बता दें कि") or list mark; `start` is still where the
    printed sentence starts, so `start <= offsets[0]`. Any string is accepted; without words the list is empty.
    """
    is_html = looks_like_html(text)
    source = to_text(text) if is_html else Mapped.of(text)
    parts = [_Block(block) for block in blocks(normalise(source)) if _has_word(block.text)]
    _mark_boilerplate(parts)
    _mark_headings(parts)
    sentences: list[Sentence] = []
    for paragraph, (block, opens) in enumerate(zip(parts, _openings(parts), strict=True)):
        pieces = [(block.mapped, block.role, block.reason)] if block.role else _pieces(block.mapped, opens)
        for piece, role, reason in pieces:
            start, end = piece.span
            end = end_of_character(text, end - 1) if is_html else end
            if role == "body":
                piece = piece[filler_end(piece.text) :]
            found = Sentence(len(sentences), piece.text, start, end, tuple(piece.offsets), role, reason, paragraph)
            sentences.append(found)
    return sentences


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _mark_boilerplate(parts: list[_Block]) -> None:
    """Boilerplate lines, and the headlines that follow the head of a list of other stories."""
    headlines = -1  # headlines seen since the head of a list; -1 outside of one
    for i, block in enumerate(parts):
        if match := match_read_also(block.text):
            same_line = block.text[match.end() :]
            if len(split(same_line)) < 2 or len(same_line) < _LONGEST_HEADLINE:
                block.role, block.reason = "boilerplate", "link to another story"
                headlines = int(_has_word(same_line))
            continue
        if reason := len(split(block.text)) == 1 and match_rule(block.text):
            block.role, block.reason = "boilerplate", reason
            continue
        if headlines < 0:
            continue
        if not _looks_like_headline(block.text) or (headlines > 0 and _is_heading_before(parts, i)):
            headlines = -1
        else:
            block.role, block.reason = "boilerplate", "headline of another story"
            headlines += 1


def _looks_like_headline(text: str) -> bool:
    return len(text) <= _LONGEST_HEADLINE and not text.rstrip("\"') ").endswith(("।", ".")) or text.endswith("...")


def _is_heading_before(parts: list[_Block], i: int) -> bool:
    """A line right before body text that resumes after a list of links is the sub-head of that text."""
    return i + 1 < len(parts) and _is_prose(parts[i + 1].text)


def _is_prose(text: str) -> bool:
    return not _looks_like_headline(text) and not match_rule(text)


def _mark_headings(parts: list[_Block]) -> None:
    """Unpunctuated lines: sub-heads when text follows, loose lines of the page when none does."""
    is_prose = [block.role is None and not _is_heading(block.text) for block in parts]
    if True not in is_prose:
        return
    first = is_prose.index(True)
    last = len(parts) - 1 - is_prose[::-1].index(True)
    for i, block in enumerate(parts):
        if block.role or is_prose[i]:
            continue
        if i < last:
            block.role, block.reason = "subhead", "headline" if i < first else "line without a full stop before text"
        else:
            block.role, block.reason = "boilerplate", "line without a full stop after the text"


def _is_heading(text: str) -> bool:
    if text[0] in _BULLETS and len(text.split()) > 6:
        return False
    if text.endswith("?"):
        return len(text) <= _LONGEST_QUESTION and len(split(text)) == 1
    if ends_with_stop(text) and not text.endswith(("...", "!")):
        return False
    return len(text) <= _LONGEST_HEADING and len(split(text)) == 1


def _openings(parts: list[_Block]) -> Iterator[bool]:
    """For each block, whether it is the first one that holds body text: only there a dateline can stand."""
    seen = False
    for block in parts:
        yield not seen and block.role is None
        seen = seen or block.role is None


def _pieces(block: Mapped, opens: bool) -> Iterator[tuple[Mapped, Role, str]]:
    """The sentences of one paragraph with their roles."""
    end = dateline_end(block.text) if opens else 0
    if end:
        yield block[:end], "dateline", "place, date or source before the first sentence"
        block = block[end:].strip()
    cuts = [0, *(m.start() for m in INLINE.finditer(block.text)), len(block)]
    for start, stop in zip(cuts, cuts[1:], strict=False):
        part = block[start:stop]
        for first, last in split(part.text):
            piece = part[first:last]
            if not _has_word(piece.text):
                continue
            reason = "link to another story" if match_read_also(piece.text) else match_rule(piece.text)
            yield piece, "boilerplate" if reason else "body", reason
