"""Configurations fail early, with the nearest right name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from summarizer.errors import UsageError
from summarizer.training.checks import check_overrides, to_run
from summarizer.training.config import register

ROOT = Path(__file__).resolve().parents[2]
EXPERIMENTS = sorted(p.stem for p in (ROOT / "conf" / "experiment").glob("*.yaml"))


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_every_experiment_composes_and_passes_the_checks(experiment: str) -> None:
    register()
    with initialize_config_dir(str(ROOT / "conf"), version_base="1.3"):
        run = to_run(compose("train", [f"experiment={experiment}", "name=x"]))
    assert run.corpus.sources
    assert all(source["licence"] for source in run.corpus.sources.values())


@pytest.mark.parametrize("name", ["two_steps", "overfit", "profile"])
def test_debug_presets_compose(name: str) -> None:
    register()
    with initialize_config_dir(str(ROOT / "conf"), version_base="1.3"):
        run = to_run(compose("train", ["experiment=compact_cpu", f"debug={name}", "name=x"]))
    assert run.training.steps is not None and run.training.steps <= 100


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("training.learning_rat=1", "learning_rate"),
        ("trainig.steps=3", "training"),
        ("anchors.placehoder=0.1", "placeholder"),
        ("model.lora.ranks=4", "rank"),
        ("experiment=mt5_crossum", "mt5_crosssum"),
        ("model=mt5_small,mt5_bas", "mt5_base"),
        ("debug=twosteps", "two_steps"),
    ],
)
def test_a_wrong_name_gets_the_nearest_right_one(wrong: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"did you mean '{hint}'"):
        check_overrides(["experiment=compact_cpu", wrong], ROOT / "conf")


def test_right_names_groups_and_free_mappings_pass() -> None:
    check_overrides(
        ["experiment=mt5_crosssum", "model=mt5_small", "training.steps=3", "+corpus.sources.mine={paths: x}"],
        ROOT / "conf",
    )
    check_overrides(["--cfg", "job", "hydra.verbose=true", "~corpus.sources.tourism", "debug=null"], ROOT / "conf")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["model.family=mt55"], "did you mean 'mt5'"),
        (["anchors.mode=inlin"], "did you mean 'inline'"),
        (["corpus.sources.tiny.task=translation"], "did you mean 'translate'"),
        (["+corpus.sources.tiny.colums={}"], "did you mean 'columns'"),
        (["+corpus.sources.tiny.reader=code_switch"], "code_switch and a lexicon"),
        (["+corpus.sources.tiny.lexicon=words.tsv"], "code_switch and a lexicon"),
        (["corpus.sources={}"], "name at least one source"),
        (["training.learning_rate=-1"], "must be above 0"),
        (["model.family=mt5", "training.precision=fp16"], "overflows in fp16"),
        (["evaluation.best=dev_bleu"], "evaluation.best"),
        (["model.freeze=[decoder]"], "no such choice"),
        (["model.freeze=[encoder:six]"], "its first N layers"),
        (["corpus.sources.tiny.task=summarise"], "family compact reads no whole articles"),
        (
            ["model.family=mt5", "corpus.sources.tiny.task=summarise", "+corpus.sources.tiny.glossed=1.0"],
            "glosses of its own",
        ),
    ],
)
def test_a_wrong_value_is_refused_before_anything_is_loaded(
    tiny_run: Callable, tmp_path: Path, change: list[str], message: str
) -> None:
    if "corpus.sources={}" in change:
        change = ["~corpus.sources.tiny"]
    with pytest.raises(UsageError, match=message):
        tiny_run(tmp_path / "no-such-checkpoint", "compact", *change)


def test_the_script_refuses_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/train.py", "experiment=compact_cpu", "training.stepz=3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        "error: training.stepz=3: no setting 'training.stepz'; did you mean 'steps'?"
    ]


@pytest.mark.parametrize(
    ("choice", "name"), [("experiment=compact_cpu", "compact_cpu"), ("model=mt5_small", "mt5_small")]
)
def test_a_run_is_called_after_its_experiment_or_its_model(choice: str, name: str) -> None:
    command = [sys.executable, "scripts/train.py", "--cfg", "job", "--resolve", choice]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert f"name: {name}\n" in done.stdout and f"output_dir: runs/{name}\n" in done.stdout, done.stderr
