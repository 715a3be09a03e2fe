"""Figures swapped on both sides of a pair: the same ones, of the same shape, and nothing else."""

from __future__ import annotations

import random
import re

import pytest

from summarizer.training.renumbering import renumber

HINDI = "सेंसेक्स 21 अंक बढ़कर 74,248 पर बंद हुआ, 5 अप्रैल 2024 को दर 6.50 प्रतिशत रही।"
ENGLISH = "The Sensex rose 21 points to 74,248 on April 5, 2024, with the rate at 6.50 percent."
FIGURE = re.compile(r"\d[\d,.]*\d|\d")


@pytest.mark.parametrize("seed", range(20))
def test_both_sides_get_the_same_figures_of_the_same_shape(seed: int) -> None:
    source, target = renumber(HINDI, ENGLISH, random.Random(seed))
    assert FIGURE.sub("#", source) == FIGURE.sub("#", HINDI)
    assert FIGURE.sub("#", target) == FIGURE.sub("#", ENGLISH)
    assert sorted(FIGURE.findall(source)) == sorted(FIGURE.findall(target))
    day, points, year = "5", *re.findall(r"(\d+) अंक|अप्रैल (\d+)", source)
    assert day in FIGURE.findall(source), "one digit may be a word on the other side"
    assert 10 <= int(points[0]) <= 31 and year[1].startswith("20")
    assert re.search(r"[1-9]\d,\d{3} पर", source) and re.search(r"[1-9]\.\d\d प्रतिशत", source)


def test_figures_that_the_other_side_states_otherwise_stay() -> None:
    pairs = [
        ("1.5 लाख लोग", "150,000 people"),
        ("कुल 40 में से 40 लोग", "All 40 people"),
        ("साल 2024-25 में", "in 2024-25"),
    ]
    for source, target in pairs[:2]:
        assert renumber(source, target, random.Random(1)) == (source, target)
    source, target = renumber(*pairs[2], random.Random(1))
    assert source != pairs[2][0] and FIGURE.findall(source) == FIGURE.findall(target)
