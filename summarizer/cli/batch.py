"""`summarizer batch`: many articles into one file, resumably, with several processes or on a Ray cluster."""

from __future__ import annotations

import argparse

from summarizer.batch import command as batch


def add(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "batch", help="summarise many articles into a file, resumably", description=__doc__, allow_abbrev=False
    )
    batch.add_arguments(command)
    command.set_defaults(run=batch.run)
