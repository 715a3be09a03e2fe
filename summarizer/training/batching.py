"""Batches of similar lengths, counted in tokens, in an order that a seed fixes for the whole run.

The whole run is one "epoch" of the Trainer: the sampler lists every batch up front, so resuming after a kill skips
exactly the batches that were trained on, whatever the number of passes over the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

WINDOW = 20_000  # examples sorted together: large enough for even lengths, small enough to stay random


def draw(groups: Mapping[str, np.ndarray], weights: Mapping[str, float], rng: np.random.Generator) -> np.ndarray:
    """One pass over a mix: of each group `weight` × its size examples, without repeats below weight 1."""
    parts = []
    for name, members in groups.items():
        whole, fraction = divmod(weights.get(name, 1.0), 1.0)
        parts += [members] * int(whole)
        parts.append(rng.permutation(members)[: round(fraction * len(members))])
    return rng.permutation(np.concatenate(parts)) if parts else np.array([], dtype=np.int64)


def bucket(order: np.ndarray, lengths: np.ndarray, max_tokens: int, rng: np.random.Generator) -> list[list[int]]:
    """Cut an order into batches whose padded size (longest × rows) stays within `max_tokens`, then shuffle them.

    lengths: the longer side of each example, in tokens. An example longer than `max_tokens` is a batch of its own.
    """
    batches: list[list[int]] = []
    for start in range(0, len(order), WINDOW):
        window = order[start : start + WINDOW]
        window = window[np.argsort(lengths[window], kind="stable")]
        current: list[int] = []
        for index in window:
            if current and lengths[index] * (len(current) + 1) > max_tokens:
                batches.append(current)
                current = []
            current.append(int(index))
        if current:
            batches.append(current)
    return [batches[i] for i in rng.permutation(len(batches))]


class TokenBatches:
    """A batch sampler. batches: `steps` of them, or those of `passes` passes when `steps` is None; a multiple of
    `multiple` (processes × accumulation), so that no process waits for another."""

    def __init__(
        self,
        lengths: np.ndarray,
        groups: Mapping[str, np.ndarray],
        weights: Mapping[str, float],
        max_tokens: int,
        seed: int,
        steps: int | None,
        passes: float = 1.0,
        multiple: int = 1,
    ) -> None:
        if not any(len(members) for members in groups.values()):
            raise ValueError("no examples to train on")
        self.batches: list[list[int]] = []
        number = 0
        while True:
            rng = np.random.default_rng([seed, number])
            one = bucket(draw(groups, weights, rng), lengths, max_tokens, rng)
            if not one:
                raise ValueError("the mix is empty: every weight rounds to no example")
            if number == 0:
                wanted = steps * multiple if steps else max(1, round(passes * len(one)))
                wanted = -(-wanted // multiple) * multiple
            self.batches += one
            number += 1
            if len(self.batches) >= wanted:
                break
        self.batches = self.batches[:wanted]
        self.per_pass = len(one)
        self.batch_size = None  # batches differ in size; accelerate asks for the attribute

    def __iter__(self) -> Iterator[list[int]]:
        return iter(self.batches)

    def __len__(self) -> int:
        return len(self.batches)


class Collator:
    """Pads a list of {"input_ids", "labels"} and adds the decoder's inputs in the family's own layout.

    Returns int64 tensors: input_ids, attention_mask (rows × source length); labels, decoder_input_ids (rows × target
    length). Labels are padded with -100. Rows with hypotheses add those of all rows together: hypotheses, laid out like
    labels, hypothesis_inputs, rows (which row each is of) and gains.
    """

    def __init__(self, codec: Any) -> None:
        self.codec = codec

    def __call__(self, rows: Sequence[Mapping[str, Sequence[Any]]]) -> dict[str, Any]:
        sources = self._pad([row["input_ids"] for row in rows], self.codec.pad_id)
        labels = self._pad([row["labels"] for row in rows], -100)
        decoder = self._pad([self.codec.decoder_inputs(row["labels"]) for row in rows], self.codec.pad_id)
        mask = self._pad([[1] * len(row["input_ids"]) for row in rows], 0)
        batch = {"input_ids": sources, "attention_mask": mask, "labels": labels, "decoder_input_ids": decoder}
        if any(row.get("guide") for row in rows):
            from summarizer.training import guide

            batch["guide"] = guide.mask([row["guide"] for row in rows], labels.shape[1], sources.shape[1])
        hypotheses = [(i, ids) for i, row in enumerate(rows) for ids in row.get("hypotheses") or ()]
        if hypotheses:
            import torch

            batch["hypotheses"] = self._pad([ids for _, ids in hypotheses], -100)
            inputs = [self.codec.decoder_inputs(ids) for _, ids in hypotheses]
            batch["hypothesis_inputs"] = self._pad(inputs, self.codec.pad_id)
            batch["rows"] = torch.tensor([i for i, _ in hypotheses])
            batch["gains"] = torch.tensor([gain for row in rows for gain in row.get("gains") or ()])
        return batch

    @staticmethod
    def _pad(rows: Sequence[Sequence[int]], value: int) -> Any:
        import torch

        width = max(map(len, rows))
        padded = torch.full((len(rows), width), value, dtype=torch.long)
        for r, row in enumerate(rows):
            padded[r, : len(row)] = torch.as_tensor(row, dtype=torch.long)
        return padded
