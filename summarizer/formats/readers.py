"""Articles out of files, folders and standard input, one at a time, whatever the format.

One bad source, line or row is yielded as a BadRecord and reading goes on. Nothing is cleaned here: the text of an HTML
page is the page, so that offsets count its characters.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from summarizer.errors import InputError, UsageError
from summarizer.formats.jsons import read_json, read_jsonl
from summarizer.formats.records import BadRecord, Record, bad, make, record
from summarizer.formats.streams import as_text, opened, whole_text
from summarizer.formats.tables import read_parquet, read_table

FORMATS = ("txt", "html", "json", "jsonl", "csv", "tsv", "parquet")
SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_PARQUET = b"PAR1"


def read(
    source: str | os.PathLike[str], fmt: str | None = None, text_field: str | None = None
) -> Iterator[Record | BadRecord]:
    """The articles of a file, of a folder's files (recursively, those with a known suffix, by name) or of "-", stdin.

    fmt: one of FORMATS; None guesses by suffix, then content. Text formats may be packed with gzip. text_field: the
    field or column of the article's text; None takes the first of records.TEXT_FIELDS.
    Raises UsageError for an unknown fmt, at once; whatever is wrong with the source itself is a BadRecord.
    """
    if fmt is not None and fmt not in FORMATS:
        raise UsageError(f"input format {fmt!r} is unknown; formats: {', '.join(FORMATS)}")
    return _read(os.fspath(source), fmt, text_field)


def read_all(
    sources: Iterable[str | os.PathLike[str]], fmt: str | None = None, text_field: str | None = None
) -> Iterator[Record | BadRecord]:
    """`read` over several sources."""
    for source in sources:
        yield from read(source, fmt, text_field)


def _read(path: str, fmt: str | None, text_field: str | None) -> Iterator[Record | BadRecord]:
    shown = os.fsencode(path).decode("utf-8", "replace")  # a file name may be no valid text
    if "\0" in path:
        yield bad(shown.replace("\0", "?"), None, "is no valid path (it holds a NUL); check it")
        return
    if path != "-" and os.path.isdir(path):
        yield from _read_folder(path, shown, fmt, text_field)
        return
    empty = True
    try:
        with opened(path) as (stream, head):
            for item in _articles(stream, head, fmt or _guess(path, head), shown, text_field):
                empty = False
                yield item
    except InputError as error:
        yield bad(shown, None, str(error))
    except (EOFError, zlib.error) as error:
        yield bad(shown, None, f"damaged gzip data ({error}); copy it again")
    except OSError as error:
        yield bad(shown, None, _why(error))
    else:
        if empty:
            yield bad(shown, None, "empty; give the text of a Hindi article")


def _read_folder(path: str, shown: str, fmt: str | None, text_field: str | None) -> Iterator[Record | BadRecord]:
    empty = True
    for folder, inner, files in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(files):
            file = os.path.join(folder, name)
            if _suffix(name) in SUFFIXES and not name.startswith(".") and os.path.isfile(file):
                empty = False
                yield from _read(file, fmt, text_field)
    if empty:
        yield bad(shown, None, f"no article in this folder; files are known by their suffix: {', '.join(SUFFIXES)}")


def _articles(
    stream: BinaryIO, head: bytes, fmt: str, source: str, text_field: str | None
) -> Iterator[Record | BadRecord]:
    if fmt == "parquet":
        yield from read_parquet(stream, source, text_field)
        return
    text = as_text(stream, head)
    try:
        if fmt == "jsonl":
            yield from read_jsonl(text, source, text_field)
        elif fmt == "json":
            yield from read_json(text, source, text_field)
        elif fmt in ("csv", "tsv"):
            yield from read_table(text, source, text_field, "," if fmt == "csv" else "\t")
        elif fmt == "html":
            from summarizer.text.html import title

            page = whole_text(text)
            yield record(source, None, page, title(page))
        else:
            yield make(whole_text(text), source, None, None)
    finally:
        text.detach()  # else it closes the stream, which may be standard input


def _suffix(name: str) -> str:
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _guess(path: str, head: bytes) -> str:
    """The format by the name's suffix, else by the first bytes; .json is looked at: it is often JSON Lines."""
    fmt = SUFFIXES.get(_suffix(path)) if path != "-" else None
    if fmt and fmt != "json":
        return fmt
    if head.startswith(_PARQUET):
        return "parquet"
    if fmt == "json" or _JSON.match(head):
        return "jsonl" if _is_jsonl(head) else "json"
    return "html" if _is_html(head) else "txt"


def _is_jsonl(head: bytes) -> bool:
    """Whether lines stand by themselves: more than one, and one of the first two is an object.

    A single object, or a first line longer than the head, is left to the JSON reader, which takes both.
    """
    first, _, rest = head.decode("utf-8-sig", "ignore").lstrip().partition("\n")
    if not first.startswith("{") or not rest.strip():
        return False
    return any(_is_object(line) for line in (first, rest.partition("\n")[0]))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_html(head: bytes) -> bool:
    return bool(re.match(rb"\s*(?:<!doctype html|<html|<\?xml|<head|<body)", head, re.IGNORECASE))


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied); change its permissions"
    return f"cannot be read ({error.strerror or error}); check the file"
