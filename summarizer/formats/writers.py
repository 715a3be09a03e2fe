"""Summaries as text, Markdown, JSON or JSON Lines, one after the other, to standard output or a file.

A format is a function from summaries to pieces of output, in FORMATS; a piece is written as soon as it is there.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TextIO

from summarizer.document import Summary
from summarizer.errors import InputError, UsageError

# Called with the summaries and whether they are the one summary of one article or any number of several.
Format = Callable[[Iterable[Summary], bool], Iterator[str]]


def name(summary: Summary) -> str:
    """What a summary among others is headed by: its id, and its title where it has one."""
    return ": ".join(part for part in (summary.id, summary.title) if part)


def as_text(summaries: Iterable[Summary], many: bool) -> Iterator[str]:
    for n, summary in enumerate(summaries):
        heading = f"{chr(10) if n else ''}{name(summary)}\n" if many else ""
        yield heading + "".join(f"• {bullet.text}\n" for bullet in summary.bullets)


def as_markdown(summaries: Iterable[Summary], many: bool) -> Iterator[str]:
    for n, summary in enumerate(summaries):
        headed = replace(summary, title=name(summary)) if many else summary
        yield f"{chr(10) if n else ''}{headed.to_markdown()}\n"


def as_json(summaries: Iterable[Summary], many: bool) -> Iterator[str]:
    yield from json_list((summary.to_json() for summary in summaries), many)


def as_jsonl(summaries: Iterable[Summary], many: bool) -> Iterator[str]:
    for summary in summaries:
        yield summary.to_json(indent=None) + "\n"


def json_list(values: Iterable[str], many: bool) -> Iterator[str]:
    """JSON texts as one list where there may be several, else as they are. Nothing for no values."""
    n = 0
    for n, value in enumerate(values, start=1):
        yield ("[\n" if n == 1 else ",\n") + value if many else value + "\n"
    if many and n:
        yield "\n]\n"


FORMATS: dict[str, Format] = {"text": as_text, "markdown": as_markdown, "json": as_json, "jsonl": as_jsonl}


class OutputError(InputError):
    """The results cannot be written."""


@contextmanager
def output(path: str | None) -> Iterator[TextIO]:
    """Standard output for None or "-", else a file that appears at `path` whole or, after an error or without any
    output, not at all.

    Raises OutputError if it cannot be written, UsageError if `path` is a folder.
    """
    if path is None or path == "-":
        if sys.stdout is None:
            raise OutputError("standard output: is closed; open it or write to a file")
        yield sys.stdout
        return
    if os.path.isdir(path):
        raise UsageError(f"{path}: is a folder; name a file to write")
    if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe is written to, never replaced
        with _explained(path), open(path, "w", encoding="utf-8") as out:
            yield out
        return
    target = os.path.realpath(path)
    unfinished = f"{target}.{os.getpid()}.part"
    with _explained(path):
        out = open(unfinished, "w", encoding="utf-8")  # noqa: SIM115  # closed below, before it is put in place
    try:
        yield out
        with _explained(path):
            written = out.tell() > 0
            out.close()
            if written:
                with suppress(FileNotFoundError):
                    shutil.copymode(target, unfinished)
                os.replace(unfinished, target)
    finally:
        with suppress(OSError):
            out.close()
        with suppress(OSError):
            os.unlink(unfinished)


def write(pieces: Iterable[str], out: TextIO) -> None:
    """Write and flush each piece as it comes. Raises OutputError on a full disk, BrokenPipeError when no one reads."""
    for piece in pieces:
        with _explained(getattr(out, "name", "output")):
            out.write(piece)
            out.flush()


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        shown = "standard output" if path == "<stdout>" else path.removesuffix(f".{os.getpid()}.part")
        reason = error.strerror or str(error)
        raise OutputError(f"{shown}: cannot be written ({reason}); choose another place or free this one") from None
