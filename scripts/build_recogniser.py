"""Estimates which rare Hindi words are names or loan words: those whose translation holds a word that sounds alike.

usage: python scripts/build_recogniser.py --pairs FILE... [--held-out FILE...] [--seed N]

--pairs     Hindi–English sentences as in build_transliteration.py, which must have run before
--held-out  sentences of the same kind, for precision and recall

Writes summarizer/anchors/data/recogniser.npz.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from build_transliteration import DATA, KNOWN, readings, sentence_pairs

from summarizer.anchors.recogniser import BUCKETS, CLASSES, OTHER, SHORTEST, Recogniser, features
from summarizer.anchors.transliteration import HINDI, usual
from summarizer.anchors.words import STOP, fold

RARE = 30  # words that occur less often in the pairs are learnt from; more of them than are judged
ROUNDS = 2
BATCH = 512
RATE = 0.1


def _class(reading: str | None) -> int:
    """Place in CLASSES: of a word with this reading, by its usual case in English news."""
    if reading is None:
        return 0
    return 2 if usual(reading)[0].isupper() else 1


class Examples:
    """Features and classes of the words that `rare` counts less than `most` times."""

    def __init__(self, pairs: Iterable[tuple[str, str]], rare: Counter[str], most: int) -> None:
        self.features: list[list[int]] = []
        self.classes: list[int] = []
        for hindi, latin in pairs:
            found = readings(hindi, latin)
            keys = [fold(word) for word, _, _ in found]
            for i, (word, reading, _) in enumerate(found):
                if word not in STOP and len(word) >= SHORTEST and rare[keys[i]] < most:
                    self.features.append(features(keys, i))
                    self.classes.append(_class(reading))

    def batch(self, places: list[int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Feature numbers in a row, where each word's begin, and the classes."""
        rows = [self.features[i] for i in places]
        starts = np.cumsum([0, *map(len, rows)])[:-1]
        flat = torch.tensor([f for row in rows for f in row])
        return flat, torch.from_numpy(starts), torch.tensor([self.classes[i] for i in places])


def train(examples: Examples, seed: int) -> Recogniser:
    """Adagrad on the cross-entropy, a few rounds: rare features keep small weights, so no penalty is needed."""
    torch.manual_seed(seed)
    table = torch.nn.EmbeddingBag(BUCKETS, len(CLASSES), mode="sum")
    torch.nn.init.zeros_(table.weight)
    bias = torch.zeros(len(CLASSES), requires_grad=True)
    optimizer = torch.optim.Adagrad([*table.parameters(), bias], lr=RATE)
    order, shuffler = list(range(len(examples.classes))), random.Random(seed)
    for _ in range(ROUNDS):
        shuffler.shuffle(order)
        for start in range(0, len(order), BATCH):
            flat, starts, classes = examples.batch(order[start : start + BATCH])
            loss = torch.nn.functional.cross_entropy(table(flat, starts) + bias, classes)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return Recogniser(table.weight.detach().numpy().astype(np.float16), bias.detach().numpy())


def report(model: Recogniser, examples: Examples) -> None:
    flat, starts, classes = examples.batch(list(range(len(examples.classes))))
    weights = torch.from_numpy(model.weights.astype(np.float32))
    scores = torch.nn.functional.embedding_bag(flat, weights, starts, mode="sum") + torch.from_numpy(model.bias)
    probabilities = torch.softmax(scores, 1)
    chosen = torch.where(probabilities[:, 0] >= OTHER, 0, 1 + probabilities[:, 1:].argmax(1))
    for number, name in enumerate(CLASSES[1:], 1):
        print(f"held out: {name}: {_figures(chosen == number, classes == number)} of {len(classes)}")
    print(f"held out: name or loan word: {_figures(chosen > 0, classes > 0)} of {len(classes)}")


def _figures(said: torch.Tensor, there: torch.Tensor) -> str:
    right = (said & there).sum().item()
    return f"precision {right / said.sum().item():.3f} recall {right / there.sum().item():.3f}, {there.sum().item()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--held-out", type=Path, nargs="+", default=[])
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    pairs = list(sentence_pairs(args.pairs))
    counts = Counter(fold(word) for hindi, _ in pairs for word in HINDI.findall(hindi))
    examples = Examples(pairs, counts, RARE)
    model = train(examples, args.seed)
    np.savez_compressed(DATA / "recogniser.npz", weights=model.weights, bias=model.bias)
    print(f"{len(examples.classes)} words")
    if args.held_out:
        report(model, Examples(sentence_pairs(args.held_out), counts, KNOWN))


if __name__ == "__main__":
    main()
