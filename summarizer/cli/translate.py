"""`summarizer translate`: Hindi sentences in, one a line; their English out, line for line."""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator
from itertools import chain, islice

from summarizer.cli import common
from summarizer.errors import InputError
from summarizer.formats.records import name_of
from summarizer.formats.streams import Lines, as_text, opened
from summarizer.formats.writers import output, write

_CHUNK = 64  # lines translated together


def add(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "translate", help="translate Hindi sentences, one a line", description=__doc__, allow_abbrev=False
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="text files; - for standard input")
    common.add_model(command)
    common.add_output_file(command)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    report = common.Report()
    lines = _lines(args.files, report)
    first = next(lines, None)
    if first is None:
        return report.finish()
    with output(args.output) as out:
        from summarizer.api import Summarizer

        summarizer = Summarizer.load(
            args.model, engine=args.engine, device=args.device, threads=args.threads, anchors=args.anchors
        )
        lines = chain([first], lines)
        while chunk := list(islice(lines, _CHUNK)):
            translations = summarizer.translate([text for _, text in chunk])
            for (place, hindi), english in zip(chunk, translations, strict=True):
                if english:
                    report.success()
                elif hindi.strip():
                    report.fail(f"{place}: no Hindi sentence in it; its line is left empty")
            write((f"{english}\n" for english in translations), out)
    return report.finish()


def _lines(files: list[str], report: common.Report) -> Iterator[tuple[str, str]]:
    """(place, line) of all files; a line that is no text comes as "", so that output lines match input lines."""
    for path in files:
        try:
            with opened(path) as (stream, head):
                text = as_text(stream, head)
                try:
                    yield from _checked_lines(Lines(text), path, report)
                finally:
                    text.detach()
        except InputError as error:
            report.fail(f"{name_of(path, None)}: {error}")
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or error
            report.fail(f"{name_of(path, None)}: cannot be read ({reason}); check the path")


def _checked_lines(lines: Lines, path: str, report: common.Report) -> Iterator[tuple[str, str]]:
    while True:
        try:
            line = next(lines).rstrip("\r\n")
        except StopIteration:
            return
        except InputError as error:
            report.fail(f"{name_of(path, None)}: {error}")
            line = ""
        yield name_of(path, lines.number), line
