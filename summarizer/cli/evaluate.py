"""`summarizer evaluate`: a system, or a file of its outputs, against references: table, files and an HTML report."""

from __future__ import annotations

import argparse

from summarizer.evaluation import command as evaluation


def add(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "evaluate", help="judge a model on articles with references", description=__doc__, allow_abbrev=False
    )
    evaluation.add_arguments(command)
    command.set_defaults(run=evaluation.run)
