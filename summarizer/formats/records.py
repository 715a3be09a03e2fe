"""What a reader yields: a Record an article, a BadRecord for what could not be read, and how fields become one.

Knows names of fields, nothing of files; `readers` opens those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT_FIELDS = ("text", "article", "body", "content", "document")
TITLE_FIELDS = ("title", "headline", "title_hi")
ID_FIELDS = ("id", "article_id", "url")

MAX_TEXT = 20_000_000  # characters of one article, and of the line or value that holds it
_LONGEST_LABEL = 500  # characters of an id or a title; what is longer is none

# Control characters, and those that turn the direction of text: a terminal obeys them wherever they come from.
_CONTROL = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " "
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Record:
    """One article as read. Its text is unchanged: offsets of a Summary count characters of it.

    id: the record's own, else its source's name, with ":line" where the source holds many.
    source: the path as given, "-" for standard input.
    line: 1-based line, row or element in the source; None where the source is one article.
    """

    id: str
    text: str = field(repr=False)
    title: str | None = None
    source: str = ""
    line: int | None = None


@dataclass(frozen=True)
class BadRecord:
    """A source, line or row without a readable article. error: one line, "name: what was wrong; what to do"."""

    id: str
    error: str
    source: str = ""
    line: int | None = None


def name_of(source: str, line: int | None) -> str:
    """How messages and ids call a place, on one line: "news.jsonl:3"; standard input is "stdin"."""
    name = "stdin" if source == "-" else source.translate(_CONTROL)
    return name if line is None else f"{name}:{line}"


def bad(source: str, line: int | None, what: str) -> BadRecord:
    """what: "what was wrong; what to do"."""
    name = name_of(source, line)
    return BadRecord(name, f"{name}: {what}", source, line)


def pick(names: Iterable[str], wanted: Iterable[str]) -> str | None:
    """The first of `wanted` among `names`, whatever their case; None without one."""
    have = {name.strip().casefold(): name for name in reversed(list(names))}
    return next((have[w] for w in wanted if w in have), None)


def text_key(names: Iterable[str], text_field: str | None) -> tuple[str | None, str]:
    """The field that holds the text, and what to say where there is none (text_field: the caller's choice)."""
    names = [n for n in names if isinstance(n, str)]
    shown = ", ".join(names[:8])[:200] or "none"
    if text_field is not None:
        found = text_field if text_field in names else None
        return found, f"no field {text_field!r}; its fields are: {shown}"
    return pick(
        names, TEXT_FIELDS
    ), f"no field {', '.join(TEXT_FIELDS)}; say which of its fields holds the text: {shown}"


def make(value: Any, source: str, line: int | None, text_field: str | None) -> Record | BadRecord:
    """A Record of a text or of an object with a text field; a BadRecord for anything else."""
    if not isinstance(value, Mapping):
        return record(source, line, value)
    key, complaint = text_key(value, text_field)
    if key is None:
        return bad(source, line, complaint)
    title, own = pick(value, TITLE_FIELDS), pick(value, ID_FIELDS)
    return record(source, line, value[key], value.get(title), value.get(own))


def record(source: str, line: int | None, text: Any, title: Any = None, own_id: Any = None) -> Record | BadRecord:
    """A Record, or a BadRecord for a text that is none, empty or too long."""
    if not isinstance(text, str):
        kind = "missing" if text is None else f"a {type(text).__name__}, not a string"
        return bad(source, line, f"its text is {kind}; give one string an article")
    if not text.strip():
        return bad(source, line, "empty; give the text of a Hindi article")
    if len(text) > MAX_TEXT:
        return bad(source, line, f"longer than {MAX_TEXT:,} characters; split it into articles")
    return Record(_label(own_id) or name_of(source, line), whole(text), _label(title), source, line)


def whole(text: str) -> str:
    """The text with halves of surrogate pairs joined or, where alone, replaced: no encoder takes them."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _label(value: Any) -> str | None:
    """An id or title on one line without control characters; None where there is none worth the name."""
    if isinstance(value, bool) or not isinstance(value, str | int) or (isinstance(value, int) and abs(value) > 10**40):
        return None
    label = " ".join(whole(str(value)[: _LONGEST_LABEL + 1]).translate(_CONTROL).split())
    return label if 0 < len(label) <= _LONGEST_LABEL else None
