"""`summarizer serve`: a page to read articles in, and its JSON API."""

from __future__ import annotations

import argparse

from summarizer.cli import common
from summarizer.web import command as web


def add(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "serve", help="serve a reading page and a JSON API", description=__doc__, allow_abbrev=False
    )
    web.add_arguments(command)
    common.add_model(command)
    command.set_defaults(run=web.run)
