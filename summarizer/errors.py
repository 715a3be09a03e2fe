"""Errors that a user's input or set-up can cause. A message is one line: what it is about, what was wrong, a remedy."""

from __future__ import annotations

import sys
from collections.abc import Callable


class SummarizerError(Exception):
    """Base of the errors below; the command line prints its message without a traceback."""


class InputError(SummarizerError):
    """An input (file, record, text) cannot be summarised."""


class ModelError(SummarizerError):
    """A checkpoint, its tokenizer or its conversion cannot be used."""


class UsageError(SummarizerError):
    """The call itself is wrong: an unknown name or value."""


def guarded(action: Callable[[], int | None]) -> int:
    """A script's exit code: the action's (None is 0); an error of the user's is one line on stderr and 2 for a wrong
    call, else 1."""
    try:
        return action() or 0
    except SummarizerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
