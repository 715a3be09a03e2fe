"""Errors that a user's input or set-up can cause. A message is one line: what it is about, what was wrong, a remedy."""


class SummarizerError(Exception):
    """Base of the errors below; the command line prints its message without a traceback."""


class InputError(SummarizerError):
    """An input (file, record, text) cannot be summarised."""


class ModelError(SummarizerError):
    """A checkpoint, its tokenizer or its conversion cannot be used."""


class UsageError(SummarizerError):
    """The call itself is wrong: an unknown name or value."""
