"""Is a rare Hindi word a name, a loan word (प्रोपेलर) or neither? Judged by its letters and its neighbours.

scripts/build_recogniser.py estimates the judge.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np

CLASSES = ("other", "loan", "name")
BUCKETS = 1 << 16
SHORTEST = 3  # characters of a word that is judged
OTHER = 0.65  # probability from which a word is neither; chosen on the held-out articles of `bullets`


def features(words: Sequence[str], position: int) -> list[int]:
    """Hashed features of a word of a sentence, each in range(BUCKETS): its character n-grams up to four, the word and
    its neighbours two to each side. words: spelling keys of the sentence's Hindi words."""
    word = f"^{words[position]}$"
    found = {word}
    for size in (1, 2, 3, 4):
        found.update(f"{size}{word[i : i + size]}" for i in range(len(word) - size + 1))
    for distance in (-2, -1, 1, 2):
        near = words[position + distance] if 0 <= position + distance < len(words) else "#"
        found.add(f"c{distance}{near}")
        if abs(distance) == 1:
            found.update((f"s{distance}{near[-2:]}", f"p{distance}{near[:3]}"))
    return sorted({zlib.crc32(feature.encode()) % BUCKETS for feature in found})


class Recogniser:
    """Multinomial logistic regression over `features`. weights: BUCKETS × classes; bias: classes."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray) -> None:
        self.weights, self.bias = weights, bias

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Recogniser:
        """The shipped weights, read once a process."""
        with (resources.files("summarizer.anchors") / "data" / "recogniser.npz").open("rb") as file:
            data = np.load(file)
            return cls(data["weights"], data["bias"])

    def probabilities(self, words: Sequence[str], position: int) -> np.ndarray:
        """Of CLASSES, for one word of a sentence."""
        scores = self.weights[features(words, position)].sum(0, dtype=np.float32) + self.bias
        weights = np.exp(scores - scores.max())
        return weights / weights.sum()


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Spelling keys of the Hindi words that the training sentences hold five times or more."""
    data = (resources.files("summarizer.anchors") / "data" / "known.txt").read_text(encoding="utf-8")
    return frozenset(data.split("\n"))
