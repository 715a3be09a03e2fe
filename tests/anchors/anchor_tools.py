"""Sentences for the anchor tests."""

from pathlib import Path

import pytest

from summarizer.document import Sentence

DEV = Path(__file__).resolve().parents[3] / "shared" / "articles" / "dev.jsonl"
needs_articles = pytest.mark.skipif(not DEV.exists(), reason="the sample articles (../shared/articles) are not here")


def sentence(text: str, index: int = 0, role: str = "body") -> Sentence:
    return Sentence(index, text, 0, len(text), tuple(range(len(text))), role=role)  # type: ignore[arg-type]
