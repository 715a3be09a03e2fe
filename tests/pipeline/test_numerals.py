"""A garbled figure is set right when there is one way to, and left (to be refused) otherwise."""

from __future__ import annotations

import pytest

from summarizer.pipeline.numerals import english, mend
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


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It costs 20 rupees and 30 paise.", "लागत 25 रुपये 35 पैसे है।"),  # which is which?
        ("It rose 50 per cent.", "5 अगस्त को यह बढ़ा।"),  # a date is no percentage
        ("It costs 20 rupees.", "लागत बढ़ी है।"),
        ("It costs 25 rupees.", "लागत 25 रुपये है।"),
        ("Twenty died.", "25 लोग मारे गए।"),
    ],
)
def test_anything_else_is_left(text: str, source: str) -> None:
    assert mend(text, [source]) == text
