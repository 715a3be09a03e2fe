"""Scores of whole outputs: perfect ones perfect, others' ones low, ceilings and shares by hand; oracle selection."""

import json
from pathlib import Path

import pytest

from summarizer.evaluation.data import Output, OutputBullet, read_articles
from summarizer.evaluation.oracle import oracle
from summarizer.evaluation.scoring import score

DEV = Path(__file__).resolve().parents[3] / "shared" / "articles" / "dev.jsonl"
BODY = [
    "रूस (Russia) ने सोमवार को 5 जहाज रोके.",
    "यूक्रेन (Ukraine) ने सूरजमुखी तेल (unclear) भेजा था.",
    "मौसम साफ रहा और लोग घूमने निकले.",
]
TRANSLATIONS = ["Russia stopped 5 ships on Monday.", "Ukraine had sent sunflower oil.", "The weather was clear."]


@pytest.fixture
def example(tmp_path):
    item = {
        "id": "a",
        "text": " ".join(BODY),
        "bullets": ["Russia stopped 5 ships.", "Ukraine had sent sunflower oil."],
        "body_sentences": BODY,
        "translations": TRANSLATIONS,
        "glosses": [
            {"hi": "रूस", "en": "Russia", "status": "valid", "correct": "Russia"},
            {"hi": "यूक्रेन", "en": "Ukraine", "status": "valid", "correct": "Ukraine"},
            {"hi": "सूरजमुखी तेल", "en": "unclear", "status": "placeholder", "correct": "sunflower oil"},
        ],
    }
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(item, ensure_ascii=False), encoding="utf-8")
    return read_articles(path)[0]


def output(*bullets):
    return Output(tuple(OutputBullet(*bullet) for bullet in bullets))


def test_the_reference_itself(example):
    found = score(example, output(("Russia stopped 5 ships.", (0,)), ("Ukraine had sent sunflower oil.", (1,))))
    assert found.values["anchor_recall"] == (3, 3)
    assert found.values["recall_ceiling"] == (3, 3)
    assert found.values["anchor_kept"] == (3, 3)
    assert found.values["anchor_consistency"] == (3, 3)
    assert found.status_recall["placeholder"] == (1, 1)
    for key in ("placeholder_leaks", "misspelt_leaks", "bad_numbers", "bad_names"):
        assert found.values[key][0] == 0


def test_everything_wrong(example):
    found = score(example, output(("Rusia stopped 7 ships near Wuhan.", (0,)), ("Oil (unclear) was sent.", (1,))))
    assert found.values["anchor_recall"] == (0, 3)
    assert found.values["recall_ceiling"] == (3, 3)  # the sentences were right, the English was not
    assert found.values["anchor_kept"] == (0, 3)
    assert found.values["anchor_consistency"] == (0, 1)  # Rusia
    assert found.values["placeholder_leaks"] == (1, 1)
    assert found.values["bad_numbers"] == (1, 2)
    assert found.values["bad_names"] == (1, 2)
    assert found.bullets[0].numbers == ("7",)
    assert found.bullets[0].names == ("Wuhan",)


def test_wrong_sentences_lower_the_ceiling(example):
    found = score(example, output(("The weather was clear.", (2,)), ("Russia stopped 5 ships on Monday.", (0,))))
    assert found.values["recall_ceiling"] == (1, 3)
    assert found.values["anchor_recall"] == (1, 3)


def test_unknown_sources_are_judged_by_the_whole_article(example):
    found = score(example, output(("Russia stopped 5 ships, Ukraine said.",)))
    assert found.values["bad_numbers"] == (0, 1)
    assert found.values["recall_ceiling"] == (0, 0)
    assert found.values["anchor_kept"] == (0, 0)


def test_a_number_of_another_sentence_is_unsupported(example):
    found = score(example, output(("Ukraine had sent 5 tonnes of sunflower oil.", (1,))))
    assert found.values["bad_numbers"] == (1, 1)


def test_a_negation_that_no_source_has(example):
    found = score(example, output(("Russia did not stop 5 ships.", (0,)), ("Ukraine had sent sunflower oil.", (1,))))
    assert found.values["bad_negation"] == (1, 2) and found.bullets[0].negation == "invented"


def test_no_output(example):
    found = score(example, Output(()))
    assert found.values["anchor_recall"] == (0, 3)
    assert found.values["bad_names"] == (0, 0)


def test_oracle_takes_what_the_reference_says():
    english = dict(enumerate(TRANSLATIONS))
    assert oracle(english, "Russia stopped 5 ships.\nUkraine had sent sunflower oil.") == [0, 1]
    assert oracle(english, "The weather was clear on Monday.", limit=1) == [2]
    assert oracle({}, "Russia.") == []
    assert oracle(english, "zzz") == []


@pytest.mark.skipif(not DEV.exists(), reason="the sample articles are not beside the project")
def test_sample_articles_references_perfect_and_shuffled_low():
    examples = read_articles(DEV, limit=8)
    assert all(len(e.translations) == len(e.body) for e in examples)

    def share(outputs, key):
        pairs = [score(e, o).values[key] for e, o in zip(examples, outputs, strict=True)]
        return sum(p[0] for p in pairs) / sum(p[1] for p in pairs)

    perfect = [output(*((line,) for line in e.reference.splitlines())) for e in examples]
    shuffled = perfect[1:] + perfect[:1]
    assert share(perfect, "anchor_recall") == 1
    assert share(perfect, "anchor_consistency") == 1
    assert share(perfect, "bad_numbers") < 0.05
    assert share(perfect, "bad_names") < 0.05
    assert share(shuffled, "anchor_recall") < 0.1
    assert share(shuffled, "bad_names") > 0.3
    assert share(shuffled, "bad_numbers") > 0.2
