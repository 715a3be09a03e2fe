"""Raw news translated to train on: only what passes every check, and nothing of held-out texts."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from summarizer.api import Summarizer
from summarizer.training.corpora import Drops, Limits, read_source
from summarizer.training.selftraining import Held, Options, translated

ROOT = Path(__file__).resolve().parents[2]
GOOD = "सरकार ने किसानों के लिए नई योजना की घोषणा की।"
HELD = "प्रधानमंत्री ने सोमवार को दिल्ली में किसानों की बैठक में नई सिंचाई योजना की घोषणा करते हुए राज्यों से मदद मांगी।"


@pytest.fixture(scope="module")
def summarizer() -> Summarizer:
    return Summarizer.load(threads=1)


def test_kept_sentences_are_training_examples_and_the_rest_is_counted(summarizer: Summarizer, tmp_path: Path) -> None:
    articles = [
        {"id": "a", "text": f"{GOOD} हां।"},
        {"id": "h", "text": f"{GOOD} {HELD}"},
        {"id": "none", "text": None},
    ]
    (tmp_path / "held.jsonl").write_text(json.dumps({"id": "x", "sentences": [{"hi": HELD, "en": ""}]}), "utf8")
    counts: Counter[str] = Counter()
    held = Held.read([str(tmp_path / "held.jsonl")])
    found = list(translated(articles, summarizer, held, Options(min_score=-9), counts))
    assert [row["id"] for row in found] == ["a"]
    assert [pair["hi"] for pair in found[0]["sentences"]] == [GOOD]
    assert counts["kept"] == 1 and counts["too short or too long"] == 1
    assert counts["articles that share wording with held-out text"] == 1

    (tmp_path / "made.jsonl").write_text(json.dumps(found[0]), "utf8")
    source = {"paths": str(tmp_path / "made.jsonl"), "reader": "news_translations"}
    (example,) = read_source("s", source, Limits(), Drops())
    assert example.source == GOOD and "scheme" in str(example.target)


def test_doubtful_translations_are_left_out(summarizer: Summarizer) -> None:
    counts: Counter[str] = Counter()
    assert list(translated([{"id": "a", "text": GOOD}], summarizer, Held(), Options(min_score=0), counts)) == []
    assert counts == {"low score of the model": 1}


def test_the_script_writes_a_corpus_and_says_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "raw.jsonl").write_text(json.dumps({"id": "a", "text": GOOD}) + "\n", "utf8")
    command = [sys.executable, str(ROOT / "scripts/translate_news.py"), str(tmp_path / "raw.jsonl")]
    output = tmp_path / "made.jsonl.gz"
    done = subprocess.run(
        [*command, "-o", str(output), "--min-score=-9"], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout == "1\tkept\n"
    with gzip.open(output, "rt", encoding="utf8") as file:
        assert json.loads(file.read())["sentences"][0]["hi"] == GOOD
    command[2] = str(tmp_path / "missing.jsonl")
    done = subprocess.run([*command, "-o", str(output)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 1 and "missing.jsonl: no such file" in done.stderr
