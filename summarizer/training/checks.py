"""From a composed Hydra config to a checked `Run`: what is wrong is refused before any file or model is loaded.

Each refusal is one line that names the setting and the nearest right name, or the package to install.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import UsageError
from summarizer.models.families import FAMILIES, TASKS
from summarizer.training import requirements
from summarizer.training.config import Run
from summarizer.training.corpora import READERS
from summarizer.training.precision import PRECISIONS

SOURCE_FIELDS = frozenset(
    "paths hub config split reader task columns where header limit plain glossed licence lexicon".split()
)
GROUPS = ("model", "corpus", "anchors", "training", "evaluation", "experiment", "debug")


def nearest(word: str, known: Iterable[str]) -> str:
    """'did you mean …?' or the list of what is known."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(names)}"


def _choice(what: str, value: str, known: Iterable[str]) -> None:
    if value not in set(known):
        raise UsageError(f"{what}={value}: no such choice; {nearest(value, known)}")


def check(run: Run) -> None:
    """Raises UsageError on a value that would fail later, or on a package that is asked for and not installed."""
    training = run.training
    _choice("model.family", run.model.family, FAMILIES)
    _choice("model.attention", run.model.attention, ("eager", "sdpa", "flash_attention_2", "flex_attention"))
    _choice("anchors.mode", run.anchors.mode, ("none", "inline", "shuffled"))
    _choice("training.precision", training.precision, PRECISIONS)
    for logger in training.loggers:
        _choice("training.loggers", logger, requirements.LOGGERS)
    if run.model.family == "mt5" and training.precision == "fp16":
        raise UsageError("training.precision=fp16: mT5 overflows in fp16; use bf16 or fp32")
    if not run.corpus.sources:
        raise UsageError("corpus.sources is empty: name at least one source")
    for group, sources in (("corpus.sources", run.corpus.sources), ("evaluation.sets", run.evaluation.sets)):
        for name, source in sources.items():
            _check_source(f"{group}.{name}", source, run.model.family)
    if not 0 <= run.model.token_dropout < 1:
        raise UsageError(f"model.token_dropout={run.model.token_dropout}: must be 0 or more and below 1")
    for freeze in run.model.freeze:
        part, _, layers = freeze.partition(":")
        _choice("model.freeze", part, ("encoder", "embeddings"))
        if layers and not (part == "encoder" and layers.isdecimal()):
            raise UsageError(f"model.freeze={freeze}: give encoder, embeddings or encoder:N, its first N layers")
    if training.guide and run.model.attention != "eager":
        raise UsageError("training.guide needs the attention weights: set model.attention=eager")
    if training.risk < 0:
        raise UsageError(f"training.risk={training.risk}: must be 0 or more")
    if training.risk and not any(s.get("reader") == "ranked" for s in run.corpus.sources.values()):
        raise UsageError("training.risk needs a source of reader ranked (scripts/rank_hypotheses.py makes its file)")
    for name in ("learning_rate", "max_tokens", "accumulation", "save_steps"):
        if getattr(training, name) <= 0:
            raise UsageError(f"training.{name}={getattr(training, name)}: must be above 0")
    _check_best(run)
    requirements.check(run)
    if training.extra:
        _check_extra(training.extra)


def _check_source(where: str, source: dict[str, Any], family: str) -> None:
    for key in source:
        _choice(f"{where}: field", key, SOURCE_FIELDS)
    if ("paths" in source) == ("hub" in source):
        raise UsageError(f"{where}: give either paths or hub")
    task = source.get("task", "translate")
    _choice(f"{where}.reader", source.get("reader", "pairs"), READERS)
    _choice(f"{where}.task", task, TASKS)
    if (source.get("reader") == "code_switch") != ("lexicon" in source):
        raise UsageError(f"{where}: reader code_switch and a lexicon (scripts/build_word_lexicon.py) go together")
    if task not in FAMILIES[family].tasks:
        able = ", ".join(f.name for f in FAMILIES.values() if task in f.tasks)
        raise UsageError(f"{where}.task={task}: family {family} reads no whole articles; families that do: {able}")
    if source.get("reader") == "ranked" and source.get("glossed"):
        raise UsageError(f"{where}.glossed: hypotheses belong to their source as it is; leave glossed at 0")
    if task == "summarise" and source.get("glossed"):
        raise UsageError(f"{where}.glossed: for sentences only; an article has glosses of its own (anchors.mode)")


def _check_best(run: Run) -> None:
    best, evaluation = run.evaluation.best, run.evaluation
    if not best:
        return
    if run.training.save_steps % evaluation.every:
        raise UsageError(
            f"training.save_steps={run.training.save_steps}: evaluation.best keeps saved checkpoints only; "
            f"make it a multiple of evaluation.every={evaluation.every}"
        )
    if not any(best.startswith(f"{name}_") for name in evaluation.sets):
        raise UsageError(f"evaluation.best={best}: SET_METRIC of a set; {nearest(best.split('_')[0], evaluation.sets)}")


def _check_extra(extra: dict[str, Any]) -> None:
    from transformers import Seq2SeqTrainingArguments

    from summarizer.training.run import arguments

    known = {f.name for f in dataclasses.fields(Seq2SeqTrainingArguments)} - set(arguments(Run(output_dir="."), 1))
    for key in extra:
        _choice("training.extra", key, known)


def check_overrides(arguments: Sequence[str], conf: Path) -> None:
    """Before Hydra sees them: an override whose dotted name is no field of `Run`, or that picks what a group in the
    folder `conf` has not, is refused with the nearest one. Raises UsageError."""
    for argument in arguments:
        if argument.startswith("-") or "=" not in argument:
            continue
        name, value = argument.lstrip("+~").split("=", 1)
        path = name.split("@")[0]
        if path in GROUPS:
            known = {file.stem for file in (conf / path).glob("*.yaml")}
            for one in value.split(","):  # several in a sweep
                if one.isidentifier() and one != "null":
                    _choice(path, one, known)
        elif path.split(".")[0] != "hydra":
            _check_path(argument, path)


def _check_path(argument: str, path: str) -> None:
    record: Any = Run
    for part in path.split("."):
        if not dataclasses.is_dataclass(record):
            break  # inside a free mapping such as corpus.sources
        hints = typing.get_type_hints(record)
        if part not in hints:
            names = [*hints, *GROUPS] if record is Run else hints
            raise UsageError(f"{argument}: no setting {path!r}; {nearest(part, names)}")
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
