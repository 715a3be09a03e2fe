"""Confidence intervals and paired tests for figures that are ratios of sums over articles.

Every figure of an evaluation is sum(numerator) / sum(denominator): with denominators of 1 a mean over articles (ROUGE),
else a share of everything counted (anchors). Articles are resampled or swapped, never single bullets, which are not
independent. Seeds are fixed, so the same outputs give the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from summarizer.evaluation.options import RESAMPLES, SEED

Pair = tuple[float, float]
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure with its percentile interval; NaN where nothing was counted."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """System minus baseline, with its interval; two-sided p by bootstrap and by approximate randomisation."""

    difference: float
    low: float
    high: float
    p_bootstrap: float
    p_randomisation: float


def estimate(pairs: Sequence[Pair], *, resamples: int = RESAMPLES, seed: int = SEED) -> Estimate:
    """The ratio of sums with its bootstrap interval (Efron 1979)."""
    table = _table(pairs)
    value = _ratio(table.sum(0))
    if not len(table) or np.isnan(value):
        return Estimate(float("nan"), float("nan"), float("nan"))
    low, high = _interval(_ratio(_resampled(table, resamples, seed)))
    return Estimate(float(value), low, high)


def compare(
    system: Sequence[Pair], baseline: Sequence[Pair], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Comparison:
    """Paired over the same articles in the same order: the paired bootstrap (Koehn 2004) resamples articles for both
    systems at once, approximate randomisation (Noreen 1989; Riezler & Maxwell 2005) swaps the systems' outputs.

    Raises ValueError for lists of different length.
    """
    if len(system) != len(baseline):
        raise ValueError(f"{len(system)} and {len(baseline)} articles; paired tests need the same ones")
    a, b = _table(system), _table(baseline)
    observed = float(_ratio(a.sum(0)) - _ratio(b.sum(0)))
    if np.isnan(observed):
        return Comparison(*[float("nan")] * 5)
    drawn = _ratio(_resampled(a, resamples, seed)) - _ratio(_resampled(b, resamples, seed))
    low, high = _interval(drawn)
    # Shifted to the null hypothesis: how often chance alone gives a difference as large (Efron & Tibshirani 1993, 16).
    p_bootstrap = _share(np.abs(drawn - observed) >= abs(observed) - 1e-12)
    swap = _swaps(len(a), resamples, seed)[..., None]
    one, other = np.where(swap, b, a).sum(1), np.where(swap, a, b).sum(1)
    shuffled = _ratio(one) - _ratio(other)
    p_randomisation = _share(np.abs(shuffled) >= abs(observed) - 1e-12)
    return Comparison(observed, low, high, p_bootstrap, p_randomisation)


def _table(pairs: Sequence[Pair]) -> np.ndarray:
    return np.asarray(pairs, dtype=float).reshape(-1, 2)


def _ratio(sums: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)


def _resampled(table: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    """Sums of resampled articles, (resamples, 2). One draw serves all systems: what makes the bootstrap paired."""
    return _counts(len(table), resamples, seed) @ table


@lru_cache(maxsize=8)
def _counts(articles: int, resamples: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).multinomial(articles, [1 / articles] * articles, size=resamples).astype(float)


@lru_cache(maxsize=8)
def _swaps(articles: int, resamples: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((resamples, articles)) < 0.5


def _interval(drawn: np.ndarray) -> tuple[float, float]:
    low, high = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _share(hits: np.ndarray) -> float:
    """(hits + 1) / (draws + 1), so that no p is zero."""
    return float((hits.sum() + 1) / (len(hits) + 1))
