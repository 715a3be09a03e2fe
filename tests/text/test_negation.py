"""Negation: what is lost, what is made up, and what only looks like it."""

from __future__ import annotations

import pytest

from summarizer.text.negation import flipped


@pytest.mark.parametrize(
    ("hindi", "english", "expected"),
    [
        ("हमें पहली कटौती होती नहीं दिख रही है।", "We see the first cut before October.", "lost"),
        ("हमें पहली कटौती होती नहीं दिख रही है।", "We do not see a cut before October.", None),
        ("उन्होंने अनुमति नहीं दी।", "He refused permission.", None),
        ("इसका टीका अब तक नहीं बना है।", "A vaccine has yet to be made.", None),
        ("सरकार ने मदद दी।", "The government did not help.", "invented"),
        ("सरकार ने मदद दी।", "The government didn’t help.", "invented"),
        ("सरकार ने बिना शर्त मदद दी।", "The government helped without conditions.", None),
        ("वह 98 रन बनाकर नाबाद रहे।", "He remained not out on 98.", None),
        ("वह 22वें नंबर के खिलाड़ी हैं।", "He is the world No. 22.", None),
        ("जब तक जीत नहीं जाते, इंतजार करेंगे।", "We will wait until we win.", None),
        ("वह आएंगे या नहीं, यह तय होगा।", "Whether he comes will be decided.", None),
        ("नहीं तो हादसा हो सकता था।", "There could have been an accident.", None),
        ("नहींपुर में बारिश हुई।", "It rained in Nahinpur.", None),
    ],
)
def test_one_sentence(hindi: str, english: str, expected: str | None) -> None:
    assert flipped(english, [hindi]) == expected


def test_a_bullet_of_several_sentences_may_leave_the_negated_one_out() -> None:
    sources = ["सरकार ने मदद दी।", "विपक्ष ने साथ नहीं दिया।"]
    assert flipped("The government helped.", sources) is None
    assert flipped("The opposition did not support it.", sources) is None
    assert flipped("The government did not help.", sources[:1] * 2) == "invented"
