"""From a corpus configuration to a memory-mapped dataset of token ids, grouped for weighted sampling.

Each source gives up to two groups: its examples as they are (`plain`) and with inline glosses (`glossed`). Encoding
uses the same codec and the same task prefixes as inference. A source goes by in chunks and is never in memory whole.
"""

from __future__ import annotations

import logging
import random
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from summarizer.errors import InputError
from summarizer.models.codec import Codec
from summarizer.training.align import LinkCache
from summarizer.training.articles import as_fed
from summarizer.training.codeswitch import shuffled
from summarizer.training.config import Run
from summarizer.training.corpora import Drops, Example, open_text, stream_source
from summarizer.training.glossing import Glosser
from summarizer.training.guide import triples
from summarizer.training.renumbering import renumber

log = logging.getLogger(__name__)
T = TypeVar("T")
CHUNK = 4000  # examples read and aligned together
TOKENISED = 500  # of them tokenised together: an article is thousands of tokens
UNCUT = 1 << 20  # encode whole, so that what does not fit is counted


@dataclass
class Encoded:
    """dataset: rows with input_ids, labels, guide, hypotheses and gains, in Arrow files on disk. lengths: the longer
    side of each row, hypotheses aside. groups: "source/plain" or "source/glossed" → row numbers; weights: their
    sampling weights."""

    dataset: Any
    lengths: np.ndarray
    groups: dict[str, np.ndarray]
    weights: dict[str, float]
    drops: Drops = field(default_factory=Drops)


class _Group:
    """One variant of a source on its way to an Arrow file."""

    def __init__(self, path: Path, weight: float) -> None:
        from datasets import Features, List, Value
        from datasets.arrow_writer import ArrowWriter

        columns: dict[str, Any] = {name: List(Value("int32")) for name in ("input_ids", "labels", "guide")}
        columns |= {"hypotheses": List(List(Value("int32"))), "gains": List(Value("float32"))}
        self.path, self.weight, self.lengths = str(path), weight, array("i")
        self.writer = ArrowWriter(path=self.path, features=Features(columns))

    def add(self, rows: Iterable[dict[str, list[Any]]]) -> None:
        for row in rows:
            self.writer.write(row)
            self.lengths.append(max(len(row["input_ids"]), len(row["labels"])))


def encode_corpus(run: Run, codec: Codec, cache: Path) -> Encoded:
    """Read, gloss and encode the sources of a run. Deterministic for a given configuration and seed.

    Raises InputError when no example is left.
    """
    from datasets import Dataset, concatenate_datasets

    cache.mkdir(parents=True, exist_ok=True)
    drops, groups = Drops(), {}
    for number, (name, source) in enumerate(run.corpus.sources.items()):
        made = {
            variant: _Group(cache / f"{number}-{variant}.arrow", weight)
            for variant, weight in (("plain", source.get("plain", 1.0)), ("glossed", source.get("glossed", 0.0)))
            if weight > 0
        }
        _encode_source(run, codec, name, made, drops)
        for variant, group in made.items():
            group.writer.finalize()
            groups[f"{name}/{variant}"] = group
            log.info("%s/%s: %d examples, weight %g", name, variant, len(group.lengths), group.weight)
    lengths = np.concatenate([np.empty(0, np.int64), *(np.array(group.lengths) for group in groups.values())])
    if not len(lengths):
        raise InputError(f"the corpus has no example left to train on; dropped: {drops.table()}")
    dataset = concatenate_datasets([Dataset.from_file(group.path) for group in groups.values() if group.lengths])
    ends = np.cumsum([len(group.lengths) for group in groups.values()])
    members = {
        name: np.arange(end - len(group.lengths), end) for (name, group), end in zip(groups.items(), ends, strict=True)
    }
    weights = {name: group.weight for name, group in groups.items()}
    return Encoded(dataset, lengths, members, _tempered(weights, members, run.corpus.temperature), drops)


def _tempered(weights: dict[str, float], groups: dict[str, np.ndarray], temperature: float) -> dict[str, float]:
    largest = max((len(members) for members in groups.values()), default=1)
    return {
        name: weight * (len(groups[name]) / largest) ** (temperature - 1) if len(groups[name]) else 0.0
        for name, weight in weights.items()
    }


def _encode_source(run: Run, codec: Codec, name: str, groups: Mapping[str, _Group], drops: Drops) -> None:
    """One pass over a source that fills the groups of its variants."""
    rng = random.Random(run.seed)
    glosser = Glosser(run.anchors, seed=run.seed, names=_swap_names(run))
    glossing = "glossed" in groups and run.anchors.mode != "none"
    cache = link_cache(run) if glossing or ("glossed" in groups and run.training.guide) else None
    for part in chunks(stream_source(name, run.corpus.sources[name], run.corpus.limits, drops), CHUNK):
        examples = list(_articles(part, run.anchors.mode, drops)) if part[0].task == "summarise" else part
        if cache:
            examples = _aligned(examples, cache)
        if run.corpus.swap_numbers:  # after the alignments, which are kept by the pair as it was
            examples = [_renumbered(e, rng) if rng.random() < run.corpus.swap_numbers else e for e in examples]
        if "plain" in groups:
            groups["plain"].add(_encode(run, codec, examples, rng, drops))
        if glossing:
            groups["glossed"].add(_encode(run, codec, list(_glossed(glosser, examples, drops)), rng, drops))


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items, the last one shorter; reads no further ahead."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


def _articles(examples: Iterable[Example], mode: str, drops: Drops) -> Iterator[Example]:
    for example in examples:
        fed = as_fed(example, mode)
        if fed:
            yield fed
        else:
            drops.add(example.origin, "article without a Hindi body")


def _renumbered(example: Example, rng: random.Random) -> Example:
    if not isinstance(example.target, str):  # bullets of an article state its figures in their own way
        return example
    if example.hypotheses:  # theirs would stay as they were
        return example
    source, target = renumber(example.source, example.target, rng)
    return replace(example, source=source, target=target)


def _can_be_glossed(example: Example) -> bool:
    return isinstance(example.target, str) and example.task not in ("denoise", "code_switch")


def _aligned(examples: Sequence[Example], cache: LinkCache) -> list[Example]:
    """The examples with their word alignments."""
    links = iter(cache.links([(e.source, e.target_text) for e in examples if _can_be_glossed(e)]))
    return [replace(e, links=tuple((i, j) for i, j in next(links))) if _can_be_glossed(e) else e for e in examples]


def _swap_names(run: Run) -> list[str]:
    if not run.corpus.swap_names:
        return []
    with open_text(run.corpus.swap_names) as file:
        cells = [line.rstrip("\n").split("\t")[1] for line in file]
    return sorted({c for c in cells if c.isascii() and c.isalpha() and c[0].isupper()})


def _glossed(glosser: Glosser, examples: Iterable[Example], drops: Drops) -> Iterator[Example]:
    for example in filter(_can_be_glossed, examples):
        made = glosser.gloss(example.source, example.target_text, example.links)
        if made is None:
            drops.add(example.origin, "glossed variant: no span to gloss")
        else:
            yield replace(example, source=made[0], target=made[1], links=tuple(made[2]))


def link_cache(run: Run) -> LinkCache:
    """Where the run's word alignments are kept."""
    return LinkCache(run.corpus.links or Path(run.output_dir) / "links.sqlite")


def _encode(
    run: Run, codec: Codec, examples: Sequence[Example], rng: random.Random, drops: Drops
) -> Iterator[dict[str, list[Any]]]:
    """Rows of token ids. An article and its summary are cut to the limits, as run_summarization and inference do; a
    pair that says the same on both sides is left out instead: cut, its sides would say different things."""
    max_source = run.training.max_source or codec.family.max_source
    max_target = run.training.max_target or codec.family.max_target
    for part in chunks(examples, TOKENISED):
        task = part[0].task
        texts = [mask(e.source, rng) if e.task == "denoise" else e.source for e in part]
        sources = codec.encode_sources(texts, task, max_length=UNCUT)
        targets = codec.encode_targets([e.target for e in part], max_length=UNCUT)
        for example, source, target in zip(part, sources, targets, strict=True):
            if task == "summarise" and len(source) > max_source:
                source = codec.encode_sources([example.source], task, max_length=max_source)[0]
                drops.add(example.origin, "cut, not dropped: article over max_source")
            if task == "summarise" and len(target) > max_target:
                target = _cut(codec, example.target, max_target)
                drops.add(example.origin, "cut, not dropped: summary over max_target")
            if len(source) > max_source or len(target) > max_target:
                drops.add(example.origin, "more tokens than the limits")
                continue
            guide = triples(codec, example, source, target) if run.training.guide else []
            hypotheses = codec.encode_targets([text for text, _ in example.hypotheses], max_length=max_target)
            gains = [gain for _, gain in example.hypotheses]
            yield {"input_ids": source, "labels": target, "guide": guide, "hypotheses": hypotheses, "gains": gains}


def _cut(codec: Codec, target: str | tuple[str, ...], limit: int) -> list[int]:
    """Label ids of the bullets that fit whole; a text, or a first bullet too long alone, is cut at the token."""
    bullets = (target,) if isinstance(target, str) else target
    for count in range(len(bullets) - 1, 0, -1):
        ids = codec.encode_targets([bullets[:count]], max_length=UNCUT)[0]
        if len(ids) <= limit:
            return ids
    return codec.encode_targets([bullets[:1]], max_length=limit)[0]


def mask(text: str, rng: random.Random, share: float = 0.15) -> str:
    """Word deletion and local shuffling (Lample et al. 2018): noise that needs no mask token in the vocabulary."""
    return " ".join(shuffled([w for w in text.split() if rng.random() > share], rng))
