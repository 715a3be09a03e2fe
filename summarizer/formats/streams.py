"""Bytes and characters of a source: opened, unpacked, told apart, decoded. What the characters mean is not known here.

Everything is read in bounded pieces: a file that never ends, or unpacks to far more than it weighs, costs no memory.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from summarizer.errors import InputError
from summarizer.formats.records import MAX_TEXT

_HEAD = 1 << 16
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "looks like a PDF; extract its text first, for example with pdftotext"),
    (b"\x89PNG", "looks like an image; give the article's text"),
    (b"\xff\xd8\xff", "looks like an image; give the article's text"),
    (b"GIF8", "looks like an image; give the article's text"),
    (b"RIFF", "looks like an image or a recording; give the article's text"),
    (b"PK\x03\x04", "looks like a zip archive or an office document; unpack it or save it as text"),
    (b"\xd0\xcf\x11\xe0", "looks like an office document; save it as text"),
    (b"BZh", "is compressed; unpack it or pack it with gzip"),
    (b"\xfd7zXZ", "is compressed; unpack it or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "is compressed; unpack it or pack it with gzip"),
)
_GZIP = b"\x1f\x8b"
_NOT_TEXT = re.compile("[\x00\udc80-\udcff]")  # NUL, and bytes that UTF-8 has no reading for ("surrogateescape")


class _Rejoined(io.RawIOBase):
    """The bytes already taken from a stream, then the rest of it: a pipe looked at before it is read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._head[: len(buffer)] or self._rest.read1(len(buffer))  # type: ignore[attr-defined]
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


@contextmanager
def opened(source: str) -> Iterator[tuple[BinaryIO, bytes]]:
    """The bytes of a file, or of standard input for "-", and their first ones; gzip is unpacked.

    Raises InputError when standard input is closed, OSError as `open` does.
    """
    if source == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed; pipe the article into it or name a file")
        yield _unpacked(*_looked_at(sys.stdin.buffer))
        return
    with open(source, "rb") as file:
        yield _unpacked(*_looked_at(file))


def _looked_at(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    head = b""
    while len(head) < _HEAD and b"\n" not in head[64:]:
        piece = stream.read1(_HEAD - len(head))  # type: ignore[attr-defined]  # read() waits for a slow pipe to fill
        if not piece:
            break
        head += piece
    if stream.seekable():
        stream.seek(-len(head), os.SEEK_CUR)
        return stream, head
    return io.BufferedReader(_Rejoined(head, stream)), head


def _unpacked(stream: BinaryIO, head: bytes) -> tuple[BinaryIO, bytes]:
    if not head.startswith(_GZIP):
        return stream, head
    inner = io.BufferedReader(gzip.GzipFile(fileobj=stream))
    first = inner.read(_HEAD)
    return io.BufferedReader(_Rejoined(first, inner)), first


def as_text(stream: BinaryIO, head: bytes) -> io.TextIOWrapper:
    """The characters of a text source: UTF-8, or UTF-16/32 with a byte order mark; line ends are kept as they are.

    Raises InputError for data that is no text. What is not UTF-8 further on is found by `checked`.
    """
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise InputError(what)
    encoding = next((name for mark, name in _BOMS if head.startswith(mark)), "utf-8")
    is_utf8 = encoding.startswith("utf-8")
    if is_utf8 and b"\0" in head[:8192]:
        raise InputError("is binary data, not text; give text in UTF-8 (UTF-16 needs its byte order mark)")
    return io.TextIOWrapper(stream, encoding, "surrogateescape" if is_utf8 else "replace", newline="")


def checked(text: str, first_line: int = 1) -> str:
    """The text. Raises InputError where it holds a NUL or bytes that are not UTF-8; first_line: where it starts."""
    wrong = _NOT_TEXT.search(text)
    if not wrong:
        return text
    line = first_line + text.count("\n", 0, wrong.start())
    if wrong[0] == "\0":
        raise InputError(f"line {line} holds binary data (a NUL byte); give text in UTF-8")
    byte = ord(wrong[0]) - 0xDC00
    raise InputError(f"line {line} is not UTF-8 (byte 0x{byte:02x}); convert it, for example with iconv -t UTF-8")


def whole_text(stream: TextIO) -> str:
    """All of a stream that is one article. Raises InputError if it is no text or too long."""
    text = stream.read(MAX_TEXT + 1)
    if len(text) > MAX_TEXT:
        raise InputError(f"longer than {MAX_TEXT:,} characters; split it into articles")
    return checked(text)


class Lines(Iterator[str]):
    """The lines of a stream, each bounded in length. `next` raises InputError for a bad line and can then go on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.number = 0

    def __next__(self) -> str:
        line = self._stream.readline(MAX_TEXT)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) == MAX_TEXT and line[-1] not in "\r\n":
            while (rest := self._stream.readline(1 << 20)) and rest[-1] not in "\r\n":
                pass
            raise InputError(f"longer than {MAX_TEXT:,} characters; split it into articles")
        return checked(line, self.number)
