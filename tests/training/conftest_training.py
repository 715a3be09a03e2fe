"""Helpers of the training tests that are no fixtures."""

from __future__ import annotations

import json
from pathlib import Path


def losses(output: Path) -> dict[int, float]:
    """Training loss by step, from the curve that a run leaves."""
    rows = [json.loads(line) for line in (output / "curve.jsonl").read_text("utf8").splitlines()]
    return {row["step"]: row["loss"] for row in rows if "loss" in row}


def overrides(corpus: Path, checkpoint: Path, output: Path, family: str) -> list[str]:
    task = "translate" if family == "compact" else "summarise"
    file, columns = (
        ("pairs.tsv", "{source: '0', target: '1'}")
        if family == "compact"
        else ("articles.jsonl", "{source: text, target: summary}")
    )
    source = f"{{paths: '{corpus / file}', task: {task}, columns: {columns}, licence: MIT}}"
    return [
        "name=tiny",
        f"output_dir='{output}'",
        f"data_dir='{corpus}'",
        f"model.family={family}",
        f"model.start='{checkpoint}'",
        "model.attention=eager",
        "evaluation=none",
        "corpus=empty",
        f"+corpus.sources.tiny={source}",
        "training.steps=8",
        "training.max_tokens=200",
        "training.max_target=128",
        "training.log_steps=1",
        "training.save_steps=4",
        "training.loggers=[]",
        "training.precision=fp32",
    ]
