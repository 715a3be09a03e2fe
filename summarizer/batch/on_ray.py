"""`summarizer batch --on ray`: Ray Data reads shards, actors with the model summarise them, Ray Data writes shards.

Lost actors and nodes are Ray's business: what they were at is done again. Inputs and outputs may lie on any file system
that fsspec opens, and so may be seen from every node.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from summarizer.batch.table import schema
from summarizer.batch.work import CHUNK, Outcome, Settings, outcomes
from summarizer.errors import InputError, SummarizerError, UsageError
from summarizer.formats.records import BadRecord, Record, bad, make, name_of

MARGIN = 0.25  # of a core left beside every actor: reading and writing could not start where actors held all cores
READ_WRITE: dict[str, Any] = {"num_cpus": MARGIN}
KINDS = {".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Exit code as for a batch on processes. Raises UsageError, InputError, SummarizerError."""
    try:
        import ray
    except ImportError:
        raise UsageError("--on ray: Ray is not installed; pip install 'hindi-news-summarizer[ray]'") from None
    if args.restart:
        raise UsageError("--restart: a job on Ray writes into an empty folder and never removes one; name another")
    kind, files, source = _inputs(args.files)
    target, folder = _opened(args.output)
    if target.get_file_info(folder).type.name != "NotFound" and _files(target, folder):
        raise UsageError(f"{args.output}: is not empty; name a new folder")
    if not ray.is_initialized():
        local: dict[str, Any] = {} if args.ray_address else {"include_dashboard": False}
        ray.init(args.ray_address, logging_level=logging.ERROR, log_to_driver=False, **local)
    # The newer Parquet reader lists the files once more, on a whole core: where actors hold all but a margin of each,
    # it would wait for ever.
    ray.data.DataContext.get_current().use_datasource_v2 = False
    read = ray.data.read_parquet if kind == "parquet" else ray.data.read_text
    gpus = settings.device in ("auto", "cuda") and ray.cluster_resources().get("GPU", 0) > 0
    threads = settings.threads or 1
    try:
        rows = read(files, filesystem=source, include_paths=True, **READ_WRITE).map_batches(
            Actor,
            fn_constructor_args=(replace(settings, threads=threads), kind, args.text_field),
            batch_size=CHUNK,
            batch_format="pyarrow",
            num_cpus=threads - MARGIN,
            num_gpus=1 if gpus else None,
            concurrency=args.workers or max(1, int(ray.cluster_resources()["GPU" if gpus else "CPU"]) // threads),
        )
        if args.shards == "parquet":
            rows.write_parquet(folder, filesystem=target, ray_remote_args=READ_WRITE)
        else:
            rows.write_json(folder, filesystem=target, ray_remote_args=READ_WRITE, force_ascii=False)
    except ray.exceptions.RayError as error:
        reason = [line for line in str(error).splitlines() if line.strip()][-1].strip()
        raise SummarizerError(
            f"{args.output}: the job on Ray failed ({reason}); begin anew in another folder"
        ) from None
    return _report(args, target, folder)


class Actor:
    """Holds a Summarizer; a batch of rows in, a row of output for each: the fields of a summary, and `error`."""

    def __init__(self, settings: Settings, kind: str, text_field: str | None) -> None:
        self.summarizer, self.bullets = settings.load(), settings.bullets
        self.kind, self.text_field = kind, text_field

    def __call__(self, batch: Any) -> Any:
        import pyarrow as pa

        items = [_item(row, self.kind, self.text_field) for row in batch.to_pylist()]
        found = outcomes(self.summarizer, items, self.bullets)
        return pa.Table.from_pylist([_row(o) for o in found], schema=output_schema())


def output_schema() -> Any:
    """A summary's fields and `error`, which is null where there is a summary."""
    import pyarrow as pa

    return schema().append(pa.field("error", pa.string()))


def _row(outcome: Outcome) -> dict[str, Any]:
    facts = json.loads(outcome.line)
    return {**facts, "error": None} if outcome.good else {"id": facts["id"], "error": facts["error"]}


def _item(row: dict[str, Any], kind: str, text_field: str | None) -> Record | BadRecord:
    """Rows of a shard have no number on Ray: one without an id of its own is called by a digest of its text."""
    path = row.pop("path")
    value: Any = row
    if kind == "jsonl":
        try:
            value = json.loads(row["text"])
        except (ValueError, RecursionError) as error:
            return bad(path, None, f"a line that is not valid JSON ({error}); mend or drop it")
    item = make(value, path, None, text_field)
    if isinstance(item, Record) and item.id == name_of(path, None):
        return replace(item, id="sha1:" + hashlib.sha1(item.text.encode()).hexdigest()[:16])
    return item


def _opened(path: str) -> tuple[Any, str]:
    """The pyarrow file system of a path or URL, and the path on it. Raises UsageError for an unknown protocol."""
    import os

    from fsspec.core import url_to_fs
    from pyarrow.fs import FSSpecHandler, PyFileSystem

    try:
        system, inner = url_to_fs(path if "://" in path else os.path.abspath(path))
    except (ImportError, ValueError) as error:
        raise UsageError(f"{path}: cannot be opened ({error})") from None
    return PyFileSystem(FSSpecHandler(system)), inner


def _files(system: Any, folder: str) -> list[str]:
    from pyarrow.fs import FileSelector, FileType

    return [f.path for f in system.get_file_info(FileSelector(folder, recursive=True)) if f.type == FileType.File]


def _inputs(paths: Sequence[str]) -> tuple[str, list[str], Any]:
    """(kind, files, file system) of the inputs, folders walked."""
    from pyarrow.fs import FileType

    files: list[str] = []
    for path in paths:
        system, inner = _opened(path)
        found = system.get_file_info(inner).type
        if found == FileType.NotFound:
            raise InputError(f"{path}: no such file or folder; check the path")
        files += sorted(_files(system, inner)) if found == FileType.Directory else [inner]
    known = [file for file in files if _kind(file)]
    kinds = {_kind(file) for file in known}
    if len(kinds) != 1 or len({path.partition("://")[0] if "://" in path else "" for path in paths}) > 1:
        raise UsageError(
            f"{', '.join(paths)}: on Ray the inputs are Parquet or JSON Lines files (.parquet, .jsonl), all of one "
            "kind and on one file system"
        )
    return str(kinds.pop()), known, system


def _kind(file: str) -> str | None:
    return next((kind for suffix, kind in KINDS.items() if file.endswith(suffix)), None)


def _report(args: argparse.Namespace, target: Any, folder: str) -> int:
    import pyarrow.dataset as pads

    shards = _files(target, folder)
    form = "parquet" if args.shards == "parquet" else "json"
    written = pads.dataset(shards, format=form, filesystem=target, schema=output_schema())
    total, failures = written.count_rows(), written.count_rows(filter=pads.field("error").is_valid())
    if not args.quiet:
        print(f"{total} inputs: {total - failures} summaries in {len(shards)} shards of {args.output}", file=sys.stderr)
    if failures:
        print(f"error: {failures} of {total} inputs failed; their rows have an error", file=sys.stderr)
    return 0 if not failures else 3 if total > failures else 1
