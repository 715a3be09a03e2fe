"""Train a model: `python scripts/train.py experiment=compact_cpu` (see conf/ and `--help`)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode
from omegaconf import DictConfig

from summarizer.errors import guarded
from summarizer.training.checks import check_overrides, to_run
from summarizer.training.config import register

CONF = Path(__file__).resolve().parents[1] / "conf"


@hydra.main(version_base="1.3", config_path="../conf", config_name="train")
def main(config: DictConfig) -> None:
    if code := guarded(lambda: train_from(config)):
        sys.exit(code)


def train_from(config: DictConfig) -> None:
    run = to_run(config)
    if HydraConfig.get().mode == RunMode.MULTIRUN:
        run.output_dir = HydraConfig.get().runtime.output_dir
    from summarizer.training.run import train

    for name, value in train(run).items():
        print(f"{name}\t{value:.4f}")


if __name__ == "__main__":
    os.environ.setdefault("HYDRA_FULL_ERROR", "0")
    register()
    if code := guarded(lambda: check_overrides(sys.argv[1:], CONF)):
        sys.exit(code)
    main()
