"""Training corpora: files of many shapes read as Examples, filtered, and every drop counted with its reason.

What is read here is text only; gloss augmentation (`glossing`), token ids (`encoding`) and batches come after.
"""

from __future__ import annotations

import csv
import glob
import gzip
import hashlib
import json
import logging
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from summarizer.errors import InputError
from summarizer.text import normalise
from summarizer.training.codeswitch import read_lexicon, switch

log = logging.getLogger(__name__)
KINDS = (".jsonl", ".json", ".csv", ".tsv", ".txt", ".parquet", ".arrow")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")


@dataclass(frozen=True)
class Example:
    """source: Hindi text; target: an English text, or the bullets of a summary; task: see models.families.TASKS;
    links: (source word, target word) pairs, where alignments are known; hypotheses: other translations of the source
    with their gains, see `training.risk`."""

    source: str
    target: str | tuple[str, ...]
    task: str
    origin: str
    links: tuple[tuple[int, int], ...] = ()
    hypotheses: tuple[tuple[str, float], ...] = ()

    @property
    def target_text(self) -> str:
        return self.target if isinstance(self.target, str) else " ".join(self.target)


@dataclass
class Limits:
    """Bounds of an example, in characters and as ratios; outside them it is dropped and counted."""

    min_chars: int = 2
    max_source_chars: int = 6000
    max_target_chars: int = 1200
    max_ratio: float = 3.0
    min_devanagari: float = 0.25


@dataclass
class Drops:
    """Why examples were left out: (origin, reason) → count."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, origin: str, reason: str) -> None:
        self.counts[origin, reason] += 1

    def table(self) -> dict[str, dict[str, int]]:
        table: dict[str, dict[str, int]] = {}
        for (origin, reason), count in sorted(self.counts.items()):
            table.setdefault(origin, {})[reason] = count
        return table


def open_text(path: str | Path):
    """A text file for reading, gunzipped where its name ends in .gz."""
    if str(path).endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf8", errors="replace", newline="")
    return open(path, encoding="utf8", errors="replace", newline="")


def expand(paths: str | Sequence[str]) -> list[str]:
    """Files matching the patterns, sorted; of a folder all corpus files in it. Raises InputError naming a pattern that
    matches nothing."""
    files: list[str] = []
    for pattern in [paths] if isinstance(paths, str) else paths:
        found = sorted(glob.glob(pattern, recursive=True))
        if len(found) == 1 and Path(found[0]).is_dir():
            found = sorted(str(f) for f in Path(found[0]).rglob("*") if f.name.removesuffix(".gz").endswith(KINDS))
        if not found:
            raise InputError(f"{pattern}: no such file; check corpus paths and data_dir")
        files += found
    return files


def require_files(*groups: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises InputError for the first source whose files or lexicon is missing: before a model is loaded in vain."""
    for sources in groups:
        for source in sources.values():
            if "paths" in source:
                expand(source["paths"])
            if "lexicon" in source:
                read_lexicon(source["lexicon"])


def rows(path: str, source: Mapping[str, Any], drops: Drops, origin: str) -> Iterator[dict[str, Any]]:
    """Rows of a JSONL, CSV, TSV, text (`{"text": line}`), Parquet or Arrow (`Dataset.save_to_disk`) file as dicts, one
    by one; a broken line is counted, not fatal."""
    name = path.removesuffix(".gz")
    if name.endswith(".parquet"):
        import pyarrow.parquet as pq

        for batch in pq.ParquetFile(path).iter_batches(1024):
            yield from batch.to_pylist()
    elif name.endswith(".arrow"):
        from datasets import Dataset

        yield from Dataset.from_file(path)
    elif name.endswith((".csv", ".tsv")):
        with open_text(path) as file:
            if source.get("header", name.endswith(".csv")):
                yield from csv.DictReader(file, delimiter="," if name.endswith(".csv") else "\t")
            else:
                for line in file:
                    yield {str(i): cell for i, cell in enumerate(line.rstrip("\r\n").split("\t"))}
    elif name.endswith(".txt"):
        with open_text(path) as file:
            yield from ({"text": line.rstrip("\r\n")} for line in file)
    elif name.endswith((".jsonl", ".json")):
        with open_text(path) as file:
            for line in file:
                if not line.strip():
                    continue
                try:
                    yield json.loads(line)
                except ValueError:
                    drops.add(origin, "not JSON")
    else:
        raise InputError(
            f"{path}: unknown kind of corpus file; use .jsonl, .csv, .tsv, .txt (also .gz), .parquet or .arrow"
        )


def _hub_rows(source: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows of a dataset on the Hugging Face hub, streamed. Needs a network. Of a dataset that is a loading script,
    which `datasets` no longer runs, the hub's own conversion to Parquet is read."""
    from datasets import load_dataset

    hub, config, split = source["hub"], source.get("config"), source.get("split", "train")
    try:
        try:
            found = load_dataset(hub, config, split=split, streaming=True)
        except RuntimeError as error:
            if "scripts are no longer supported" not in str(error):
                raise
            files = f"hf://datasets/{hub}@refs/convert/parquet/{config or 'default'}/{split}/*.parquet"
            found = load_dataset("parquet", data_files=files, split="train", streaming=True)
        yield from found
    except Exception as error:  # the library raises many kinds; the user needs the name and the reason
        reason = " ".join(str(error).split())[:300]
        raise InputError(f"hub dataset {hub}: {reason}; it needs a network, or use local files") from None


def _pairs(row: dict[str, Any], source: Mapping[str, Any], task: str, origin: str) -> Iterator[Example]:
    columns = source.get("columns") or {"source": "0", "target": "1"}
    keep = source.get("where")
    if keep and any(str(row.get(k)) not in map(str, v if not isinstance(v, str) else [v]) for k, v in keep.items()):
        return
    target = row.get(columns["target"])
    if isinstance(target, (list, tuple)):
        target = tuple(t["en"] if isinstance(t, dict) else str(t) for t in target)
    yield Example(str(row.get(columns["source"]) or ""), target or "", task, origin)


def _news_translations(row: dict[str, Any], source: Mapping[str, Any], task: str, origin: str) -> Iterator[Example]:
    """Articles as {"sentences": [{"hi", "en"}], "bullets": [{"en", "sentences"}]}: the sentences as pairs."""
    for sentence in row["sentences"]:
        yield Example(sentence["hi"], sentence["en"], task, origin)


def _news_bullets(row: dict[str, Any], source: Mapping[str, Any], task: str, origin: str) -> Iterator[Example]:
    """The same articles: each bullet with the one to three sentences it rests on."""
    for bullet in row["bullets"]:
        yield Example(" ".join(row["sentences"][i]["hi"] for i in bullet["sentences"]), bullet["en"], task, origin)


def _ranked(row: dict[str, Any], source: Mapping[str, Any], task: str, origin: str) -> Iterator[Example]:
    """Lines of `scripts/rank_hypotheses.py`: {"source", "target", "hypotheses": [[text, gain], …]}."""
    hypotheses = tuple((str(text), float(gain)) for text, gain in row["hypotheses"])
    yield Example(row["source"], row["target"], task, origin, hypotheses=hypotheses)


def _denoise(row: dict[str, Any], source: Mapping[str, Any], task: str, origin: str) -> Iterator[Example]:
    """Monolingual text for denoising: source and target are the same, noise is added when encoding."""
    columns = source.get("columns") or {"source": "text"}
    text = str(row.get(columns["source"]) or "")
    yield Example(text, text, "denoise", origin)


def _code_switch(row: dict[str, Any], source: Mapping[str, Any], task: str, origin: str) -> Iterator[Example]:
    """Monolingual English: the words that `lexicon` knows in Hindi → the text as it was. The same for every run."""
    columns = source.get("columns") or {"source": "text"}
    text = str(row.get(columns["source"]) or "")
    yield Example(switch(text, read_lexicon(source["lexicon"]), random.Random(text)), text, "code_switch", origin)


RowReader = Callable[[dict[str, Any], Mapping[str, Any], str, str], Iterator[Example]]
READERS: dict[str, RowReader] = {
    "pairs": _pairs,
    "news_translations": _news_translations,
    "news_bullets": _news_bullets,
    "ranked": _ranked,
    "denoise": _denoise,
    "code_switch": _code_switch,
}


def stream_source(name: str, source: Mapping[str, Any], limits: Limits, drops: Drops) -> Iterator[Example]:
    """Examples of one corpus source, one by one: read, normalised as at inference, filtered, without repeats.

    Of what went by only a hash is kept, so a source may be larger than memory. Articles keep their lines: what becomes
    of them depends on the anchors, see `articles`. Raises InputError for files that are missing or of no known kind.
    """
    reader = READERS[source.get("reader", "pairs")]
    task, limit, kept = source.get("task", "translate"), source.get("limit"), 0
    seen: set[int] = set()
    for row in _source_rows(name, source, drops):
        try:
            found = list(reader(row, source, task, name))
        except (KeyError, TypeError, IndexError) as error:
            drops.add(name, f"row without {error}")
            continue
        for example in map(_normalised, found):
            mark = _fingerprint(example)
            reason = _reason_to_drop(example, limits) or ("repeated" if mark in seen else None)
            if reason:
                drops.add(name, reason)
                continue
            seen.add(mark)
            yield example
            kept += 1
            if kept == limit:
                return


def read_source(name: str, source: Mapping[str, Any], limits: Limits, drops: Drops) -> list[Example]:
    """All examples of a source that is known to be small (a held-out set)."""
    return list(stream_source(name, source, limits, drops))


def _source_rows(name: str, source: Mapping[str, Any], drops: Drops) -> Iterator[dict[str, Any]]:
    if "hub" in source:
        yield from _hub_rows(source)
    else:
        for path in expand(source["paths"]):
            yield from rows(path, source, drops, name)


def _fingerprint(example: Example) -> int:
    text = f"{example.source}\t{example.target_text}".encode("utf8", "replace")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def _normalised(example: Example) -> Example:
    def english(text: str) -> str:
        return " ".join(text.encode("utf8", "ignore").decode("utf8").split())  # lone surrogates are no text

    target = english(example.target) if isinstance(example.target, str) else tuple(map(english, example.target))
    if example.task == "summarise":
        return replace(example, target=target)
    source = normalise(example.source).text.replace("\n", " ")
    return replace(example, source=" ".join(source.split()), target=target)


def _reason_to_drop(example: Example, limits: Limits) -> str | None:
    source, target = example.source, example.target_text
    if len(source) < limits.min_chars or len(target) < limits.min_chars:
        return "empty or too short"
    if len(source) > limits.max_source_chars or len(target) > limits.max_target_chars:
        return "too long"
    if example.task == "denoise":
        return None
    letters = sum(c.isalpha() or c == "\u094d" for c in source) or 1
    if len(_DEVANAGARI.findall(source)) / max(letters, 1) < limits.min_devanagari:
        return "source is not Hindi"
    if len(_DEVANAGARI.findall(target)) > 0:
        return "target is not English"
    if example.task == "translate" and len(source) > 20:
        ratio = len(source) / len(target)
        if ratio > limits.max_ratio or ratio < 1 / limits.max_ratio:
            return "lengths do not match"
    return None
