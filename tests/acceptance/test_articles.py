"""The embedded model on whole articles: those that ship, and the one that the project began with (beside it)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from summarizer import Anchor, Summarizer, Summary
from summarizer.anchors import consistency, leaks
from summarizer.cli import main
from summarizer.pipeline.prepare import prepare
from summarizer.text.numbers import unsupported

pytestmark = pytest.mark.default_model
ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seed.txt"
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


@pytest.fixture(scope="module")
def summarizer() -> Summarizer:
    return Summarizer.load()


def check(summary: Summary, article: str, summarizer: Summarizer) -> None:
    """What holds for every article, however good the model is."""
    anchors = prepare(article, summarizer.lexicon).anchors
    assert 3 <= len(summary.bullets) <= 7
    for bullet in summary.bullets:
        assert re.fullmatch(r"[\x20-\x7e\u00a0-\u024f\u2010-\u203a\u20b9]+", bullet.text), bullet.text
        assert not leaks(bullet.text, anchors)
        assert not unsupported(bullet.text, [s.text for s in bullet.sources], [a.en for a in anchors])
        assert all(article[s.start : s.end] == s.text for s in bullet.sources)
        own = [Anchor(a.hi, a.en, 0, 0, 1) for a in bullet.anchors]
        assert not consistency(bullet.text, own).missing
        assert all(article[a.start : a.end] for a in bullet.anchors)
    starts = [bullet.sources[0].start for bullet in summary.bullets]
    assert starts == sorted(starts)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_articles_that_ship(path: Path, summarizer: Summarizer) -> None:
    article = path.read_text("utf8")
    check(summarizer.summarize(article), article, summarizer)


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the project, in ../shared")
def test_the_article_that_the_project_began_with(summarizer: Summarizer, capsys: pytest.CaptureFixture[str]) -> None:
    article = SEED.read_text("utf8")
    assert main(["summarize", str(SEED), "--format", "json"]) == 0
    summary = Summary.from_dict(json.loads(capsys.readouterr().out))
    check(summary, article, summarizer)
    assert 5 <= len(summary.bullets) <= 7
    text = " ".join(bullet.text for bullet in summary.bullets)
    for name in ("Russia", "Putin", "North Korea", "Kim Jong Un", "Washington", "Pyongyang", "ballistic missile"):
        assert name in text
    assert not re.search(r"unclear|Rushdie|New York", text, re.IGNORECASE)


def test_translate_keeps_glosses(summarizer: Summarizer) -> None:
    lines = ["रूस (Russia) के राष्ट्रपति पुतिन (Putin) सोमवार को प्योंगयांग (Pyongyang) पहुंचे।", ""]
    english, empty = summarizer.translate(lines)
    assert empty == ""
    assert "Putin" in english and "Pyongyang" in english
