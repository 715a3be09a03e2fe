"""A source may be larger than memory: rows are pulled as they are needed, and what went by is not kept."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer.models import load_codec
from summarizer.training import corpora
from summarizer.training.align import LinkCache
from summarizer.training.corpora import Drops, Limits, stream_source
from summarizer.training.encoding import CHUNK, chunks, encode_corpus

HINDI = "सरकार ने किसानों के लिए नई योजना की घोषणा की और कहा कि इससे लाखों परिवारों को लाभ होगा।"
ENGLISH = "The government announced a new scheme for farmers and said that millions of families would benefit."


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[str, list[int]]:
    """A corpus file without an end, and the list of the rows pulled from it."""
    pulled: list[int] = []

    def rows(*_) -> Iterator[dict[str, str]]:
        for number in itertools.count():
            pulled.append(number)
            yield {"0": f"{HINDI * 10} {number}", "1": f"{ENGLISH * 10} {number}"}

    monkeypatch.setattr(corpora, "rows", rows)
    (tmp_path / "endless.tsv").touch()
    return str(tmp_path / "endless.tsv"), pulled


def test_an_endless_source_gives_its_first_examples_and_is_read_no_further(endless: tuple) -> None:
    path, pulled = endless
    examples = stream_source("s", {"paths": path}, Limits(), Drops())
    assert [e.target[-1] for e in itertools.islice(examples, 3)] == ["0", "1", "2"]
    assert len(pulled) == 3
    assert len(list(stream_source("s", {"paths": path, "limit": 5}, Limits(), Drops()))) == 5
    assert len(pulled) == 8


def test_memory_stays_flat_while_a_source_goes_by(endless: tuple) -> None:
    path, pulled = endless
    examples = stream_source("s", {"paths": path}, Limits(), Drops())
    next(examples)
    tracemalloc.start()
    for _ in itertools.islice(examples, 1500):
        pulled.clear()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    texts = 1500 * 10 * (2 * len(HINDI) + len(ENGLISH))  # bytes: Devanagari takes two in memory
    assert peak < texts / 10


def test_encoding_holds_a_chunk_at_a_time(
    tiny_compact: Path, tiny_run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    largest = 0

    def watched(items, size: int):
        nonlocal largest
        for part in chunks(items, size):
            largest = max(largest, len(part))
            yield part

    def rows(*_) -> Iterator[dict[str, str]]:
        for number in range(CHUNK + 700):
            yield {"0": f"सरकार ने {number} कहा।", "1": f"The government {number}."}

    monkeypatch.setattr(corpora, "rows", rows)
    monkeypatch.setattr("summarizer.training.encoding.chunks", watched)
    run = tiny_run(tiny_compact, "compact")
    encoded = encode_corpus(run, load_codec(tiny_compact), Path(run.output_dir))
    assert largest == CHUNK
    assert len(encoded.dataset) == len(encoded.lengths) == CHUNK + 700
    assert encoded.groups["tiny/plain"].tolist() == list(range(CHUNK + 700))
    row = encoded.dataset[CHUNK + 1]
    assert max(len(row["input_ids"]), len(row["labels"])) == encoded.lengths[CHUNK + 1]


def test_links_are_looked_up_by_key_and_only_new_pairs_are_aligned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    class Counting:
        def links(self, pairs):
            asked.extend(pairs)
            return iter([[(len(s), len(t))] for s, t in pairs])

    monkeypatch.setattr("summarizer.training.align.Aligner", Counting)
    pairs = [("क" * i, "a") for i in range(1, 1200)]
    cache = LinkCache(tmp_path / "links.sqlite")
    cache.links(pairs[:700])
    assert asked == pairs[:700]
    again = LinkCache(tmp_path / "links.sqlite").links(pairs)
    assert asked == pairs and [link[0][0] for link in again] == [len(s) for s, _ in pairs]
