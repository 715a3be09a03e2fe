"""The typed configuration of a training run, and checks that name the nearest right name.

Hydra composes `conf/` into these records; a wrong name or value fails before any file or model is loaded.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from dataclasses import dataclass, field
from typing import Any

from summarizer.errors import UsageError
from summarizer.models.families import FAMILIES, TASKS
from summarizer.training.corpora import READERS, Limits
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
    """start: a checkpoint folder, a hub id, "warmstart" (compact family from e5) or "scratch" (random, from `config`
    and the tokenizer in `tokenizer`). freeze: "encoder", "embeddings" or "encoder:N" (its first N layers)."""

    family: str = MISSING
    start: str = MISSING
    tokenizer: str | None = None
    config: dict[str, Any] = field(default_factory=dict)
    dropout: float | None = None
    attention: str = "sdpa"
    freeze: list[str] = field(default_factory=list)
    lora: LoRA = field(default_factory=LoRA)


@dataclass
class Corpus:
    """sources: name → {paths | hub, reader, task, columns, where, header, limit, plain, glossed}; `plain` and `glossed`
    are sampling weights of the unglossed and the glossed variant of its examples. temperature below 1 flattens the
    sizes of the sources: weight × (size / largest)^(temperature − 1)."""

    sources: dict[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    temperature: float = 1.0
    links: str | None = None
    swap_names: str | None = None


@dataclass
class Training:
    """steps: optimiser steps (or `passes` over the mix). max_tokens: padded tokens of a batch per process.

    guide: weight of the guided-alignment loss (needs model.attention=eager). The learning rates of encoder and
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
    max_grad_norm: float = 1.0
    precision: str = "bf16"
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


SOURCE_FIELDS = frozenset("paths hub config split reader task columns where header limit plain glossed licence".split())
GROUPS = ("model", "corpus", "anchors", "training", "evaluation", "experiment", "debug")


def register() -> None:
    """Make `Run` known to Hydra as `run_schema`, the base that conf/train.yaml fills in."""
    from hydra.core.config_store import ConfigStore

    ConfigStore.instance().store(name="run_schema", node=Run)


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """'; did you mean …?' or the list of what is known."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(names)}"


def _choice(what: str, value: str, known: typing.Iterable[str]) -> None:
    if value not in set(known):
        raise UsageError(f"{what}={value}: no such choice; {nearest(value, known)}")


def check(run: Run) -> None:
    """Raises UsageError on a value that would fail later, with the nearest right one."""
    _choice("model.family", run.model.family, FAMILIES)
    _choice("anchors.mode", run.anchors.mode, ("none", "inline", "shuffled"))
    _choice("training.precision", run.training.precision, ("bf16", "fp32", "fp16"))
    if run.model.family == "mt5" and run.training.precision == "fp16":
        raise UsageError("training.precision=fp16: mT5 overflows in fp16; use bf16 or fp32")
    for group, sources in (("corpus.sources", run.corpus.sources), ("evaluation.sets", run.evaluation.sets)):
        for name, source in sources.items():
            for key in source:
                _choice(f"{group}.{name}: field", key, SOURCE_FIELDS)
            if ("paths" in source) == ("hub" in source):
                raise UsageError(f"{group}.{name}: give either paths or hub")
            _choice(f"{group}.{name}.reader", source.get("reader", "pairs"), READERS)
            _choice(f"{group}.{name}.task", source.get("task", "translate"), TASKS)
    if run.evaluation.best and run.training.save_steps % run.evaluation.every:
        raise UsageError(
            f"training.save_steps={run.training.save_steps}: evaluation.best keeps saved checkpoints only; "
            f"make it a multiple of evaluation.every={run.evaluation.every}"
        )
    if not run.corpus.sources:
        raise UsageError("corpus.sources is empty: name at least one source")
    for freeze in run.model.freeze:
        _choice("model.freeze", freeze.split(":")[0], ("encoder", "embeddings"))
    training = run.training
    if training.guide and run.model.attention != "eager":
        raise UsageError("training.guide needs the attention weights: set model.attention=eager")
    for name in ("learning_rate", "max_tokens", "accumulation", "save_steps"):
        if getattr(training, name) <= 0:
            raise UsageError(f"training.{name}={getattr(training, name)}: must be above 0")
    if run.evaluation.best and run.evaluation.best.split("_")[0] not in run.evaluation.sets:
        name = run.evaluation.best.split("_")[0]
        raise UsageError(f"evaluation.best={run.evaluation.best}: {nearest(name, run.evaluation.sets)}")


def check_overrides(arguments: typing.Sequence[str]) -> None:
    """Before Hydra sees them: an override whose dotted name is no field of `Run` is refused with the nearest one."""
    for argument in arguments:
        if argument.startswith("-") or "=" not in argument:
            continue
        path = argument.lstrip("+~").split("=", 1)[0].split("@")[0]
        if path.split(".")[0] == "hydra" or (path in GROUPS):
            continue
        record: Any = Run
        for part in path.split("."):
            if not dataclasses.is_dataclass(record):
                break  # inside a free mapping such as corpus.sources
            hints = typing.get_type_hints(record)
            if part not in hints:
                raise UsageError(f"{argument}: no setting {path!r}; {nearest(part, [*hints, *GROUPS])}")
            record = hints[part]


def to_run(config: Any) -> Run:
    """A composed Hydra config as a checked `Run`. Raises UsageError."""
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    try:
        run = OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(Run), config))
    except OmegaConfBaseException as error:
        raise UsageError(f"{error.full_key or 'configuration'}: {str(error.msg or error).splitlines()[0]}") from None
    assert isinstance(run, Run)
    check(run)
    return run
