"""ROUGE: hand-worked cases, agreement with rouge_score, Devanagari, the module for the evaluate library."""

import random

import pytest

from summarizer.evaluation.metrics import ROUGE
from summarizer.evaluation.rouge import TYPES, DevanagariTokenizer, rouge, rouge_each, rouge_signature

REFERENCES = [
    "Russia halted the grain deal on Monday.\nTwo ships left Odesa.",
    "The court adjourned the hearing.\nPolice arrested three people in Bhopal.",
    "Heavy rain flooded roads in Chennai.\nSchools will stay shut until Friday.",
]


def test_hand_worked():
    scores = rouge_each(["the cat sat"], ["the cat ran home"])
    # unigrams: 2 of 3 and 2 of 4; bigrams: 1 of 2 and 1 of 3; the longest common subsequence is "the cat"
    assert scores["rouge1"][0] == pytest.approx(2 * (2 / 3) * (2 / 4) / (2 / 3 + 2 / 4))
    assert scores["rouge2"][0] == pytest.approx(2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3))
    assert scores["rougeL"][0] == scores["rouge1"][0]


def test_lsum_forgives_the_order_of_bullets_and_l_does_not():
    swapped = "\n".join(reversed(REFERENCES[0].split("\n")))
    scores = rouge_each([swapped], [REFERENCES[0]])
    assert scores["rougeLsum"][0] == pytest.approx(1.0)
    assert scores["rougeL"][0] < 0.8


def test_perfect_shuffled_and_empty():
    assert set(rouge(REFERENCES, REFERENCES).values()) == {100.0}
    shuffled = rouge(REFERENCES[1:] + REFERENCES[:1], REFERENCES)
    assert all(value < 40 for value in shuffled.values())
    assert set(rouge(["", "", ""], REFERENCES).values()) == {0.0}


def test_agrees_with_rouge_score():
    from rouge_score import rouge_scorer

    rng = random.Random(3)
    words = " ".join(REFERENCES).split() + ["running", "\n", "१२", "café", "U.S."]
    texts = [" ".join(rng.choices(words, k=rng.randint(0, 40))) for _ in range(60)]
    theirs = rouge_scorer.RougeScorer(list(TYPES), use_stemmer=True)
    ours = rouge_each(texts[:30], texts[30:])
    for i, (hypothesis, reference) in enumerate(zip(texts[:30], texts[30:], strict=True)):
        score = theirs.score(reference, hypothesis)
        assert all(abs(score[kind].fmeasure - ours[kind][i]) < 1e-9 for kind in TYPES)


def test_devanagari_is_kept_by_its_tokenizer_only():
    hindi = "रूस ने समझौता रोका। दो जहाज़ रवाना हुए"
    assert rouge([hindi], [hindi]) == dict.fromkeys(TYPES, 0.0)
    assert rouge([hindi], [hindi], tokenizer="devanagari") == dict.fromkeys(TYPES, 100.0)
    half = rouge(["रूस ने"], ["रूस ने समझौता रोका।"], tokenizer="devanagari")
    assert half["rouge1"] == pytest.approx(100 * 2 * 1.0 * 0.5 / 1.5)


def test_devanagari_tokenizer_agrees_on_english():
    from rouge_score.tokenizers import DefaultTokenizer

    text = "Police said 3,500 people's homes weren't damaged; U.S.-led relief is running."
    assert DevanagariTokenizer().tokenize(text) == DefaultTokenizer(use_stemmer=True).tokenize(text)
    assert DevanagariTokenizer().tokenize("जहाज़\u200d रवाना, १२ टन।") == ["जहाज़", "रवाना", "१२", "टन"]


def test_evaluate_loads_the_module_without_a_network(tmp_path, monkeypatch):
    import evaluate

    monkeypatch.setattr("evaluate.config.HF_EVALUATE_OFFLINE", True, raising=False)
    metric = evaluate.load(str(ROUGE), cache_dir=str(tmp_path), keep_in_memory=True)
    hypotheses = [r.replace("grain", "oil") for r in REFERENCES]
    each = metric.compute(predictions=hypotheses, references=REFERENCES, use_aggregator=False)
    assert each == rouge_each(hypotheses, REFERENCES)
    mean = metric.compute(predictions=hypotheses, references=REFERENCES)
    assert mean["rouge2"] == pytest.approx(sum(each["rouge2"]) / 3)


def test_signature_and_errors():
    assert "stem:porter" in rouge_signature()
    assert "tok:devanagari" in rouge_signature("devanagari")
    with pytest.raises(ValueError, match="2 hypotheses for 1"):
        rouge(["a", "b"], ["a"])
    with pytest.raises(ValueError, match="unknown"):
        rouge(["a"], ["a"], tokenizer="greek")
