"""Lines of summaries as a Parquet table, a row an article with the fields of `Summary.to_dict`."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

ROWS = 1000  # of a row group; what is held in memory


def schema() -> Any:
    """The pyarrow schema of a row."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    span = {"start": number, "end": number}
    names = ("status", "origin", "reason")
    anchor = pa.struct({"hi": text, "en": text, **span, **dict.fromkeys(names, text)})
    source = pa.struct({"index": number, **span, "text": text})
    bullet = pa.struct({"text": text, "anchors": pa.list_(anchor), "sources": pa.list_(source), "score": pa.float64()})
    return pa.schema({"bullets": pa.list_(bullet), "notes": pa.list_(text), "id": text, "title": text, "model": text})


def to_parquet(lines: Path, target: Path) -> None:
    """Write the summaries of a JSON Lines file as Parquet, a thousand rows at a time. Raises OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with open(lines, encoding="utf-8") as rows, pq.ParquetWriter(target, schema(), compression="zstd") as writer:
        while group := [json.loads(line) for line in islice(rows, ROWS)]:
            writer.write_table(pa.Table.from_pylist(group, schema=schema()))
