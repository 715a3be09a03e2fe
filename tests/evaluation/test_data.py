"""Readers of articles, pairs and outputs: every accepted shape, and a clear error for each wrong one."""

import gzip
import json

import pytest

from summarizer.errors import InputError
from summarizer.evaluation.data import is_sentences, read_articles, read_pairs
from summarizer.evaluation.systems import read_outputs

TEXT = "रूस (Russia) ने समझौता रोक दिया है. गौरतलब है कि यूक्रेन (Ukrane) ने सूरजमुखी तेल (unclear) भेजा था. रूस अब बात करेगा."
GLOSSES = [
    {"hi": "रूस", "en": "Russia", "status": "valid", "correct": "Russia"},
    {"hi": "यूक्रेन", "en": "Ukrane", "status": "misspelt", "correct": "Ukraine"},
    {"hi": "सूरजमुखी तेल", "en": "unclear", "status": "placeholder", "correct": "sunflower oil"},
]


def write(path, *items):
    path.write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), encoding="utf-8")
    return path


def sample(**more):
    return {"id": "a", "text": TEXT, "bullets": [{"en": "Russia stopped the deal.", "sentences": [0]}]} | more


def test_sample_format(tmp_path):
    body = ["रूस (Russia) ने समझौता रोक दिया है.", "गौरतलब है कि यूक्रेन (Ukrane) ने सूरजमुखी तेल (unclear) भेजा था."]
    item = sample(glosses=GLOSSES, body_sentences=body, translations=["Russia stopped.", "Ukraine sent oil."])
    (example,) = read_articles(write(tmp_path / "a.jsonl", item))
    assert example.reference == "Russia stopped the deal."
    printed = [(a.hi, a.en, a.gloss, a.status, a.origin) for a in example.anchors]
    assert ("यूक्रेन", "Ukraine", "Ukrane", "misspelt", "article") in printed
    assert ("सूरजमुखी तेल", "sunflower oil", "unclear", "placeholder", "article") in printed
    assert ("रूस", "Russia", "", "valid", "mention") in printed  # the bare one at the end
    for anchor in example.anchors:
        assert example.sentences[anchor.sentence].text[anchor.start : anchor.end] == anchor.hi
    # the lead-in that segmentation sets aside does not part a sentence from its translation
    assert sorted(example.translations.values()) == ["Russia stopped.", "Ukraine sent oil."]


def test_other_formats(tmp_path):
    items = [
        {"id": 1, "text": TEXT, "summary": "One.\nTwo."},
        {"source_url": "http://x", "target_url": "http://y", "text": TEXT, "summary": "CrossSum."},
        {"article": TEXT, "bullets": ["First.", " Second. "]},
    ]
    examples = read_articles(write(tmp_path / "a.jsonl", *items))
    assert [e.reference for e in examples] == ["One.\nTwo.", "CrossSum.", "First.\nSecond."]
    assert [e.id for e in examples][:2] == ["1", "http://x"]
    assert examples[2].id.endswith("a.jsonl:3")
    assert "Russia" in {a.en for a in examples[0].anchors}  # found by the package where none are given
    assert len(read_articles(tmp_path / "a.jsonl", limit=2)) == 2


def test_articles_of_translated_sentences(tmp_path):
    pairs = [
        {"hi": "रूस (Russia) ने समझौता रोक दिया है.", "en": "Russia stopped the deal."},
        {"hi": "मंत्री ने कहा.", "en": "He said so."},
    ]
    item = {"id": "a", "sentences": pairs, "bullets": [{"en": "The deal is off.", "sentences": [0]}]}
    (example,) = read_articles(write(tmp_path / "a.jsonl", item))
    assert [s.text for s in example.body] == [p["hi"] for p in pairs]
    assert list(example.translations.values()) == [p["en"] for p in pairs]
    assert example.reference == "The deal is off."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{broken\n", "a.jsonl:1: not JSON"),
        ("[1]\n", "a.jsonl:1: a list, not an object"),
        ('{"id": "a", "summary": "x"}\n', "no article"),
        ('{"id": "a", "sentences": ["रूस ने कहा."], "bullets": ["x"]}\n', "no article"),
        ('{"id": "a", "text": "रूस ने कहा."}\n', "no reference"),
        ("\n", "no articles in it"),
        ('{"id": "a", "text": "रूस.", "summary": "x"}\n' * 2, "comes twice"),
    ],
)
def test_bad_articles(tmp_path, content, message):
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_articles(tmp_path / "a.jsonl")


def test_pairs(tmp_path):
    path = tmp_path / "dev.tsv.gz"
    path.write_bytes(gzip.compress("रूस\tRussia\nदिल्ली\tDelhi\tmore\n".encode()))
    assert is_sentences(path)
    assert not is_sentences(tmp_path / "a.jsonl")
    assert read_pairs(path) == [("रूस", "Russia"), ("दिल्ली", "Delhi")]
    (tmp_path / "bad.tsv").write_text("रूस\n")
    with pytest.raises(InputError, match="bad.tsv:1: fewer than two"):
        read_pairs(tmp_path / "bad.tsv")
    path.write_bytes(b"no gzip")
    with pytest.raises(InputError, match="cannot be read"):
        read_pairs(path)


def test_outputs(tmp_path):
    examples = read_articles(write(tmp_path / "a.jsonl", sample(), sample(id="b")))
    rich = {"id": "b", "bullets": [{"text": "Two.", "sources": [{"index": 1}]}, {"text": "Three.", "sources": []}]}
    outputs = read_outputs(write(tmp_path / "o.jsonl", rich, {"id": "a", "bullets": ["One."]}), examples)
    assert [o.text for o in outputs] == ["One.", "Two.\nThree."]
    assert outputs[0].bullets[0].sources is None
    assert outputs[1].bullets[0].sources == (1,)
    with pytest.raises(InputError, match="no output for 1 of 2 articles, such as 'b'"):
        read_outputs(write(tmp_path / "o.jsonl", {"id": "a", "bullets": []}), examples)
    with pytest.raises(InputError, match="a bullet without text"):
        read_outputs(write(tmp_path / "o.jsonl", {"id": "a", "bullets": [3]}), examples)
