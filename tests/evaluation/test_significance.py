"""Intervals and paired tests: hand-worked ratios, real and null differences, fixed seeds."""

import math

import numpy as np
import pytest

from summarizer.evaluation.significance import compare, estimate


def test_ratio_of_sums_not_mean_of_ratios():
    assert estimate([(1, 1), (0, 9)]).value == pytest.approx(0.1)
    assert estimate([(0.2, 1), (0.4, 1)]).value == pytest.approx(0.3)


def test_interval_holds_the_value_and_narrows_with_articles():
    rng = np.random.default_rng(1)
    few, many = (estimate([(v, 1) for v in rng.normal(0.4, 0.1, n)]) for n in (20, 500))
    assert few.low < few.value < few.high
    assert many.high - many.low < (few.high - few.low) / 2
    # the percentile interval of a mean is close to 1.96 standard errors to each side
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.1 / math.sqrt(500), rel=0.15)


def test_constant_scores_have_no_spread():
    found = estimate([(1, 1)] * 5)
    assert (found.value, found.low, found.high) == (1, 1, 1)


def test_nothing_counted_is_no_number():
    assert math.isnan(estimate([(0, 0), (0, 0)]).value)
    assert math.isnan(estimate([]).value)
    assert math.isnan(compare([(0, 0)], [(0, 0)]).difference)


def test_a_real_difference_is_found_and_none_is_not():
    rng = np.random.default_rng(2)
    base = rng.normal(0.3, 0.1, 40)
    better = compare([(v + 0.05, 1) for v in base], [(v, 1) for v in base])
    assert better.difference == pytest.approx(0.05)
    assert better.p_bootstrap < 0.01
    assert better.p_randomisation < 0.01
    noise = compare([(v, 1) for v in base + rng.normal(0, 0.05, 40)], [(v, 1) for v in base])
    assert noise.p_bootstrap > 0.05
    assert noise.p_randomisation > 0.05
    assert noise.low < 0 < noise.high


def test_pairing_matters():
    rng = np.random.default_rng(3)
    base = rng.normal(0.3, 0.1, 30)
    system = base + 0.02
    assert compare([(v, 1) for v in system], [(v, 1) for v in base]).p_randomisation < 0.01
    unpaired = rng.permutation(system)
    assert compare([(v, 1) for v in unpaired], [(v, 1) for v in base]).p_randomisation > 0.05


def test_equal_systems_are_never_significant():
    pairs = [(0.1 * i, 1) for i in range(10)]
    found = compare(pairs, pairs)
    assert (found.difference, found.p_bootstrap, found.p_randomisation) == (0, 1, 1)


def test_exact_small_case():
    # four articles, all in favour: swapping leaves |difference| as large only when all or none are swapped, 2 of 16
    found = compare([(1, 1)] * 4, [(0, 1)] * 4, resamples=20000)
    assert found.p_randomisation == pytest.approx(2 / 16, abs=0.01)


def test_the_same_seed_gives_the_same_figures():
    pairs = [(0.1, 1), (0.5, 1), (0.4, 1)]
    other = [(0.2, 1), (0.3, 1), (0.4, 1)]
    assert compare(pairs, other) == compare(pairs, other)
    assert estimate(pairs, seed=1) == estimate(pairs, seed=1)


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="1 and 2 articles"):
        compare([(1, 1)], [(1, 1), (0, 1)])
