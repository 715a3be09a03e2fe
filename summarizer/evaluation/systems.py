"""What can be judged: the model as shipped, its ablations, baselines, upper bounds, and files of finished outputs.

A system is a record; the model is loaded once for all systems that share a checkpoint.
"""

from __future__ import annotations

import difflib
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarizer.errors import InputError, SummarizerError, UsageError
from summarizer.evaluation.data import Example, Output, OutputBullet, read_lines, read_objects
from summarizer.evaluation.options import Options
from summarizer.evaluation.oracle import oracle
from summarizer.selection import default_bullets, select

if TYPE_CHECKING:
    from summarizer.api import Summarizer


@dataclass(frozen=True)
class System:
    """english: who writes it: the model, the data's human translations (an upper bound for any model with that
    selection), or a relay (a Hindi summariser whose output the model translates)."""

    about: str
    selection: Literal["salience", "lead", "random", "oracle"] = "salience"
    anchors: str = "sound"
    rescoring: bool = True
    restoring: bool = True
    bullets: int | None = None
    english: Literal["model", "human", "relay"] = "model"


SYSTEMS: dict[str, System] = {
    "default": System("as shipped: salient sentences, glosses, glossary, dictionary and sound, rescoring"),
    "lead": System("the first sentences", selection="lead"),
    "random": System("sentences drawn at random", selection="random"),
    "oracle": System("the sentences nearest to the reference", selection="oracle"),
    "no-sound": System("names in no list are left to the model", anchors="lexicon"),
    "article-anchors": System("the article's glosses only", anchors="article"),
    "no-anchors": System("no glosses in the input", anchors="none"),
    "shuffled-anchors": System("glosses on the wrong words", anchors="shuffled"),
    "no-restoring": System("lost glosses stay lost", restoring=False),
    "no-rescoring": System("the model's first hypothesis, lost glosses stay lost", rescoring=False, restoring=False),
    "plain": System("no glosses, the model's first hypothesis", anchors="none", rescoring=False, restoring=False),
    "three-bullets": System("three bullets an article", bullets=3),
    "human-lead": System("human translation of the first sentences", selection="lead", english="human"),
    "human-salience": System("human translation of the salient sentences", english="human"),
    "human-oracle": System("human translation of the nearest sentences", selection="oracle", english="human"),
    "summarise-then-translate": System("a Hindi summary, translated", english="relay"),
}
SETS: dict[str, tuple[str, ...]] = {
    "baselines": ("default", "lead", "random", "oracle"),
    "ablations": (
        "default",
        "no-sound",
        "article-anchors",
        "no-anchors",
        "shuffled-anchors",
        "no-restoring",
        "no-rescoring",
        "plain",
    ),
    "bounds": ("human-lead", "human-salience", "human-oracle"),
}


@dataclass(frozen=True)
class Entry:
    """A row of the table: a system with its checkpoint, or (system None) a file of outputs."""

    name: str
    system: System | None
    model: str | None
    file: Path | None = None

    @property
    def about(self) -> str:
        return self.system.about if self.system else f"outputs of {self.file.name if self.file else ''}"


def entries(options: Options) -> list[Entry]:
    """The rows asked for, in order and once each. Raises UsageError for an unknown name, with the nearest right one."""
    found: dict[str, Entry] = {}
    for asked in options.systems:
        name, _, model = asked.partition("@")
        for one in SETS.get(name, (name,)):
            if one not in SYSTEMS:
                near = difflib.get_close_matches(one, [*SYSTEMS, *SETS], 1)
                hint = f"did you mean {near[0]}?" if near else f"known: {', '.join([*SYSTEMS, *SETS])}"
                raise UsageError(f"system {one!r} is unknown; {hint}")
            if SYSTEMS[one].english == "relay" and not options.relay_model:
                raise UsageError(f"system {one} needs a checkpoint that writes Hindi summaries; give relay_model")
            label = f"{one}@{_name_of(model)}" if model else one
            entry = Entry(label, SYSTEMS[one], model or options.model)
            there = found.setdefault(label, entry)
            if there != entry:
                raise UsageError(f"system {asked}: a row {label!r} is there already, of {there.model}; rename a folder")
    for file in options.outputs:
        label = Path(file).name.split(".")[0]
        if label in found:
            raise UsageError(f"outputs {file}: a row {label!r} is there already; rename the file")
        found[label] = Entry(label, None, None, Path(file))
    return list(found.values())


def _name_of(model: str) -> str:
    """A checkpoint's name in a table: its folder's, or its run's where a training run left it as `final`."""
    path = Path(model)
    return path.parent.name if path.name == "final" and path.parent.name else path.name


class Runner:
    """Runs entries on examples; each checkpoint is loaded once."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._loaded: dict[str | None, Summarizer] = {}

    def run(self, entry: Entry, examples: Sequence[Example]) -> list[Output]:
        """One output an example, in order. Raises InputError for an outputs file that lacks an example and UsageError
        for human translations that the data has not."""
        if entry.system is None:
            return read_outputs(entry.file or Path(), examples)
        if entry.system.english == "human":
            return [self._human(entry.system, e) for e in examples]
        if entry.system.english == "relay":
            return [self._timed(self._relay, entry, e) for e in examples]
        summarizer = self.summarizer(entry)
        if entry.system.selection == "oracle":
            return [self._timed(self._oracle, entry, e) for e in examples]
        started = time.perf_counter()
        made = list(summarizer.summarize_many(examples, bullets=entry.system.bullets or self.options.bullets))
        seconds = (time.perf_counter() - started) / len(examples)
        return [_output(summary, example.id, seconds) for summary, example in zip(made, examples, strict=True)]

    def translate(self, entry: Entry, sentences: Sequence[str]) -> tuple[list[str], float]:
        """English of sentences and the seconds it took. Raises UsageError for a system that translates nothing."""
        if entry.file is not None:
            lines = [line for _, line in read_lines(entry.file)]
            if len(lines) != len(sentences):
                raise InputError(f"{entry.file}: {len(lines)} lines for {len(sentences)} sentences; give one each")
            return lines, float("nan")
        if entry.system is None or entry.system.english != "model":
            raise UsageError(f"system {entry.name} does not translate sentences; leave it out for a TSV")
        summarizer = self.summarizer(entry)
        started = time.perf_counter()
        return summarizer.translate(sentences), time.perf_counter() - started

    def summarizer(self, entry: Entry) -> Summarizer:
        from summarizer.api import Summarizer

        base, system = self._load(entry.model), entry.system or System("")
        selection = "salience" if system.selection == "oracle" else system.selection
        return Summarizer(
            base.engine,
            strategy=base.strategy,
            anchors=system.anchors,
            rescoring=system.rescoring,
            restoring=system.restoring,
            selection=selection,
            name=base.name,
        )

    def _load(self, model: str | None) -> Summarizer:
        from summarizer.api import Summarizer

        if model not in self._loaded:
            options = self.options
            self._loaded[model] = Summarizer.load(
                model, engine=options.engine, device=options.device, threads=options.threads
            )
            self._loaded[model].translate(["दिल्ली में बारिश हुई."])  # conversion and glossary load outside the timing
        return self._loaded[model]

    def _timed(self, make: Any, entry: Entry, example: Example) -> Output:
        started = time.perf_counter()
        try:
            summary = make(entry, example)
        except SummarizerError as error:
            summary = error
        return _output(summary, example.id, time.perf_counter() - started)

    def _oracle(self, entry: Entry, example: Example) -> Any:
        summarizer = self.summarizer(entry)
        english = example.translations
        if not english:
            texts = summarizer.translate([s.text for s in example.body])
            english = {s.index: text for s, text in zip(example.body, texts, strict=True)}
        groups = [(i,) for i in oracle(english, example.reference)]
        return summarizer.summarize(example.text, groups=groups)

    def _relay(self, entry: Entry, example: Example) -> list[str]:
        from summarizer.pipeline.direct import article_unit
        from summarizer.pipeline.prepare import prepare

        hindi = self._load(self.options.relay_model)
        codec = hindi.engine.codec
        sources = codec.encode_sources([article_unit(prepare(example.text, None, "none")).source], "summarise")
        best = hindi.engine.generate(sources, hindi.options)[0][0]
        return [text for text in self.summarizer(entry).translate(codec.split(best.ids)) if text]

    def _human(self, system: System, example: Example) -> Output:
        english = example.translations
        if not english:
            raise UsageError(f"{example.id}: no human translations of its sentences in the data; leave the system out")
        if system.selection == "oracle":
            groups: list[tuple[int, ...]] = [(i,) for i in oracle(english, example.reference)]
        else:
            count = system.bullets or self.options.bullets or default_bullets(len(example.body))
            usable = [a for a in example.anchors if a.usable]
            groups = select(example.sentences, usable, count, method=system.selection, reserves=0)
        texts = [(" ".join(english[i] for i in group if i in english), tuple(group)) for group in sorted(groups)]
        return Output(tuple(OutputBullet(text, group) for text, group in texts if text))


def _output(made: Any, id_: str, seconds: float) -> Output:
    """A Summary, a Failure, an error, or lines without sources; an article that failed counts as an empty output."""
    if isinstance(made, list):
        return Output(tuple(OutputBullet(text) for text in made), seconds)
    if not hasattr(made, "bullets"):
        why = getattr(made, "error", None) or str(made)
        print(f"warning: {id_}: no output ({why})", file=sys.stderr)
        return Output((), seconds, (f"no output: {why}",))
    bullets = tuple(OutputBullet(b.text, tuple(s.index for s in b.sources) or None) for b in made.bullets)
    return Output(bullets, seconds, made.notes)


def read_outputs(path: Path, examples: Sequence[Example]) -> list[Output]:
    """Outputs of a JSONL with `id` and `bullets` (strings, or objects with `text` and perhaps `sources`), such as
    `summarizer summarize --format jsonl` writes. Raises InputError where an example has none."""
    found: dict[str, Output] = {}
    for place, item in read_objects(path):
        bullets = item.get("bullets")
        if isinstance(bullets, str):
            bullets = bullets.splitlines()
        if item.get("id") in (None, "") or not isinstance(bullets, list):
            raise InputError(f"{place}: no id or no bullets; give an object with both")
        found[str(item["id"])] = Output(tuple(_output_bullet(place, b) for b in bullets))
    missing = [e.id for e in examples if e.id not in found]
    if missing:
        raise InputError(f"{path}: no output for {len(missing)} of {len(examples)} articles, such as {missing[0]!r}")
    return [found[e.id] for e in examples]


def _output_bullet(place: str, value: Any) -> OutputBullet:
    if isinstance(value, str):
        return OutputBullet(value)
    text = (value.get("text") or value.get("en")) if isinstance(value, dict) else None
    if not isinstance(text, str):
        raise InputError(f"{place}: a bullet without text; give strings, or objects with 'text'")
    sources = value.get("sources")
    if not sources:
        return OutputBullet(text)
    try:
        return OutputBullet(text, tuple(s["index"] if isinstance(s, dict) else int(s) for s in sources))
    except (KeyError, TypeError, ValueError):
        raise InputError(f"{place}: sources are not sentence indices; give numbers, or objects with 'index'") from None
