"""JSON and JSON Lines sources, value by value: a list of a million articles is never held whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from summarizer.errors import InputError
from summarizer.formats.records import MAX_TEXT, BadRecord, Record, bad, make
from summarizer.formats.streams import Lines, checked

_CHUNK = 1 << 16
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def read_jsonl(stream: TextIO, source: str, text_field: str | None) -> Iterator[Record | BadRecord]:
    """One record a line: an object or a string. A line that is no JSON is a BadRecord; blank lines are passed over."""
    lines = Lines(stream)
    while True:
        try:
            line = next(lines)
            value = _decoded(line) if line.strip() else None
        except StopIteration:
            return
        except InputError as error:
            yield bad(source, lines.number, str(error))
            continue
        if line.strip():
            yield make(value, source, lines.number, text_field)


def _decoded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not valid JSON ({_reason(error)}); mend or drop the line") from None


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def read_json(stream: TextIO, source: str, text_field: str | None) -> Iterator[Record | BadRecord]:
    """One object or string, several of them one after the other, or a list of them.

    Raises InputError where the JSON breaks; what stands before the break has been yielded by then.
    """
    values = _Values(stream)
    if values.peek() == "[":
        for number, value in enumerate(_elements(values), start=1):
            yield make(value, source, number, text_field)
        return
    number, value = 1, values.take()
    while values.peek():
        yield make(value, source, number, text_field)
        number, value = number + 1, values.take()
    yield make(value, source, number if number > 1 else None, text_field)


def _elements(values: _Values) -> Iterator[Any]:
    """The elements of a list, and nothing behind it."""
    values.skip()
    number = 0
    while values.peek() != "]":
        number += 1
        try:
            value = values.take()
        except InputError as error:
            raise InputError(f"element {number} {error}") from None
        yield value
        if values.peek() == ",":
            values.skip()
        elif values.peek() != "]":
            raise InputError(f"is not valid JSON (no ',' or ']' after element {number}); mend the file")
    values.skip()
    if values.peek():
        raise InputError("goes on after its JSON list; mend the file")


class _Values:
    """JSON values cut from a stream one by one; holds no more text than the value at hand and a chunk."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._text, self._at, self._ended = stream, "", 0, False
        self._line = 1

    def _fill(self, size: int) -> None:
        more = checked(self._stream.read(size), self._line)
        self._line += more.count("\n")
        self._ended = len(more) < size
        self._text, self._at = self._text[self._at :] + more, 0

    def peek(self) -> str:
        """The next character that is no white space; "" at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # matches the empty string
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._fill(_CHUNK)

    def skip(self) -> None:
        self._at += 1

    def take(self) -> Any:
        """The value that starts at the character `peek` gave. Raises InputError if there is none or it is too long."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            except (ValueError, RecursionError) as error:
                # An error in mid-text may only mean that the value goes on in the next chunk.
                if self._ended or isinstance(error, RecursionError):
                    raise InputError(f"is not valid JSON ({_reason(error)}); mend the file") from None
            held = len(self._text) - self._at
            if held > MAX_TEXT:
                raise InputError(f"is broken JSON or longer than {MAX_TEXT:,} characters; mend or split it")
            self._fill(max(_CHUNK, held))  # doubling: the text is scanned again a few times only
