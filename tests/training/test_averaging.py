"""The mean of checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from summarizer.errors import ModelError
from summarizer.training.export import mean_weights


def saved(path: Path, **tensors: list[float]) -> Path:
    save_file({name: torch.tensor(values, dtype=torch.bfloat16) for name, values in tensors.items()}, path)
    return path


def test_the_mean_of_several_checkpoints_is_taken_in_float32(tmp_path: Path) -> None:
    files = [saved(tmp_path / f"{i}.safetensors", a=[i, 4.0], b=[0.0]) for i in (1.0, 2.0, 6.0)]
    mean = mean_weights(files)
    assert mean["a"].tolist() == [3.0, 4.0] and mean["b"].tolist() == [0.0]
    assert mean["a"].dtype == torch.float32


@pytest.mark.parametrize("other", [{"a": [1.0]}, {"a": [1.0, 2.0], "c": [1.0]}, {"b": [1.0, 2.0]}])
def test_checkpoints_of_another_kind_are_named(tmp_path: Path, other: dict[str, list[float]]) -> None:
    files = [saved(tmp_path / "one.safetensors", a=[1.0, 2.0]), saved(tmp_path / "two.safetensors", **other)]
    with pytest.raises(ModelError, match=r"two\.safetensors: tensors of other names or shapes"):
        mean_weights(files)
