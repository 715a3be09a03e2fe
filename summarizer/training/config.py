"""The typed configuration of a training run. Hydra composes `conf/` into these records; `checks` looks them over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from summarizer.training.corpora import Limits
from summarizer.training.glossing import Glossing

MISSING: Any = "???"


@dataclass
class LoRA:
    """Low-rank adapters through peft (Hu et al. 2021); rank 0 = off."""

    rank: int = 0
    alpha: int = 32
    dropout: float = 0.05
    targets: list[str] = field(default_factory=list)


@dataclass
class Model:
    """start: a checkpoint folder, a hub id or "scratch" (random, from `config`
    and the tokenizer in `tokenizer`). freeze: "encoder", "embeddings" or "encoder:N" (its first N layers).
    token_dropout: share of source and target tokens whose embeddings are zeroed while training."""

    family: str = MISSING
    start: str = MISSING
    tokenizer: str | None = None
    config: dict[str, Any] = field(default_factory=dict)
    dropout: float | None = None
    token_dropout: float = 0.0
    attention: str = "sdpa"
    freeze: list[str] = field(default_factory=list)
    lora: LoRA = field(default_factory=LoRA)


@dataclass
class Corpus:
    """sources: name → {paths | hub, reader, task, columns, where, header, limit, plain, glossed}; `plain` and `glossed`
    are sampling weights of the unglossed and the glossed variant of its examples. temperature below 1 flattens the
    sizes of the sources: weight × (size / largest)^(temperature − 1). swap_names: a list whose names stand in for
    others in glosses. swap_numbers: share of the pairs whose figures are swapped on both sides."""

    sources: dict[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    temperature: float = 1.0
    links: str | None = None
    swap_names: str | None = None
    swap_numbers: float = 0.0


@dataclass
class Training:
    """steps: optimiser steps (or `passes` over the mix). max_tokens: padded tokens of a batch per process.

    precision: auto (bf16 where the hardware has it, else fp32), bf16, fp32 or fp16.
    guide: weight of the guided-alignment loss (needs model.attention=eager). risk: weight of the expected loss of gain
    over the hypotheses that sources of reader `ranked` come with. The learning rates of encoder and
    embeddings are factors of `learning_rate`; `layer_decay` multiplies per encoder layer, from the top down.
    average_last: mean of the last checkpoints is exported when it scores better. one_batch and profile are for
    debugging: the first batch again and again, and a table of the costliest operations. extra: passed on to
    Seq2SeqTrainingArguments (deepspeed, fsdp, gradient_checkpointing, …).
    """

    steps: int | None = None
    passes: float = 1.0
    max_minutes: float | None = None
    max_tokens: int = 4000
    accumulation: int = 1
    max_source: int | None = None
    max_target: int | None = None
    optimizer: str = "adamw_torch_fused"
    learning_rate: float = 5e-4
    encoder_scale: float = 1.0
    embedding_scale: float = 1.0
    layer_decay: float = 1.0
    weight_decay: float = 0.01
    beta2: float = 0.98
    schedule: str = "linear"
    schedule_options: dict[str, Any] = field(default_factory=dict)
    warmup: float = 0.03
    label_smoothing: float = 0.1
    guide: float = 0.0
    risk: float = 0.0
    max_grad_norm: float = 1.0
    precision: str = "auto"
    log_steps: int = 50
    save_steps: int = 200
    keep: int = 2
    average_last: int = 0
    threads: int | None = None
    one_batch: bool = False
    profile: bool = False
    loggers: list[str] = field(default_factory=lambda: ["tensorboard"])
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Evaluation:
    """sets: name → a corpus source (held out). best: the metric that picks the checkpoint, `set_metric`. patience:
    evaluations without improvement before stopping (0 = never)."""

    sets: dict[str, Any] = field(default_factory=dict)
    every: int = 400
    best: str | None = None
    beam_size: int = 2
    max_new_tokens: int = 100
    patience: int = 0


@dataclass
class Run:
    """A whole training run."""

    name: str = MISSING
    seed: int = 1
    data_dir: str = MISSING
    output_dir: str = MISSING
    resume: bool = True
    model: Model = field(default_factory=Model)
    corpus: Corpus = field(default_factory=Corpus)
    anchors: Glossing = field(default_factory=Glossing)
    training: Training = field(default_factory=Training)
    evaluation: Evaluation = field(default_factory=Evaluation)


def register() -> None:
    """Make `Run` known to Hydra as `run_schema`, the base that conf/train.yaml fills in, and `${first:…}`, the first of
    its values that is there."""
    from hydra.core.config_store import ConfigStore
    from omegaconf import OmegaConf

    OmegaConf.register_new_resolver("first", lambda *values: next(v for v in values if v is not None), replace=True)
    ConfigStore.instance().store(name="run_schema", node=Run)
