"""`summarizer summarize`: articles in, bullets out, one after the other."""

from __future__ import annotations

import argparse
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from summarizer.cli import common
from summarizer.document import Summary
from summarizer.formats import Record
from summarizer.formats.records import name_of
from summarizer.formats.writers import FORMATS, output, write

if TYPE_CHECKING:
    from summarizer.api import Summarizer


def add(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "summarize", help="print English bullets of Hindi articles", description=__doc__, allow_abbrev=False
    )
    common.add_inputs(command)
    command.add_argument("--bullets", type=common.positive, metavar="N", help="at most N bullets an article")
    command.add_argument(
        "--strategy",
        choices=("auto", "extract", "direct"),
        default="auto",
        help="extract: translate salient sentences; direct: the model reads the whole article (default: as trained)",
    )
    common.add_model(command)
    common.add_output(command, (*FORMATS, "html"))
    common.add_quiet(command)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    report = common.Report(args.quiet)
    records = common.good_records(args, report)
    first = next(records, None)  # before the model: a wrong path need not wait for it
    if first is None:
        return report.finish()
    many = common.are_many(args.files, first)
    with output(args.output) as out:
        summarizer = _load(args)
        if many:
            report.start_bar()
        results = _results(summarizer, chain([first], records), args.bullets, report, many)
        if args.format == "html":
            pieces = _reading_page(summarizer, results)
        else:
            pieces = FORMATS[args.format]((summary for _, summary in results), many)
        write(pieces, out)
    return report.finish()


def _load(args: argparse.Namespace) -> Summarizer:
    from summarizer.api import Summarizer

    return Summarizer.load(
        args.model,
        engine=args.engine,
        strategy=args.strategy,
        device=args.device,
        threads=args.threads,
        anchors=args.anchors,
    )


def _reading_page(summarizer: Summarizer, results: Iterable[tuple[Record, Summary]]) -> Iterator[str]:
    from summarizer.formats.html_page import as_html
    from summarizer.pipeline.prepare import prepare
    from summarizer.web.view import Article, article_view

    def view(record: Record) -> Article:
        return article_view(prepare(record.text, summarizer.lexicon, summarizer.anchors))

    return as_html((summary, view(record)) for record, summary in results)


def _results(
    summarizer: Summarizer, records: Iterable[Record], bullets: int | None, report: common.Report, many: bool
) -> Iterator[tuple[Record, Summary]]:
    """Those articles that have a summary, with it; the others are reported."""
    waiting: deque[Record] = deque()  # read but not answered yet; results come in the order of the records

    def remembered() -> Iterator[Record]:
        for record in records:
            waiting.append(record)
            yield record

    for result in summarizer.summarize_many(remembered(), bullets=bullets):
        record = waiting.popleft()
        place = name_of(record.source, record.line)
        if not isinstance(result, Summary):
            report.fail(result.error if record.id == place else f"{place}: {result.error}")
            continue
        if result.bullets:
            report.hide_bar()
            yield record, result
            report.success()
        for note in result.notes:
            report.note(f"{result.id}: {note}" if many else note)
        if not result.bullets:
            why = result.notes[-1] if result.notes else "nothing in it to report"
            report.fail(f"{place}: no bullet could be made ({why}); try another checkpoint")
