"""What the subcommands share: options, and the Report that talks on standard error and counts for the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from summarizer.formats.readers import FORMATS, read_all
from summarizer.formats.records import BadRecord, Record


class Report:
    """Talk for people, on standard error; what succeeded and what failed."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.succeeded = self.failed = 0
        self._bar: Any = None

    def start_bar(self) -> None:
        """A progress bar, where a person can see it."""
        if not self.quiet and sys.stderr is not None and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(unit=" articles", file=sys.stderr, dynamic_ncols=True)

    def say(self, message: str) -> None:
        if sys.stderr is not None:
            self.hide_bar()
            print(message, file=sys.stderr)

    def note(self, message: str) -> None:
        if not self.quiet:
            self.say(f"note: {message}")

    def fail(self, message: str) -> None:
        self.failed += 1
        self._advance()
        self.say(f"error: {message}")

    def success(self) -> None:
        self.succeeded += 1
        self._advance()

    def hide_bar(self) -> None:
        """Clear the bar's line, which standard output may share; it is drawn again as it advances."""
        if self._bar is not None:
            self._bar.clear()

    def _advance(self) -> None:
        if self._bar is not None:
            self._bar.update(1)

    def finish(self) -> int:
        """End the bar, say what failed of many, and return the exit code."""
        if self._bar is not None:
            self._bar.close()
        total = self.succeeded + self.failed
        if self.failed and total > 1:
            self.say(f"{self.failed} of {total} inputs failed")
        if not self.failed:
            return 0
        return 3 if self.succeeded else 1


def good_records(args: argparse.Namespace, report: Report) -> Iterator[Record]:
    """The articles of the files on the command line; those that cannot be read are reported and passed over."""
    for item in read_all(args.files, args.input_format, args.text_field):
        if isinstance(item, BadRecord):
            report.fail(item.error)
        else:
            yield item


def are_many(files: list[str], first: Record) -> bool:
    """Whether the inputs are a list by their kind, however many articles it turns out to hold."""
    return len(files) > 1 or first.line is not None or first.source != files[0]


def positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not 1 or more")
    return value


positive.__name__ = "whole number"  # how argparse calls it in its errors


def add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="files or folders of articles; - for standard input (then UTF-8)"
    )
    command.add_argument(
        "--input-format", choices=FORMATS, help="default: by the file's suffix, then by its content; .gz is unpacked"
    )
    command.add_argument(
        "--text-field", metavar="NAME", help="field or column of the article's text; default: text, article, body, ..."
    )


def add_output(command: argparse.ArgumentParser, formats: Iterable[str]) -> None:
    names = list(formats)
    command.add_argument("--format", choices=names, default=names[0], help="of the output (default: %(default)s)")
    add_output_file(command)


def add_output_file(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o", "--output", metavar="FILE", help="write here instead of to standard output; appears when it is complete"
    )


def add_model(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model", metavar="DIR", help="checkpoint folder or hub id (default: the embedded checkpoint)"
    )
    add_engine(command)
    command.add_argument(
        "--anchors",
        choices=("none", "article", "lexicon", "sound"),
        default="sound",
        help="which spellings the model is given: the article's glosses; lexicon: also the glossary's and "
        "the dictionary's; sound: also other rare names and loan words as they sound (default)",
    )


def add_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument("--engine", choices=("auto", "ctranslate2", "torch"), default="auto")
    command.add_argument("--device", metavar="NAME", default="auto", help="auto, cpu, cuda or (torch) mps")
    command.add_argument("--threads", type=positive, metavar="N", help="CPU threads (default: all cores)")


def add_quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument("-q", "--quiet", action="store_true", help="no notes and no progress bar; errors only")
