"""Batches by tokens: full, even, fixed by a seed, weighted as asked."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from summarizer.training.batching import TokenBatches, bucket, draw

LENGTHS = np.random.default_rng(0).integers(5, 90, 3000)
GROUPS = {"a": np.arange(0, 2000), "b": np.arange(2000, 3000)}


def make(**changes) -> TokenBatches:
    settings = {"max_tokens": 600, "seed": 3, "steps": None, "passes": 1.0, "multiple": 1} | changes
    weights = settings.pop("weights", {"a": 1.0, "b": 1.0})
    return TokenBatches(LENGTHS, GROUPS, weights, **settings)


def test_batches_stay_within_the_tokens_and_hold_every_example_once() -> None:
    batches = list(make())
    assert all(max(LENGTHS[b]) * len(b) <= 600 for b in batches)
    assert sorted(i for b in batches for i in b) == list(range(3000))
    padded = sum(max(LENGTHS[b]) * len(b) for b in batches)
    assert LENGTHS.sum() / padded > 0.9  # little padding: lengths inside a batch are alike


def test_an_example_longer_than_the_limit_is_a_batch_of_its_own() -> None:
    batches = bucket(np.arange(3), np.array([10, 5000, 12]), 100, np.random.default_rng(0))
    assert sorted(map(sorted, batches)) == [[0, 2], [1]]


def test_same_seed_same_order_another_seed_another() -> None:
    assert list(make()) == list(make())
    assert list(make()) != list(make(seed=4))


def test_weights_repeat_and_thin_out_groups() -> None:
    counts = Counter(draw(GROUPS, {"a": 0.25, "b": 2.5}, np.random.default_rng(0)).tolist())
    assert sum(counts[i] for i in GROUPS["a"]) == 500
    assert sum(counts[i] for i in GROUPS["b"]) == 2500
    assert {counts[i] for i in GROUPS["b"].tolist()} == {2, 3}


def test_steps_go_on_over_passes_and_fill_every_process() -> None:
    batches = make(steps=400, multiple=2)
    assert len(batches) == 800
    one_pass = batches.per_pass
    assert sorted(i for b in list(batches)[:one_pass] for i in b) != list(batches)[:one_pass]
    assert list(batches)[:one_pass] != list(batches)[one_pass : 2 * one_pass]  # each pass is shuffled anew


def test_nothing_to_train_on_is_an_error() -> None:
    with pytest.raises(ValueError, match="no examples"):
        TokenBatches(LENGTHS, {}, {}, 100, 0, 5)
    with pytest.raises(ValueError, match="empty"):
        make(weights={"a": 0.0, "b": 0.0})
