"""Checkpoints as folders that everything else loads: safetensors, config with the family's extra fields, tokenizer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import ModelError
from summarizer.models.codec import Codec

TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "spiece.model",
    "sentencepiece.bpe.model",
)


def average_checkpoints(model: Any, output: Path, count: int) -> int:
    """Load the mean of the newest `count` checkpoints' weights into `model`; returns how many there were."""
    folders = sorted(output.glob("checkpoint-*"), key=lambda p: int(p.name.rsplit("-", 1)[1]))[-count:]
    files = [folder / "model.safetensors" for folder in folders if (folder / "model.safetensors").exists()]
    if not files:
        return 0
    model.load_state_dict(mean_weights(files), strict=False)
    return len(files)


def mean_weights(files: Sequence[Path]) -> dict[str, Any]:
    """The mean of safetensors files, in float32. Of one run it smooths the last steps; of several that began at the
    same weights it is a model soup (Wortsman et al. 2022). Raises ModelError for a file with other tensors than the
    first.
    """
    from safetensors.torch import load_file

    total = {key: value.float() for key, value in load_file(files[0]).items()}
    for file in files[1:]:
        weights = load_file(file)
        if {k: v.shape for k, v in weights.items()} != {k: v.shape for k, v in total.items()}:
            raise ModelError(f"{file}: tensors of other names or shapes than {files[0]}; average one kind of model")
        for key, value in weights.items():
            total[key] += value.float()
    return {key: value / len(files) for key, value in total.items()}


def export(model: Any, codec: Codec, tokenizer_folder: Path, target: Path, dtype: str | None = None) -> None:
    """Save a checkpoint folder. dtype: e.g. "bfloat16" halves it."""
    import torch

    target.mkdir(parents=True, exist_ok=True)
    if dtype:
        model = model.to(getattr(torch, dtype))
    model.save_pretrained(target)
    for name in TOKENIZER_FILES:
        if (tokenizer_folder / name).exists() and tokenizer_folder.resolve() != target.resolve():
            shutil.copyfile(tokenizer_folder / name, target / name)
    config_file = target / "config.json"
    config = json.loads(config_file.read_text("utf8"))
    extra = {k: v for k, v in codec.family.conversion_config.items() if v is not None}
    config_file.write_text(json.dumps({**config, **extra}, indent=2, sort_keys=True) + "\n", "utf8")
