"""Precision "auto" takes what the hardware multiplies, and a run records which one that was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.training import precision
from summarizer.training.run import train


def test_auto_goes_by_the_hardware_and_the_rest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    for has, expected in ((True, "bf16"), (False, "fp32")):
        monkeypatch.setattr(precision, "has_bfloat16", lambda has=has: has)
        assert precision.resolve("auto") == expected
        assert [precision.resolve(p) for p in ("bf16", "fp32", "fp16")] == ["bf16", "fp32", "fp16"]
    monkeypatch.undo()
    assert isinstance(precision.has_bfloat16(), bool)


@pytest.mark.parametrize(("bf16", "amx", "expected"), [(False, False, False), (True, False, True), (False, True, True)])
def test_plain_avx512_emulates_bfloat16(monkeypatch: pytest.MonkeyPatch, bf16: bool, amx: bool, expected: bool) -> None:
    """Whatever oneDNN says, which supports it there, by emulation."""
    import platform

    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: bf16)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: amx)
    assert precision.has_bfloat16() is expected


def test_a_run_records_what_auto_became(
    tiny_compact: Path, tiny_run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precision, "has_bfloat16", lambda: False)
    run = tiny_run(tiny_compact, "compact", "training.precision=auto", "training.steps=1")
    train(run)
    assert "precision: fp32" in (Path(run.output_dir) / "config.yaml").read_text("utf8")
