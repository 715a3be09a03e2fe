"""What rises in the source must not fall in the translation."""

from __future__ import annotations

import pytest

from summarizer.text.direction import reversed_direction

ROSE = "दुनिया भर में गेहूं के दाम 5 फीसदी से ज्यादा उछल गए थे।"
FELL = "फरवरी में निर्यात में 3 फीसदी की गिरावट आई।"


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        (ROSE, "Wheat prices dropped more than 5 per cent across the world."),
        ("बैंक ने ब्याज दर बढ़ाने का फैसला किया।", "The bank decided to reduce the interest rate."),
        (FELL, "Exports rose 3 percent in February."),
    ],
)
def test_reversed(source: str, hypothesis: str) -> None:
    assert reversed_direction(hypothesis, [source])


@pytest.mark.parametrize(
    ("source", "hypothesis"),
    [
        (ROSE, "Wheat prices jumped more than 5 per cent across the world."),
        (ROSE, "Wheat became 5 per cent dearer across the world."),  # no word of a direction
        (FELL, "Exports fell 3 percent in February."),
        (ROSE + " " + FELL, "Exports fell 3 percent in February."),  # the source has both
        ("सेना आगे बढ़ रही है।", "The army is moving down stream."),
        ("वह बढ़ई का काम करता है।", "He does less work as a carpenter."),  # a carpenter is no rise
        ("सरकार ने बयान जारी किया।", "The government reduced the tax."),
    ],
)
def test_not_reversed(source: str, hypothesis: str) -> None:
    assert not reversed_direction(hypothesis, [source])
