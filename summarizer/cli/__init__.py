"""The `summarizer` command: parse, call, print. Each subcommand is a module with `add(subparsers)` and `run(args)`.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some inputs failed and the others are written; 130 interrupted, 141 the
reader of the output has gone away. Results go to standard output, talk goes to standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import summarizer
from summarizer.cli import batch, evaluate, glosses, info, serve, summarize, translate
from summarizer.errors import SummarizerError, UsageError

COMMANDS = (summarize, batch, glosses, translate, serve, evaluate, info)

_EXAMPLES = """examples:
  summarizer summarize article.txt
  curl -s https://news.example/story.html | summarizer summarize - --bullets 4
  summarizer summarize news.jsonl --format jsonl -o summaries.jsonl
  summarizer glosses article.txt
"""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="summarizer",
        description="Reads Hindi news articles and prints faithful English bullets, spelt as the article glosses them.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"summarizer {summarizer.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (default: sys.argv) and return its exit code. Raises SystemExit as argparse does."""
    _speak_utf8()
    args = parser().parse_args(argv)
    try:
        code = args.run(args)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except UsageError as error:
        return _failed(error, 2)
    except SummarizerError as error:
        return _failed(error, 1)
    except BrokenPipeError:
        _drop_output()
        return 141
    except OSError as error:  # standard output, the one place that nobody else explains
        _drop_output()
        return _failed(error, 1)
    except KeyboardInterrupt:
        _drop_output()
        return _failed("interrupted", 130)


def _failed(why: object, code: int) -> int:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:  # what cannot be written now must not fail once more at exit, with a code of its own
        _drop_output()
    if sys.stderr is not None:
        print(f"error: {why}", file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Hindi in and out even where the locale is C; a character that no encoder takes is replaced, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Nobody takes the rest: let the interpreter flush it into nothing at exit."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
