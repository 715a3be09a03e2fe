"""Tables of articles, a row each: CSV, TSV and Parquet, read row by row."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

from summarizer.errors import InputError
from summarizer.formats.records import ID_FIELDS, MAX_TEXT, TITLE_FIELDS, BadRecord, Record, bad, pick, record, text_key
from summarizer.formats.streams import Lines

_ROWS = 8  # rows of a Parquet batch: a dictionary column may repeat one long text in all of them
_PLAUSIBLE = 256 << 20  # bytes of a column chunk that are read whatever they were packed to
_RATIO = 200  # news compresses 3- to 10-fold


def read_table(
    stream: TextIO, source: str, text_field: str | None, delimiter: str = ","
) -> Iterator[Record | BadRecord]:
    """A row an article, columns named by the first row. `line` is the line on which the row ends.

    Quoting is strict: a stray quote is a BadRecord rather than rows silently run together. Raises InputError without a
    text column.
    """
    csv.field_size_limit(MAX_TEXT)
    lines = Lines(stream)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise InputError(f"its first row is malformed ({error}); mend it") from None
    key, complaint = text_key(header, text_field)
    if key is None:
        raise InputError(f"{complaint} (the first row must name the columns)" if header else "empty; give a table")
    columns = [
        header.index(name) if name else None for name in (key, pick(header, TITLE_FIELDS), pick(header, ID_FIELDS))
    ]
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield bad(source, lines.number, f"malformed row ({error}); mend or drop it")
            continue
        except InputError as error:
            yield bad(source, lines.number, str(error))
            continue
        if row:
            cells = [row[i] if i is not None and i < len(row) else None for i in columns]
            yield record(source, lines.number, *cells)


def read_parquet(stream: BinaryIO, source: str, text_field: str | None) -> Iterator[Record | BadRecord]:
    """A row an article; `line` is the 1-based row. Row groups are decoded a few rows at a time.

    Raises InputError for a file that is not Parquet, has no text column or unpacks to implausibly much. The latter is
    judged by the sizes that the file states about itself.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as spooled:
        if not stream.seekable():  # a pipe: Parquet starts at its end
            shutil.copyfileobj(stream, spooled)
            spooled.seek(0)
            stream = spooled
        try:
            file = pq.ParquetFile(stream, buffer_size=1 << 20)
            yield from _rows(file, source, text_field)
        except (pa.ArrowException, OSError) as error:
            reason = " ".join(str(error).split())[:200]
            raise InputError(f"not a readable Parquet file ({reason}); write it again") from None


def _rows(file: Any, source: str, text_field: str | None) -> Iterator[Record | BadRecord]:
    names = file.schema_arrow.names
    key, complaint = text_key(names, text_field)
    if key is None:
        raise InputError(complaint)
    columns = [key, pick(names, TITLE_FIELDS), pick(names, ID_FIELDS)]
    wanted = list(dict.fromkeys(name for name in columns if name))
    _refuse_bombs(file.metadata, wanted)
    number = 0
    for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
        for row in range(batch.num_rows):
            number += 1
            try:
                cells = [_cell(batch.column(name)[row]) if name else None for name in columns]
            except InputError as error:
                yield bad(source, number, str(error))
                continue
            yield record(source, number, *cells)


def _cell(value: Any) -> Any:
    try:
        cell = value.as_py()
        return cell.decode() if isinstance(cell, bytes) else cell
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason}); mend or drop the row") from None


def _refuse_bombs(metadata: Any, wanted: list[str]) -> None:
    for group in range(metadata.num_row_groups):
        for i in range(metadata.num_columns):
            column = metadata.row_group(group).column(i)
            packed, unpacked = column.total_compressed_size, column.total_uncompressed_size
            if column.path_in_schema in wanted and unpacked > max(_PLAUSIBLE, _RATIO * packed):
                raise InputError(
                    f"column {column.path_in_schema!r} unpacks {packed:,} bytes to {unpacked:,}; write smaller row "
                    "groups if that is right"
                )
