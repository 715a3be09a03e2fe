"""From a corpus configuration to a memory-mapped dataset of token ids, grouped for weighted sampling.

Each source gives up to two groups: its examples as they are (`plain`) and with inline glosses (`glossed`). Encoding
uses the same codec and the same task prefixes as inference.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.errors import InputError
from summarizer.models.codec import Codec
from summarizer.training.align import LinkCache
from summarizer.training.config import Run
from summarizer.training.corpora import Drops, Example, open_text, read_source
from summarizer.training.glossing import Glosser
from summarizer.training.guide import triples

log = logging.getLogger(__name__)
CHUNK = 2000


@dataclass
class Encoded:
    """dataset: rows with input_ids and labels, in Arrow files on disk. lengths: the longer side of each row.
    groups: "source/plain" or "source/glossed" → row numbers; weights: their sampling weights."""

    dataset: Any
    lengths: np.ndarray
    groups: dict[str, np.ndarray]
    weights: dict[str, float]
    drops: Drops = field(default_factory=Drops)


def encode_corpus(run: Run, codec: Codec, cache: Path) -> Encoded:
    """Read, gloss and encode the sources of a run. Deterministic for a given configuration and seed."""
    from datasets import Dataset, Features, List, Value
    from datasets.arrow_writer import ArrowWriter

    drops = Drops()
    groups: dict[str, list[int]] = {}
    weights: dict[str, float] = {}
    lengths: list[int] = []

    def rows() -> Iterator[dict[str, list[int]]]:
        for name, source in run.corpus.sources.items():
            examples = read_source(name, source, run.corpus.limits, drops)
            for variant, weight in (("plain", source.get("plain", 1.0)), ("glossed", source.get("glossed", 0.0))):
                if weight <= 0:
                    continue
                group = f"{name}/{variant}"
                chosen = _linked(run, source, examples) if variant == "plain" else _glossed(run, name, examples, drops)
                weights[group], groups[group] = weight, []
                for row in _encode(run, codec, chosen, drops):
                    groups[group].append(len(lengths))
                    lengths.append(max(len(row["input_ids"]), len(row["labels"])))
                    yield row
                log.info("%s: %d examples, weight %g", group, len(groups[group]), weight)

    cache.mkdir(parents=True, exist_ok=True)
    features = Features(
        {"input_ids": List(Value("int32")), "labels": List(Value("int32")), "guide": List(Value("int32"))}
    )
    with ArrowWriter(path=str(cache / "examples.arrow"), features=features) as writer:
        for row in rows():
            writer.write(row)
        writer.finalize()
    if not lengths:
        raise InputError(f"the corpus has no example left to train on; dropped: {drops.table()}")
    dataset = Dataset.from_file(str(cache / "examples.arrow"))
    arrays = {name: np.array(members, dtype=np.int64) for name, members in groups.items()}
    return Encoded(dataset, np.array(lengths), arrays, _tempered(weights, arrays, run.corpus.temperature), drops)


def _tempered(weights: dict[str, float], groups: dict[str, np.ndarray], temperature: float) -> dict[str, float]:
    largest = max((len(members) for members in groups.values()), default=1)
    return {
        name: weight * (len(groups[name]) / largest) ** (temperature - 1) if len(groups[name]) else 0.0
        for name, weight in weights.items()
    }


def _linked(run: Run, source: Mapping[str, Any], examples: list[Example]) -> list[Example]:
    """The examples with their word alignments, where guided alignment wants them and the source is aligned anyway."""
    if not run.training.guide or not source.get("glossed"):
        return examples
    links = link_cache(run).links([(e.source, e.target_text) for e in examples])
    return [replace(e, links=tuple((i, j) for i, j in pairs)) for e, pairs in zip(examples, links, strict=True)]


def _glossed(run: Run, name: str, examples: list[Example], drops: Drops) -> list[Example]:
    if run.anchors.mode == "none":
        return []
    names: list[str] = []
    if run.corpus.swap_names:
        with open_text(run.corpus.swap_names) as file:
            cells = [line.rstrip("\n").split("\t")[1] for line in file]
        names = sorted({c for c in cells if c.isascii() and c.isalpha() and c[0].isupper()})
    glosser = Glosser(run.anchors, seed=run.seed, names=names)
    usable = [e for e in examples if isinstance(e.target, str) and e.task != "denoise"]
    links = link_cache(run).links([(e.source, e.target_text) for e in usable])
    result = []
    for example, pairs in zip(usable, links, strict=True):
        made = glosser.gloss(example.source, example.target_text, pairs)
        if made is None:
            drops.add(name, "glossed variant: no span to gloss")
        else:
            result.append(replace(example, source=made[0], target=made[1], links=tuple(made[2])))
    return result


def link_cache(run: Run) -> LinkCache:
    """Where the run's word alignments are kept."""
    return LinkCache(run.corpus.links or Path(run.output_dir) / "links.sqlite")


def _encode(run: Run, codec: Codec, examples: list[Example], drops: Drops) -> Iterator[dict[str, list[int]]]:
    training, rng = run.training, random.Random(run.seed)
    max_source = training.max_source or codec.family.max_source
    max_target = training.max_target or codec.family.max_target
    whole = 1 << 20  # encode uncut, so that what does not fit is counted
    for start in range(0, len(examples), CHUNK):
        part = examples[start : start + CHUNK]
        task = part[0].task
        texts = [mask(e.source, rng) if e.task == "denoise" else e.source for e in part]
        sources = codec.encode_sources(texts, task, max_length=whole)
        targets = codec.encode_targets([e.target for e in part], max_length=whole)
        for example, source, target in zip(part, sources, targets, strict=True):
            if example.task == "summarise" and len(source) > max_source:
                source = codec.encode_sources([example.source], task, max_length=max_source)[0]  # articles are cut
                drops.add(example.origin, "(kept) article cut to max_source")
            if len(source) > max_source or len(target) > max_target:
                drops.add(example.origin, "more tokens than the limits")
                continue
            guide = triples(codec, example, source, target) if training.guide else []
            yield {"input_ids": source, "labels": target, "guide": guide}


def mask(text: str, rng: random.Random, share: float = 0.15) -> str:
    """Word deletion and local shuffling (Lample et al. 2018): noise that needs no mask token in the vocabulary."""
    words = [w for w in text.split() if rng.random() > share]
    order = sorted(range(len(words)), key=lambda i: i + rng.uniform(0, 3))
    return " ".join(words[i] for i in order)
