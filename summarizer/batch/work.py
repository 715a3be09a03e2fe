"""One chunk of articles to lines of output: what every worker does, a process here or an actor on Ray."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.document import Summary
from summarizer.errors import ModelError
from summarizer.formats.records import BadRecord, Record, name_of

if TYPE_CHECKING:
    from summarizer.api import Summarizer

CHUNK = 32  # articles translated together and committed together: chunks are the same in every run of a job


@dataclass(frozen=True)
class Settings:
    """How to summarise; see `Summarizer.load` and `Summarizer.summarize_many`."""

    model: str | None = None
    engine: str = "auto"
    strategy: str = "auto"
    device: str = "auto"
    threads: int | None = None
    anchors: str = "sound"
    bullets: int | None = None

    def load(self) -> Summarizer:
        from summarizer.api import Summarizer

        return Summarizer.load(
            self.model,
            engine=self.engine,
            strategy=self.strategy,
            device=self.device,
            threads=self.threads,
            anchors=self.anchors,
        )


@dataclass(frozen=True)
class Outcome:
    """One input's line of output, JSON without the line end: a summary, or why there is none."""

    good: bool
    line: str


def outcomes(summarizer: Summarizer, items: Sequence[Record | BadRecord], bullets: int | None) -> list[Outcome]:
    """An outcome for each item, in their order. Raises ModelError when the checkpoint, not an item, is to blame."""
    records = [item for item in items if isinstance(item, Record)]
    try:
        made = iter(
            [_outcome(r, result) for r, result in zip(records, _results(summarizer, records, bullets), strict=True)]
        )
    except ModelError:
        raise
    except Exception:  # an unforeseen fault of one article must not cost the others
        made = iter([_alone(summarizer, record, bullets) for record in records])
    return [next(made) if isinstance(item, Record) else failed(item, item.error) for item in items]


def _results(summarizer: Summarizer, records: Sequence[Record], bullets: int | None) -> list:
    return list(summarizer.summarize_many(records, bullets=bullets, window=CHUNK))


def _alone(summarizer: Summarizer, record: Record, bullets: int | None) -> Outcome:
    try:
        return _outcome(record, *_results(summarizer, [record], bullets))
    except ModelError:
        raise
    except Exception as error:
        return failed(record, f"{name_of(record.source, record.line)}: fault of the program ({error!r}); report it")


def _outcome(record: Record, result: object) -> Outcome:
    if not isinstance(result, Summary):
        return failed(record, result.error)  # type: ignore[attr-defined]
    if not result.bullets:
        why = result.notes[-1] if result.notes else "nothing in it to report"
        return failed(record, f"{name_of(record.source, record.line)}: no bullet could be made ({why})")
    return Outcome(True, result.to_json(indent=None))


def failed(item: Record | BadRecord, error: str) -> Outcome:
    """The outcome of an input without a summary."""
    facts = {"id": item.id, "source": item.source, "line": item.line, "error": error}
    return Outcome(False, json.dumps(facts, ensure_ascii=False))
