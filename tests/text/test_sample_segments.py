"""Figures of `segment` on the development split of the glossed sample articles, kept from falling."""

import json
from pathlib import Path

import pytest

from summarizer.text import normalise, segment
from summarizer.text.leads import filler_end

SAMPLE = Path(__file__).resolve().parents[2].parent / "shared" / "articles" / "dev.jsonl"


def without_filler(text):
    return text[filler_end(text) :]


@pytest.fixture(scope="module")
def counts():
    if not SAMPLE.exists():
        pytest.skip(f"the sample articles are not at {SAMPLE}")
    right, found, wanted = {}, {}, {}
    for line in SAMPLE.read_text("utf-8").splitlines():
        article = json.loads(line)
        sentences = segment(article["text"])
        for role, key in (("body", "body_sentences"), ("subhead", "subheads"), ("boilerplate", "boilerplate")):
            gold = {normalise(text).text for text in article[key]}
            if role == "body":
                gold = {without_filler(text) for text in gold}
            got = {s.text for s in sentences if s.role == role}
            right[role] = right.get(role, 0) + len(gold & got)
            found[role] = found.get(role, 0) + len(got)
            wanted[role] = wanted.get(role, 0) + len(gold)
    return right, found, wanted


@pytest.mark.parametrize(("role", "least"), [("body", 0.99), ("subhead", 0.95), ("boilerplate", 0.95)])
def test_roles(counts, role, least):
    right, found, wanted = counts
    assert wanted[role] > 40
    assert right[role] / found[role] >= least, "precision"
    assert right[role] / wanted[role] >= least, "recall"


def test_most_articles_of_the_sample_open_with_a_dateline():
    if not SAMPLE.exists():
        pytest.skip(f"the sample articles are not at {SAMPLE}")
    first = [segment(json.loads(line)["text"])[0] for line in SAMPLE.read_text("utf-8").splitlines()]
    assert sum(s.role == "dateline" for s in first) >= 15
