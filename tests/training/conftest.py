"""Tiny corpora and runs: twelve sentences, a checkpoint of a few thousand weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest_training import overrides
from hydra import compose, initialize_config_dir

from summarizer.training.checks import to_run
from summarizer.training.config import Run, register

CONF = str(Path(__file__).resolve().parents[2] / "conf")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory, hindi: list[str], english: list[str]) -> Path:
    """pairs.tsv and articles.jsonl (three sentences and their bullets) in one folder."""
    folder = tmp_path_factory.mktemp("corpus")
    pairs = list(zip(hindi, english, strict=True))
    (folder / "pairs.tsv").write_text("".join(f"{h}\t{e}\n" for h, e in pairs), "utf8")
    rows = [
        {"text": " ".join(h for h, _ in pairs[i : i + 3]), "summary": [e for _, e in pairs[i : i + 3]]}
        for i in range(0, 12, 3)
    ]
    (folder / "articles.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
    return folder


@pytest.fixture
def tiny_run(corpus: Path, tmp_path: Path) -> Callable[..., Run]:
    """A checked Run of a few steps: tiny_run(checkpoint, family, *more overrides)."""

    def make(checkpoint: Path, family: str = "compact", *more: str) -> Run:
        register()
        with initialize_config_dir(CONF, version_base="1.3"):
            config = compose("train", [*overrides(corpus, checkpoint, tmp_path / "run", family), *more])
        return to_run(config)

    return make
