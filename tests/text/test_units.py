"""Units that a translation makes up are found, those that Hindi writes otherwise or leaves out are not."""

from __future__ import annotations

import pytest

from summarizer.text.units import unsupported_units


@pytest.mark.parametrize(
    ("hypothesis", "source", "units"),
    [
        ("The fence costs 38 crore rupees.", "बाड़ पर 38 करोड़ यूरो खर्च होंगे।", ["rupee"]),
        ("The target was Rs 3.73 crore.", "लक्ष्य 3.73 करोड़ टन का था।", ["rupee"]),
        ("Queues of kilometres formed.", "मीलों लंबी कतारें थीं।", ["kilometre"]),
        ("Prices rose 5 per cent to 20 dollars.", "दाम 5 रुपये बढ़कर 20 हो गए।", ["per cent", "dollar"]),
    ],
)
def test_found(hypothesis: str, source: str, units: list[str]) -> None:
    assert unsupported_units(hypothesis, [source]) == units


@pytest.mark.parametrize(
    ("hypothesis", "source"),
    [
        ("A fine of Rs 2 lakh was imposed.", "दो लाख का जुर्माना लगाया गया।"),  # rupees go without saying
        ("It costs Rs 20 or 5 dollars.", "इसका दाम 20 रुपये या 5 डॉलर है।"),
        ("It is 40 km away, 5% more.", "यह 40 किमी दूर है, 5 फीसदी ज्यादा।"),
        ("Kim Tonson of Milestone won.", "माइलस्टोन के किम टॉनसन जीते।"),
        ("He scored 100 percentile.", "उसने 100 पर्सेंटाइल पाए।"),
    ],
)
def test_not_found(hypothesis: str, source: str) -> None:
    assert unsupported_units(hypothesis, [source]) == []
