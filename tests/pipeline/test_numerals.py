"""A garbled figure is set right when there is one way to, and left (to be refused) otherwise."""

from __future__ import annotations

import pytest

from summarizer.pipeline.numerals import dated, english, mend
from summarizer.text.numbers import find_numbers


@pytest.mark.parametrize(
    ("hindi", "expected"),
    [
        ("2,319 करोड़", "2,319 crore"),
        ("95 लाख", "95 lakh"),
        ("10 हज़ार", "10 thousand"),
        ("30 फीसदी", "30 per cent"),
        ("8.2%", "8.2 per cent"),
        ("२४", "24"),
        ("10वीं", "10th"),
        ("22वें", "22nd"),
    ],
)
def test_hindi_figures_in_english(hindi: str, expected: str) -> None:
    assert english(find_numbers(hindi)[0]) == expected


def test_number_words_are_not_figures() -> None:
    assert english(find_numbers("तीन लोग")[0]) is None


def test_one_wrong_for_one_missing() -> None:
    assert mend("It costs 2,139 crore rupees.", ["लागत 2,319 करोड़ रुपये है।"]) == "It costs 2,319 crore rupees."
    assert mend("Wheat rose 50 per cent.", ["गेहूं 5 फीसदी बढ़ा।"]) == "Wheat rose 5 per cent."


def test_a_figure_in_pieces_is_one() -> None:
    assert mend("A park of 4-50 megawatts.", ["2,450 मेगावाट का पार्क।"]) == "A park of 2,450 megawatts."
    assert mend("It fell to 14,84, by 21.", ["यह 21 गिरकर 14,248 पर आया।"]) == "It fell to 14,248, by 21."


def test_a_season_is_whole() -> None:
    assert mend("In 2023 it grew.", ["2023-24 में यह बढ़ा।"]) == "In 2023-24 it grew."
    for text, source in (
        ("In 2023-24, not 2023.", "2023-24 में।"),
        ("In 2023 it grew.", "2023-25 में।"),
        ("In 2023 it grew.", "2023-24 में, 2023 में।"),
    ):
        assert mend(text, [source]) == text


@pytest.mark.parametrize(
    ("text", "hindi", "expected"),
    [
        (
            "They said on Sunday 10 that all are well.",
            "रविवार (10 मार्च) को",
            "They said on Sunday (March 10) that all are well.",
        ),
        ("On Friday 5.", "शुक्रवार (५ अप्रैल 2024) को", "On Friday (April 5, 2024)."),
        (
            "Captain Abhinav Lakra 24 scored.",
            "कप्तान अभिनव लाकड़ा (२४) ने गोल किया।",
            "Captain Abhinav Lakra (24) scored.",
        ),
    ],
)
def test_a_figure_that_lost_its_brackets_gets_them_back(text: str, hindi: str, expected: str) -> None:
    assert mend(text, [hindi]) == expected


@pytest.mark.parametrize(
    ("text", "hindi"),
    [
        ("On Sunday 10 March it rained.", "रविवार (10 मार्च) को"),
        ("On Sunday 10.5 mm fell.", "रविवार (10 मार्च) को 10.5 मिमी"),
        ("On Sunday 10 people came.", "रविवार को 10 लोग आए।"),
        ("Delhi 24 hours later.", "दिल्ली में 24 घंटे बाद लाकड़ा (24) आए।"),  # two figures 24
    ],
)
def test_a_figure_without_brackets_is_left(text: str, hindi: str) -> None:
    assert mend(text, [hindi]) == text


@pytest.mark.parametrize(
    ("text", "hindi", "expected"),
    [
        ("It was said on Saturday.", "शनिवार (22 मार्च) को", "It was said on Saturday (March 22)."),
        ("On Monday night it burst.", "सोमवार (४ नवंबर 2024) की रात", "On Monday night (November 4, 2024) it burst."),
        ("In Sunday's final on Sunday.", "रविवार (9 जून) को", "In Sunday's final on Sunday (June 9)."),
    ],
)
def test_a_lost_date_goes_back_behind_its_weekday(text: str, hindi: str, expected: str) -> None:
    assert dated(text, [hindi]) == expected


@pytest.mark.parametrize(
    ("text", "hindi"),
    [
        ("On Saturday (22 March) he said.", "शनिवार (22 मार्च) को"),
        ("On Saturday, March 22, he said.", "शनिवार (22 मार्च) को"),
        ("He said on Friday.", "शनिवार (22 मार्च) को"),
        ("He said on Saturday.", "शनिवार (22 मार्च) से शनिवार तक"),
        ("He said on Saturday.", "शनिवार (22 लोग) को"),
        ("He said on Saturday.", "शनिवार को, 22 मार्च तक"),
    ],
)
def test_what_may_be_another_date_is_left(text: str, hindi: str) -> None:
    assert dated(text, [hindi]) == text


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It costs 20 rupees and 30 paise.", "लागत 25 रुपये 35 पैसे है।"),  # which is which?
        ("It rose 50 per cent.", "5 अगस्त को यह बढ़ा।"),  # a date is no percentage
        ("It costs 20 rupees.", "लागत बढ़ी है।"),
        ("It costs 25 rupees.", "लागत 25 रुपये है।"),
        ("Twenty died.", "25 लोग मारे गए।"),
        ("It fell to 14,84, by 14.", "यह 14 गिरकर 24,248 पर आया।"),  # half of it is in the source by chance
    ],
)
def test_anything_else_is_left(text: str, source: str) -> None:
    assert mend(text, [source]) == text
