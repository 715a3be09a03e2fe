"""`summarizer glosses`: the anchors of an article, each with its status and why. Needs no model."""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from summarizer.cli import common
from summarizer.errors import InputError
from summarizer.formats import Record
from summarizer.formats.records import name_of
from summarizer.formats.writers import json_list, output, write

if TYPE_CHECKING:
    from summarizer.pipeline.prepare import Prepared

COLUMNS = ("hindi", "english", "gloss", "status", "origin", "sentence", "why")
_WIDEST = 36  # cells of a column; what is longer pushes its own row only


def add(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "glosses", help="list the glosses and other anchors of articles", description=__doc__, allow_abbrev=False
    )
    common.add_inputs(command)
    command.add_argument(
        "--anchors",
        choices=("article", "lexicon", "sound"),
        default="sound",
        help="the article's glosses and their mentions; lexicon: also names of the glossary and rare words of the "
        "dictionary; sound: also other rare names and loan words, spelt as they sound (default)",
    )
    common.add_output(command, ("text", "json"))
    common.add_quiet(command)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    report = common.Report(args.quiet)
    records = common.good_records(args, report)
    first = next(records, None)
    if first is None:
        return report.finish()
    many = common.are_many(args.files, first)
    with output(args.output) as out:
        articles = _articles(chain([first], records), args.anchors, report)
        if args.format == "json":
            texts = (json.dumps(_as_dict(*pair), ensure_ascii=False, indent=2) for pair in articles)
            write(json_list(texts, many), out)
        else:
            write(_as_tables(articles, many, report), out)
    return report.finish()


def _articles(records: Iterator[Record], mode: str, report: common.Report) -> Iterator[tuple[Record, Prepared]]:
    from summarizer.anchors import Lexicon
    from summarizer.pipeline.prepare import prepare

    lexicon = Lexicon.load()
    for record in records:
        try:
            article = prepare(record.text, lexicon, mode, name_of(record.source, record.line))
        except InputError as error:
            report.fail(str(error))
            continue
        yield record, article
        report.success()


def _as_dict(record: Record, article: Prepared) -> dict[str, Any]:
    """start, end: offsets of the Hindi words in the article as read; sentence: as in a summary's sources."""
    rows = []
    for anchor in article.all_anchors():
        start, end = (
            article.sentences[anchor.sentence].locate(anchor.start, anchor.end)
            if anchor.start < anchor.end
            else (None, None)  # a bracket that stands after no Hindi word
        )
        rows.append(
            {
                "hi": anchor.hi,
                "en": anchor.en,
                "gloss": anchor.gloss,
                "status": anchor.status,
                "origin": anchor.origin,
                "reason": anchor.reason,
                "sentence": anchor.sentence,
                "start": start,
                "end": end,
            }
        )
    return {"id": record.id, "title": record.title, "anchors": rows}


def _as_tables(articles: Iterator[tuple[Record, Prepared]], many: bool, report: common.Report) -> Iterator[str]:
    for n, (record, article) in enumerate(articles):
        heading = f"{chr(10) if n else ''}{record.id}\n" if many else ""
        rows = [
            (a.hi, a.en or "-", a.gloss or "-", a.status.replace("_", " "), a.origin, str(a.sentence), a.reason)
            for a in article.all_anchors()
        ]
        if not rows:
            report.note(f"{record.id}: no glosses found")
        yield heading + ("".join(_aligned([COLUMNS, *rows])) if rows else "")


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [min(_WIDEST, max(_width(row[i]) for row in rows)) for i in range(len(COLUMNS) - 1)]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip() + "\n"


def _width(text: str) -> int:
    """Terminal cells: marks that are drawn above, below or not at all take none."""
    return sum(unicodedata.category(c) not in ("Mn", "Me", "Cf") for c in text)
