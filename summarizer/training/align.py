"""Word alignments of sentence pairs from a multilingual encoder, for gloss augmentation.

A word's vector is the mean of its pieces' layer-8 states of multilingual-e5-small; two words are linked when each is
the other's nearest neighbour by cosine (the mutual-argmax method of SimAlign, Jalili Sabet et al. 2020). Only offline
preparation uses this; nothing at inference does.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.training.precision import has_bfloat16

log = logging.getLogger(__name__)

LAYER = 8
MIN_COSINE = 0.55
MAX_PIECES = 200
_EDGES = re.compile(r"^[\"'“”‘’(\[•]*(.*?)[\"'“”‘’)\],.;:!?।]*$", re.S)

Link = tuple[int, int]


def bare(word: str) -> str:
    """A word without the punctuation at its edges."""
    match = _EDGES.match(word)
    return match.group(1) if match else word


class Aligner:
    """Loads the encoder once (2 s, 250 MB); `links` aligns batches of pairs."""

    def __init__(self) -> None:
        import sentencepiece as spm

        from summarizer.models.warmstart import build_bart, read_e5, sentencepiece_model

        e5 = read_e5()
        self.tokenizer = spm.SentencePieceProcessor(model_proto=sentencepiece_model(e5.pieces, e5.scores))
        model = build_bart(e5, decoder_layers=(), attn_implementation="eager")
        self.encoder = model.model.encoder.eval()
        self.encoder.layers = self.encoder.layers[:LAYER]
        self.bfloat16 = has_bfloat16()

    def links(self, pairs: Sequence[tuple[str, str]], tokens_per_batch: int = 6000) -> Iterator[list[Link]]:
        """For each (source, target) pair its links (source word, target word): indices into `str.split()`.

        Pairs of more than 200 pieces on a side get no links.
        """
        sides = [self._encode(text) for pair in pairs for text in pair]
        vectors: list[np.ndarray | None] = [None] * len(sides)
        order = sorted(
            (i for i, (ids, _) in enumerate(sides) if 2 < len(ids) <= MAX_PIECES), key=lambda i: len(sides[i][0])
        )
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and len(sides[order[end]][0]) * (end + 1 - start) <= tokens_per_batch:
                end += 1
            self._embed(order[start:end], sides, vectors)
            start = end
        for i in range(0, len(sides), 2):
            yield _mutual(vectors[i], vectors[i + 1])

    def _encode(self, text: str) -> tuple[list[int], list[int]]:
        """Piece ids with <s> and </s>, and for each piece in between the index of its word."""
        ids, owner = [0], []
        for index, word in enumerate(self.tokenizer.encode([bare(w) or w for w in text.split()])):
            ids += word
            owner += [index] * len(word)
        return [*ids, 2], owner

    def _embed(self, rows: list[int], sides: list[Any], vectors: list[Any]) -> None:
        import torch

        width = max(len(sides[i][0]) for i in rows)
        ids = torch.full((len(rows), width), 1)
        for r, i in enumerate(rows):
            ids[r, : len(sides[i][0])] = torch.tensor(sides[i][0])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
            states = self.encoder(input_ids=ids, attention_mask=(ids != 1).long())[0].float()
        for r, i in enumerate(rows):
            owner = torch.tensor(sides[i][1])
            words = torch.zeros(int(owner[-1]) + 1, states.shape[-1])
            words.index_add_(0, owner, states[r, 1 : 1 + len(owner)])
            vectors[i] = torch.nn.functional.normalize(words, dim=-1).numpy()


def _mutual(source: np.ndarray | None, target: np.ndarray | None) -> list[Link]:
    if source is None or target is None:
        return []
    cosine = source @ target.T
    to_target, to_source = cosine.argmax(1), cosine.argmax(0)
    return [(i, int(j)) for i, j in enumerate(to_target) if to_source[j] == i and cosine[i, j] >= MIN_COSINE]


class LinkCache:
    """Alignments kept in a SQLite file, keyed by the pair's text, so that a corpus is aligned once whatever uses it."""

    def __init__(self, path: str | Path) -> None:
        import sqlite3

        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(path, timeout=60)
        self.database.execute("CREATE TABLE IF NOT EXISTS links (pair BLOB PRIMARY KEY, links TEXT NOT NULL)")
        self._aligner: Aligner | None = None

    def links(self, pairs: Sequence[tuple[str, str]], chunk: int = 4000) -> list[list[Link]]:
        """Links of each pair; those not in the file yet are computed and written, a chunk at a time."""
        keys = [hashlib.blake2b("\t".join(pair).encode("utf8", "replace"), digest_size=16).digest() for pair in pairs]
        known = self._known(keys)
        missing = [i for i, key in enumerate(keys) if key not in known]
        for start in range(0, len(missing), chunk):
            part = missing[start : start + chunk]
            self._aligner = self._aligner or Aligner()
            found = self._aligner.links([pairs[i] for i in part])
            rows = [(keys[i], json.dumps(links)) for i, links in zip(part, found, strict=True)]
            known.update(rows)
            with self.database:
                self.database.executemany("INSERT OR REPLACE INTO links VALUES (?, ?)", rows)
            log.info("aligned %d of %d new pairs", start + len(part), len(missing))
        return [json.loads(known[key]) for key in keys]

    def _known(self, keys: Sequence[bytes], at_once: int = 500) -> dict[bytes, str]:
        """What the file has of these keys; SQLite takes a limited number of values in a query."""
        found: dict[bytes, str] = {}
        for start in range(0, len(keys), at_once):
            part = keys[start : start + at_once]
            marks = ",".join("?" * len(part))
            found.update(self.database.execute(f"SELECT pair, links FROM links WHERE pair IN ({marks})", part))
        return found
