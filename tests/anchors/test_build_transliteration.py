"""What the spelling tables are estimated from: sentence pairs read word by word, words in their usual case."""

import gzip
import importlib.util
import json
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_transliteration.py"


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build_transliteration", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_words_are_paired_by_their_sound(build):
    found = build.readings("निकोलाई कुदाशेव ने बैठक की", "Nikolai Kudashev's meeting")
    assert [(word, reading) for word, reading, _ in found] == [
        ("निकोलाई", "Nikolai"),
        ("कुदाशेव", "Kudashev"),
        ("ने", None),
        ("बैठक", None),
        ("की", None),
    ]


def test_sentences_of_both_kinds_of_file(build, tmp_path):
    pairs, articles = tmp_path / "a.tsv.gz", tmp_path / "b.jsonl.gz"
    with gzip.open(pairs, "wt", encoding="utf-8") as file:
        file.write("एक\tone\n")
    with gzip.open(articles, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"sentences": [{"hi": "दो", "en": "two"}]}) + "\n")
    assert list(build.sentence_pairs([pairs, articles])) == [("एक", "one"), ("दो", "two")]


def test_the_usual_case_and_no_sounds_of_function_words(build, monkeypatch):
    monkeypatch.setattr(build, "FUNCTION_WORDS", 1)
    words = build.Words()
    for _ in range(3):
        words.add("The bowler saw the keeper and Brendon McCullum saw the bowler")
    rows = {word: rest for word, *rest in words.rows()}
    assert rows["McCullum"] == ["3", "mklm"] and rows["Brendon"][0] == "3" and rows["bowler"][0] == "6"
    assert rows["the"] == ["9"] and "The" not in rows


def test_a_model_of_a_few_names_spells_another(build):
    names = (("राम", "ram"), ("रमन", "raman"), ("मनन", "manan"), ("नमन", "naman"))
    model = build.train([(build.signs(hindi), latin) for hindi, latin in names * 3])
    assert max(model.spell(build.signs("मन")).items(), key=lambda pair: pair[1])[0] == "man"
    assert model.score(build.signs("मन"), "man") > model.score(build.signs("मन"), "xyz") == float("-inf")


def test_the_held_out_tenth(build):
    names = [chr(0x0915 + i) + chr(0x0930 + j) for i in range(30) for j in range(9)]
    share = sum(build.is_held_out(name, "NEWS-2012") for name in names) / len(names)
    assert 0.05 < share < 0.16 and not any(build.is_held_out(name, "Wikipedia person facts") for name in names)
