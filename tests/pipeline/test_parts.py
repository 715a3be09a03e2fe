"""Long sources in two parts: where they are cut, how the translations are joined, and when the joined text is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from summarizer.pipeline.parts import joined, splits
from summarizer.pipeline.prepare import Unit, prepare

RAIN = "भारत (India) में बारिश से 3 लोग मारे गए और नेपाल (Nepal) में 5 लोग घायल हुए हैं।"


def unit(text: str) -> Unit:
    article = prepare(text, None)
    return article.unit([s.index for s in article.body])


def cuts(text: str) -> list[tuple[str, str, str]]:
    return [(s.first, s.between, s.second) for s in splits(unit(text))]


def test_a_finite_verb_before_a_conjunction_ends_a_clause() -> None:
    ((first, between, second),) = cuts(RAIN)
    assert first == "भारत (India) में बारिश से 3 लोग मारे गए।"
    assert between == ", and "
    assert second == "नेपाल (Nepal) में 5 लोग घायल हुए हैं।"


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("इस बार गेहूं की फसल अच्छी हुई है, लेकिन मंडी में किसानों को दाम नहीं मिला।", ", but "),
        ("पहले दिन शहर में बहुत तेज बारिश हुई थी जबकि आज दिन भर धूप निकली रही।", ", while "),
        ("कल रात सेना के तीन जवान घायल हुए थे, उनका इलाज अस्पताल में चल रहा है।", ", and "),
    ],
)
def test_what_stands_between_the_clauses(text: str, between: str) -> None:
    assert [b for _, b, _ in cuts(text)] == [between]


@pytest.mark.parametrize(
    "text",
    [
        "राम और श्याम कल शाम को दिल्ली से मुंबई के लिए रवाना हो रहे हैं।",  # two nouns
        "वह आया था और उसने सभी लोगों से विस्तार से बात की।",  # a part of three words
        "यह वही पुल है, जो पिछले साल की भारी बारिश में टूट गया था।",  # leans on the clause before
        "सरकार ने सोमवार को किसानों के लिए नई योजना का ऐलान किया।",
    ],
)
def test_no_cut(text: str) -> None:
    assert cuts(text) == []


def test_a_group_is_cut_between_its_sentences() -> None:
    pair = unit("सरकार ने नई योजना का ऐलान किया। किसान इससे खुश नहीं हैं।")
    ((first, between, second),) = [(s.first, s.between, s.second) for s in splits(pair)]
    assert (first, between, second) == (pair.marked[0], " ", pair.marked[1])
    assert joined("The plan was announced", "The farmers are not happy.", " ", pair) == (
        "The plan was announced. The farmers are not happy."
    )


@pytest.mark.parametrize(
    ("second", "text"),
    [
        ("The people were injured.", "3 people died, and the people were injured."),
        ("Nepal saw 5 people injured.", "3 people died, and Nepal saw 5 people injured."),
        ("Injured were 5 people.", "3 people died, and injured were 5 people."),
        ("5 people were injured.", "3 people died, and 5 people were injured."),
    ],
)
def test_the_second_clause_begins_with_a_capital_only_where_a_name_does(second: str, text: str) -> None:
    assert joined("3 people died.", second, ", and ", unit(RAIN)) == text


def test_the_parts_are_taken_where_the_whole_loses_something(scripted: Callable) -> None:
    script = {
        "गए और": ["3 people died in India in the rain."],
        "मारे गए": ["3 people died in India in the rain."],
        "घायल": ["In Nepal, 5 people were injured."],
    }
    whole = "3 people died in India in the rain, and in Nepal, 5 people were injured."
    assert scripted(script)[0].translate([RAIN]) == [whole]
    assert scripted(script)[0].summarize(RAIN).bullets[0].text == whole
    assert scripted(script, rescoring=False)[0].translate([RAIN]) == ["3 people died in India in the rain."]


def test_a_faithful_whole_beats_its_parts(scripted: Callable) -> None:
    whole = "3 people died in India in the rain, while 5 people were injured in Nepal."
    script = {"गए और": [whole], "मारे गए": ["3 people died in India."], "घायल": ["5 people were injured in Nepal."]}
    assert scripted(script)[0].translate([RAIN]) == [whole]
