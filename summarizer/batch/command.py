"""What `summarizer batch` does: reads articles in chunks, has them summarised, commits each, puts the file in place."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer import __version__
from summarizer.batch.work import CHUNK, Settings
from summarizer.cli import common
from summarizer.errors import UsageError

SUFFIXES = (".jsonl", ".parquet")


def add_arguments(command: argparse.ArgumentParser) -> None:
    common.add_inputs(command)
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        required=True,
        help="a .jsonl or .parquet file; with --on ray a folder of shards",
    )
    command.add_argument("--bullets", type=common.positive, metavar="N", help="at most N bullets an article")
    command.add_argument(
        "--workers", type=common.positive, metavar="N", help="processes, or actors on Ray (default: 1; Ray: all cores)"
    )
    command.add_argument("--restart", action="store_true", help="begin anew and replace what is there")
    command.add_argument("--on", choices=("processes", "ray"), default="processes", help="default: %(default)s")
    command.add_argument(
        "--ray-address", metavar="ADDRESS", help="a running cluster (default: one of this machine alone)"
    )
    command.add_argument(
        "--shards", choices=("jsonl", "parquet"), default="parquet", help="of the output on Ray (default: %(default)s)"
    )
    command.add_argument("--strategy", choices=("auto", "extract", "direct"), default="auto", help="as for summarize")
    common.add_model(command)
    common.add_quiet(command)


def run(args: argparse.Namespace) -> int:
    """Exit code 0, 1 when no article could be summarised, 3 when some could not. Raises SummarizerError."""
    settings = Settings(
        model=args.model,
        engine=args.engine,
        strategy=args.strategy,
        device=args.device,
        threads=args.threads,
        anchors=args.anchors,
        bullets=args.bullets,
    )
    if args.on == "ray":
        from summarizer.batch.on_ray import run as run_on_ray

        return run_on_ray(args, settings)
    return _run_here(args, settings)


def _run_here(args: argparse.Namespace, settings: Settings) -> int:
    from summarizer.batch.job import Job, fingerprint
    from summarizer.batch.workers import summarised

    if "-" in args.files:
        raise UsageError("batch reads files, so that it can go on where it stopped; use summarize for standard input")
    output = Path(args.output)
    if output.suffix not in SUFFIXES:
        raise UsageError(f"{output}: its name must end in one of {', '.join(SUFFIXES)}")
    for folder in (Path(path).resolve() for path in args.files if os.path.isdir(path)):
        if folder in output.resolve().parents:
            raise UsageError(f"{output}: lies in the input {folder}, which would read it; name a place outside")
    job = Job(output, _identity(args, settings), args.restart)
    before = job.progress.records
    if not job.progress.complete:
        workers = args.workers or 1
        if settings.threads is None:
            settings = replace(settings, threads=max(1, _cores() // workers))
        bar = _Bar(args, before)
        try:
            for outcomes in summarised(_chunks(args, before), settings, workers):
                job.commit(outcomes)
                bar.advance(len(outcomes))
        except BaseException:
            job.close()
            raise
        finally:
            bar.close()
        if job.progress.records and fingerprint(args.files) != job.settings["contents"]:
            raise UsageError(f"{output}: the inputs have changed while they were read; give --restart to begin anew")
        job.finish()
    return _report(job, before, args.quiet)


def _report(job: Any, before: int, quiet: bool) -> int:
    done = job.progress
    if not quiet:
        new = "" if not before else f" ({done.records - before} in this run)"
        print(f"{done.records} inputs{new}: {done.records - done.failed} summaries in {job.output}", file=sys.stderr)
    if done.failed:
        print(f"error: {done.failed} of {done.records} inputs failed; see {job.errors}", file=sys.stderr)
    return 0 if not done.failed else 3 if done.records > done.failed else 1


def _identity(args: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """What the output depends on. Not workers and threads: chunks are the same for any number of them."""
    from summarizer.api import DEFAULT_MODEL
    from summarizer.batch.job import fingerprint

    folder = str(DEFAULT_MODEL) if settings.model is None else settings.model
    same = {name: value for name, value in asdict(settings).items() if name != "threads"}
    return {
        **same,
        "checkpoint": fingerprint([folder]),
        "inputs": [os.fspath(path) for path in args.files],
        "input_format": args.input_format,
        "text_field": args.text_field,
        "contents": fingerprint(args.files),
        "version": __version__,
        "chunk": CHUNK,
    }


def _items(args: argparse.Namespace) -> Iterator[Any]:
    from summarizer.formats import read_all

    return read_all(args.files, args.input_format, args.text_field)


def _chunks(args: argparse.Namespace, done: int) -> Iterator[list[Any]]:
    """The inputs in chunks, those already done left out: they are whole chunks."""
    items = islice(_items(args), done, None)
    while chunk := list(islice(items, CHUNK)):
        yield chunk


class _Bar:
    """Inputs done, rate and, once a second reading has counted the inputs, remaining time, on standard error."""

    def __init__(self, args: argparse.Namespace, done: int) -> None:
        self._bar: Any = None
        if args.quiet or sys.stderr is None:
            return
        from tqdm import tqdm

        interval = 0.5 if sys.stderr.isatty() else 30  # a log file gets a line now and then
        self._bar = tqdm(initial=done, unit=" articles", file=sys.stderr, mininterval=interval, dynamic_ncols=True)
        threading.Thread(target=self._count, args=(_items(args),), daemon=True).start()

    def _count(self, items: Iterable[Any]) -> None:
        total = sum(1 for _ in items)
        self._bar.total = total

    def advance(self, count: int) -> None:
        if self._bar is not None:
            self._bar.update(count)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
