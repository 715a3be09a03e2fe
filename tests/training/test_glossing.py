"""Glosses made from alignments: where they may stand, what they may say, and what must never change."""

from __future__ import annotations

import random

import pytest

from summarizer.training.glossing import PLACEHOLDERS, Glosser, Glossing, candidates, misspell

SOURCE = "रूस के राष्ट्रपति व्लादिमीर पुतिन ने सोमवार को मॉस्को में पत्रकारों से बात की।"
TARGET = "On Monday Russia's President Vladimir Putin spoke to reporters in Moscow."
LINKS = [(0, 2), (2, 3), (3, 4), (4, 5), (6, 1), (8, 10), (10, 8), (12, 6)]
NAMES = ["Anil", "Medvedev"]


def glosser(seed: int = 1, **options) -> Glosser:
    shares = {"placeholder": 0.0, "misspelt": 0.0, "misplaced": 0.0, "swapped": 0.0, "title_case": 0.0} | options
    return Glosser(Glossing(**shares), seed, NAMES)


def test_spans_are_names_and_nouns_with_their_hindi_words() -> None:
    found = {s.text: " ".join(SOURCE.split()[s.first : s.last + 1]) for s in candidates(SOURCE, TARGET, LINKS)}
    assert found["President Vladimir Putin"] == "राष्ट्रपति व्लादिमीर पुतिन"
    assert found["Moscow"] == "मॉस्को"
    assert found["reporters"] == "पत्रकारों"
    assert not {"to", "in", "On"} & set(found)


def test_a_gloss_follows_its_words_and_punctuation_follows_the_gloss() -> None:
    outcomes = [glosser(seed, all_names=1.0).gloss(SOURCE, TARGET, LINKS) for seed in range(20)]
    for outcome in outcomes:
        assert outcome is not None
        source, target, _ = outcome
        assert "पुतिन ( President Vladimir Putin ) ने" in source
        assert target == TARGET
    comma = glosser(all_names=1.0).gloss("वे दिल्ली, मुंबई गए", "They went to Delhi, Mumbai", [(1, 3), (2, 4)])
    assert comma is not None and "दिल्ली ( Delhi )," in comma[0]


def test_numbers_and_bracketed_sources_are_left_alone() -> None:
    assert candidates("कुल 25 लोग", "In all 25 people", [(1, 2)]) == []
    assert glosser().gloss("रूस (Russia) में", "in Russia", [(0, 1)]) is None


@pytest.mark.parametrize("kind", ["placeholder", "misspelt", "misplaced"])
def test_broken_glosses_never_reach_the_target(kind: str) -> None:
    for seed in range(30):
        source, target, _ = glosser(seed, **{kind: 1.0}).gloss(SOURCE, TARGET, LINKS) or ("", TARGET, [])
        assert target == TARGET
        if kind == "placeholder":
            inside = [part.split(")")[0].strip() for part in source.split("(")[1:]]
            assert inside and set(inside) <= set(PLACEHOLDERS)


def test_a_swapped_name_stands_in_gloss_and_target() -> None:
    swapped = [glosser(seed, swapped=1.0, all_names=1.0).gloss(SOURCE, TARGET, LINKS) for seed in range(20)]
    hits = [(s, t) for s, t, _ in swapped if s != SOURCE and t != TARGET]  # type: ignore[misc]
    assert hits
    for source, target in hits:
        assert any(f"( {name} )" in source and name in target for name in NAMES)
        assert "Vladimir Putin" in target  # names of several words stay


def test_shuffled_moves_right_spellings_to_wrong_words() -> None:
    source, target, _ = glosser(mode="shuffled", all_names=1.0).gloss(SOURCE, TARGET, LINKS)  # type: ignore[misc]
    assert target == TARGET
    assert "पुतिन ( President Vladimir Putin )" not in source
    assert "( President Vladimir Putin )" in source


def test_none_and_seed() -> None:
    assert glosser(mode="none").gloss(SOURCE, TARGET, LINKS) is None
    one = [glosser(5).gloss(SOURCE, TARGET, LINKS) for _ in range(2)]
    assert one[0] == one[1]


def test_a_misspelling_is_one_edit_away_and_different_most_of_the_time() -> None:
    rng = random.Random(0)
    made = [misspell("Pyongyang", rng) for _ in range(50)]
    assert all(abs(len(m) - 9) <= 1 for m in made)
    assert sum(m != "Pyongyang" for m in made) > 40


def test_links_follow_the_words_to_the_gloss() -> None:
    source, target, links = glosser(all_names=1.0).gloss(SOURCE, TARGET, LINKS)  # type: ignore[misc]
    hindi, english = source.split(), target.split()
    pairs = {(hindi[i], english[j]) for i, j in links}
    assert {("Putin", "Putin"), ("Vladimir", "Vladimir"), ("Moscow", "Moscow.")} <= pairs
    assert ("सोमवार", "Monday") in pairs or ("Monday", "Monday") in pairs
    broken, target, links = glosser(placeholder=1.0, all_names=1.0).gloss(SOURCE, TARGET, LINKS)  # type: ignore[misc]
    assert ("पुतिन", "Putin") in {(broken.split()[i], target.split()[j]) for i, j in links}
