"""BLEU and chrF through sacreBLEU."""

import pytest

from summarizer.evaluation.translation import chrf_each, translation_metrics

REFERENCES = [
    "Russia halted the grain deal on Monday, officials said.",
    "Police arrested three people in Bhopal after the clash.",
    "Heavy rain flooded several roads in Chennai overnight.",
]


def test_perfect_scores_perfect():
    scores = translation_metrics(REFERENCES, REFERENCES)
    assert scores["bleu"] == pytest.approx(100)
    assert scores["chrf"] == pytest.approx(100)
    assert chrf_each(REFERENCES, REFERENCES) == pytest.approx([100] * 3)


def test_shuffled_and_unrelated_score_low():
    scores = translation_metrics(REFERENCES[1:] + REFERENCES[:1], REFERENCES)
    assert scores["bleu"] < 10
    assert scores["chrf"] < 30
    assert translation_metrics(["zzz"] * 3, REFERENCES)["chrf"] < 2


def test_one_wrong_word_costs_little_and_more_cost_more():
    one = [r.replace("grain", "oil") for r in REFERENCES]
    two = [r.replace("arrested", "killed") for r in one]
    perfect, slight, worse = (translation_metrics(h, REFERENCES)["chrf"] for h in (REFERENCES, one, two))
    assert perfect > slight > worse > 80


def test_signatures_say_the_settings():
    scores = translation_metrics(REFERENCES, REFERENCES)
    assert "tok:13a" in scores["bleu_signature"]
    assert "nw:0" in scores["chrf_signature"]


def test_errors():
    with pytest.raises(ValueError, match="0 hypotheses"):
        translation_metrics([], [])
    with pytest.raises(ValueError, match="3 hypotheses for 1"):
        translation_metrics(REFERENCES, REFERENCES[:1])
