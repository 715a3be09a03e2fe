"""Summarizers for the web tests: one without a model, one with the trained checkpoint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_tools import FakeSummarizer

from summarizer.api import Summarizer


@pytest.fixture
def fake() -> Iterator[FakeSummarizer]:
    made = FakeSummarizer()
    yield made
    made.let_go.set()


@pytest.fixture(scope="session")
def real(default_checkpoint: Path) -> Summarizer:
    return Summarizer.load(default_checkpoint, threads=1)
