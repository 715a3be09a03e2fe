"""Tiny runs of every family: train, export, load, resume after a kill, two processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest_training import losses

from summarizer.cli import main
from summarizer.training.run import train

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = (
    "रूस (Russia) के राष्ट्रपति व्लादिमीर पुतिन (Putin) ने सोमवार को मॉस्को में पत्रकारों से बात की। "
    "सरकार ने किसानों के लिए नई योजना की घोषणा की। पुलिस ने बताया कि तीन लोगों को गिरफ्तार किया गया है।"
)


@pytest.mark.parametrize("family", ["compact", "mt5", "indicbart"])
def test_train_export_and_summarise(
    tiny: Callable, tiny_run: Callable, tmp_path: Path, family: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tiny_run(tiny(family), family, "training.learning_rate=0.01")
    train(run)
    output = tmp_path / "run"
    curve = losses(output)
    assert curve[8] < curve[1]
    assert {"config.yaml", "environment.json", "drops.json", "metrics.json", "final"} <= set(os.listdir(output))
    card = (output / "final" / "MODEL_CARD.md").read_text("utf8")
    front = json.loads(card.split("---")[1])
    assert front["family"] == family and front["steps"] == 8 and front["data"]["tiny"]["licence"] == "MIT"
    (tmp_path / "article.txt").write_text(ARTICLE, "utf8")
    capsys.readouterr()  # the Trainer prints its losses
    code = main(["summarize", str(tmp_path / "article.txt"), "--model", str(output / "final"), "--format", "json"])
    assert code in (0, 1)  # random weights make no sense: bullets that pass the checks, or a clear error that none did
    printed = capsys.readouterr()
    assert json.loads(printed.out)["bullets"] if code == 0 else "article.txt" in printed.err
    assert main(["info", str(output / "final")]) == 0
    assert family in capsys.readouterr().out


def test_lora_trains_adapters_and_exports_a_plain_checkpoint(
    tiny: Callable, tiny_run: Callable, tmp_path: Path
) -> None:
    lora = ["model.lora.rank=4", "model.lora.targets=[q_proj,v_proj]", "training.learning_rate=0.02"]
    train(tiny_run(tiny("compact"), "compact", *lora))
    from summarizer.models.loading import load_model

    before, after = load_model(tiny("compact")), load_model(tmp_path / "run" / "final")
    changed = {
        name
        for name, value in after.state_dict().items()
        if not value.equal(before.state_dict()[name].to(value.dtype)) and "bias" not in name
    }
    assert changed and all("q_proj" in name or "v_proj" in name for name in changed)


def test_frozen_parts_stay_and_layers_learn_at_their_own_rates(
    tiny: Callable, tiny_run: Callable, tmp_path: Path
) -> None:
    from summarizer.models.loading import load_model
    from summarizer.training.trainer import parameter_groups

    run = tiny_run(
        tiny("compact"),
        "compact",
        "model.freeze=[encoder:2,embeddings]",
        "training.layer_decay=0.5",
        "training.encoder_scale=1",
        "training.embedding_scale=1",
    )
    train(run)
    before, after = load_model(tiny("compact")).state_dict(), load_model(tmp_path / "run" / "final").state_dict()
    same = {name for name in before if before[name].equal(after[name].to(before[name].dtype))}
    assert "model.shared.weight" in same and "model.encoder.layers.1.fc1.weight" in same
    assert "model.encoder.layers.2.fc1.weight" not in same and "model.decoder.layers.0.fc1.weight" not in same
    rates = {
        round(g["lr"] / run.training.learning_rate, 4)
        for g in parameter_groups(load_model(tiny("compact")), run.training)
    }
    assert rates == {1.0, 0.5, 0.25}


def command(corpus: Path, checkpoint: Path, output: Path, *more: str) -> list[str]:
    from conftest_training import overrides

    return ["scripts/train.py", *overrides(corpus, checkpoint, output, "compact"), *more]


def environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}


def test_a_killed_run_resumes_on_the_same_curve(corpus: Path, tiny_compact: Path, tmp_path: Path) -> None:
    whole = command(corpus, tiny_compact, tmp_path / "whole")
    subprocess.run([sys.executable, *whole], cwd=ROOT, env=environment(), check=True, capture_output=True, timeout=180)
    killed = [sys.executable, *command(corpus, tiny_compact, tmp_path / "killed")]
    process = subprocess.Popen(
        killed, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while not (tmp_path / "killed" / "checkpoint-4" / "trainer_state.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for folder in (tmp_path / "killed").glob("checkpoint-8"):  # it may have been quicker than the kill
        subprocess.run(["rm", "-r", str(folder)], check=True)
    subprocess.run(killed, cwd=ROOT, env=environment(), check=True, capture_output=True, timeout=180)
    expected, found = losses(tmp_path / "whole"), losses(tmp_path / "killed")
    assert [found[step] for step in range(5, 9)] == pytest.approx([expected[step] for step in range(5, 9)], abs=1e-4)


def test_two_processes_train_like_one_with_twice_the_accumulation(
    corpus: Path, tiny_compact: Path, tmp_path: Path
) -> None:
    two = command(corpus, tiny_compact, tmp_path / "two")
    launcher = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node=2", "--master_port=29533"]
    done = subprocess.run([*launcher, *two], cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    one = command(corpus, tiny_compact, tmp_path / "one", "training.accumulation=2")
    subprocess.run([sys.executable, *one], cwd=ROOT, env=environment(), check=True, capture_output=True, timeout=180)
    assert losses(tmp_path / "two")[8] == pytest.approx(losses(tmp_path / "one")[8], rel=0.02)
