"""The public object: `Summarizer.load(...)`, `.summarize(text)`, `.summarize_many(iterable)`, `.translate(sentences)`.

Thin: what happens to an article is in `pipeline`, what happens to token ids in `engines`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer.anchors import Lexicon
from summarizer.document import Summary
from summarizer.engines import KINDS, DecodingOptions, Engine, load_engine
from summarizer.errors import InputError, ModelError, SummarizerError, UsageError
from summarizer.generation import in_parts, in_whole
from summarizer.models.loading import resolve
from summarizer.pipeline import direct
from summarizer.pipeline.extract import Extraction
from summarizer.pipeline.numerals import dated
from summarizer.pipeline.prepare import ANCHOR_MODES, Prepared, Unit, prepare
from summarizer.pipeline.rescoring import TRANSLATION, Candidate, Reading, Weights, contest
from summarizer.selection import default_bullets, select

DEFAULT_MODEL = Path(__file__).with_name("default")
STRATEGIES = ("auto", "extract", "direct")
SELECTIONS = ("salience", "lead", "random")
WINDOW = 32  # articles planned together by summarize_many: enough for even batches, constant memory
OVERLAP = 2  # windows at work at once
RESERVES = 4
ROUNDS = 3
N_BEST = 6


@dataclass(frozen=True)
class Failure:
    """An input of `summarize_many` that could not be summarised: the others go on."""

    id: str | None
    error: str


class Summarizer:
    """Turns Hindi news articles into English bullets. Safe to use from several threads.

    engine: a loaded checkpoint. strategy: "extract" (a bullet per group of salient sentences) or "direct" (the model
    reads the whole article). anchors: "sound" (the article's glosses, the glossary's names, the dictionary's rare
    words, and other rare names as they sound), "lexicon" (without the last), "article" (glosses alone), "none" or
    "shuffled" (ablations). rescoring: off takes the model's first hypothesis if it passes the checks.
    restoring: off leaves lost glosses lost and invented names as they are.
    selection: "salience", "lead" or "random".
    """

    def __init__(
        self,
        engine: Engine,
        *,
        strategy: str = "extract",
        anchors: str = "sound",
        rescoring: bool = True,
        restoring: bool = True,
        selection: str = "salience",
        name: str = "",
    ) -> None:
        self.engine, self.strategy, self.anchors = engine, strategy, anchors
        self.rescoring, self.selection, self.name = rescoring, selection, name
        self.lexicon = Lexicon.load()
        self.options = DecodingOptions(
            beam_size=N_BEST, n_best=N_BEST if rescoring else 1, attention=restoring and engine.aligns
        )

    @classmethod
    def load(
        cls,
        model: str | Path | None = None,
        *,
        engine: str = "auto",
        strategy: str = "auto",
        device: str = "auto",
        threads: int | None = None,
        anchors: str = "sound",
        rescoring: bool = True,
        selection: str = "salience",
    ) -> Summarizer:
        """Load a checkpoint folder, a hub id, or (None) the embedded default.

        engine: "auto", "ctranslate2" or "torch". strategy: "auto" picks "extract" for families trained on sentences and
        "direct" for those trained on whole articles. device: "auto", "cpu", "cuda", "mps". threads: CPU threads.
        Raises ModelError for a checkpoint that cannot be used and UsageError for an unknown option.
        """
        for what, value, known in (
            ("engine", engine, KINDS),
            ("strategy", strategy, STRATEGIES),
            ("anchors", anchors, ANCHOR_MODES),
            ("selection", selection, SELECTIONS),
        ):
            if value not in known:
                raise UsageError(f"{what} {value!r} is unknown; known: {', '.join(known)}")
        folder = resolve(str(model)) if model is not None else DEFAULT_MODEL
        if model is None and not (folder / "model.safetensors").exists():
            raise ModelError(f"{folder}: the embedded checkpoint is not there; reinstall, or give --model DIR")
        loaded = load_engine(folder, engine, device, threads)
        tasks = loaded.codec.family.tasks
        if strategy == "auto":
            strategy = "direct" if "summarise" in tasks else "extract"
        elif strategy == "direct" and "summarise" not in tasks:
            raise UsageError(
                f"strategy direct: family {loaded.codec.family.name} reads sentences, not whole articles; use extract"
            )
        name = "default" if model is None else str(model)
        return cls(loaded, strategy=strategy, anchors=anchors, rescoring=rescoring, selection=selection, name=name)

    def summarize(
        self,
        text: str,
        *,
        bullets: int | None = None,
        groups: Sequence[Sequence[int]] | None = None,
        id: str | None = None,  # noqa: A002 - the record's own word
        title: str | None = None,
    ) -> Summary:
        """Bullets of one article (raw text or HTML).

        bullets: how many, at most; by default 5 or 6, fewer for short articles. groups: sentence indices (of
        `summarizer.text.segment`) to make bullets from instead of choosing, one bullet a group. Raises InputError for
        text without Hindi sentences.
        """
        if bullets is not None and bullets < 1:
            raise UsageError(f"bullets is {bullets}; it must be 1 or more")
        article = prepare(text, self.lexicon, self.anchors, id)
        return self._summaries([(article, groups)], bullets, [(id, title)])[0]

    def summarize_many(
        self, records: Iterable[Any], *, bullets: int | None = None, window: int = WINDOW
    ) -> Iterator[Summary | Failure]:
        """Summaries in the order of `records`, streaming: strings, or objects with `text` and maybe `id` and `title`.

        Sentences of up to `window` articles are translated together, and one window is prepared or checked while
        another is translated: that many records are read ahead. An input that fails gives a Failure in its place.
        """
        source = iter(records)
        ahead: deque[Future[list[Summary | Failure]]] = deque()
        with ThreadPoolExecutor(OVERLAP) as pool:
            try:
                while True:
                    while len(ahead) < OVERLAP and (chunk := list(islice(source, window))):
                        ahead.append(pool.submit(self._window, chunk, bullets))
                    if not ahead:
                        return
                    yield from ahead.popleft().result()
            finally:
                for future in ahead:
                    future.cancel()

    def _window(self, chunk: Sequence[Any], bullets: int | None) -> list[Summary | Failure]:
        results: list[Summary | Failure | None] = [None] * len(chunk)
        articles, labels, places = [], [], []
        for place, item in enumerate(chunk):
            text = item if isinstance(item, str) else item.text
            name, title = getattr(item, "id", None), getattr(item, "title", None)
            try:
                articles.append((prepare(text, self.lexicon, self.anchors, name), None))
            except SummarizerError as error:
                results[place] = Failure(name, str(error))
                continue
            labels.append((name, title if isinstance(title, str) else None))
            places.append(place)
        for place, summary in zip(places, self._summaries(articles, bullets, labels), strict=True):
            results[place] = summary
        return [r for r in results if r is not None]

    def translate(self, sentences: Iterable[str]) -> list[str]:
        """English of each Hindi sentence, anchors honoured; "" for one without words."""
        return [" ".join(c.text for c in found) for found in self.candidates(sentences)]

    def candidates(self, sentences: Iterable[str]) -> list[list[Candidate]]:
        """The best translation of each body sentence in each text, with its scores and what speaks against it: a
        translation is owed even where a bullet would be refused. [] for a text without any."""
        texts = list(sentences)
        units: list[tuple[int, Unit]] = []
        for place, text in enumerate(texts):
            try:
                article = prepare(text, self.lexicon, self.anchors)
            except InputError:
                continue
            units += [(place, article.unit([s.index])) for s in article.body]
        found: list[list[Candidate]] = [[] for _ in texts]
        todo = [u for _, u in units]
        for (place, unit), readings in zip(units, self._translations(todo), strict=True):
            candidates = contest(readings, unit, (), TRANSLATION)
            if candidates:
                chosen = max(candidates, key=lambda c: (-len(c.reasons), c.score))
                found[place].append(replace(chosen, text=dated(chosen.text, unit.plain)))
        return found

    def describe(self) -> dict[str, Any]:
        """What is loaded: model, family, engine, strategy and anchors."""
        return {
            "model": self.name,
            "family": self.engine.codec.family.name,
            "engine": self.engine.name,
            "strategy": self.strategy,
            "anchors": self.anchors,
        }

    def _summaries(
        self,
        articles: Sequence[tuple[Prepared, Sequence[Sequence[int]] | None]],
        bullets: int | None,
        labels: Sequence[tuple[str | None, str | None]],
    ) -> list[Summary]:
        made = self._direct(articles, bullets) if self.strategy == "direct" else self._extract(articles, bullets)
        return [
            Summary(tuple(found), (*article.notes(), *notes), id_, title, self.name)
            for (article, _), (found, notes), (id_, title) in zip(articles, made, labels, strict=True)
        ]

    def _translations(self, units: Sequence[Unit]) -> list[list[Reading]]:
        """Each unit translated as a whole and, where its hypotheses are judged, in two parts."""
        whole = in_whole(self.engine, self.options, units, task="translate", weights=TRANSLATION)
        if not self.rescoring:
            return whole
        cut = in_parts(self.engine, self.options, units, weights=TRANSLATION)
        return [[*readings, *more] for readings, more in zip(whole, cut, strict=True)]

    def _extract(self, articles: Any, bullets: int | None) -> list[tuple[list[Any], list[str]]]:
        # A translation errs less than the bullet task, which competes where the translation lost something.
        ways: tuple[Callable[..., list[list[Reading]]], ...] = (
            self._translations,
            partial(in_whole, self.engine, self.options, task="bullet", weights=TRANSLATION),
        )
        states = []
        for article, groups in articles:
            if groups is None:
                wanted = bullets or default_bullets(len(article.body))
                chosen = select(article.sentences, article.anchors, wanted, method=self.selection, reserves=RESERVES)
                queue = [tuple(g) for g in chosen]
            else:
                queue = [tuple(g) for g in groups]
                wanted = len(queue)
            states.append(Extraction(article, queue, wanted, self.rescoring))
        for _ in range(ROUNDS):
            todo = [(state, unit) for state in states for unit in state.next_units()]
            if not todo:
                break
            pools: list[list[Candidate]] = [[] for _ in todo]
            for generate in ways:
                again = [i for i, (state, _) in enumerate(todo) if not pools[i] or state.wants_more(pools[i])]
                found = generate([todo[i][1] for i in again]) if again else []
                for i, readings in zip(again, found, strict=True):
                    state, unit = todo[i]
                    pools[i] = state.judge(unit, readings, TRANSLATION, pools[i])
            for (state, unit), pool in zip(todo, pools, strict=True):
                state.take(unit, pool)
        return [(list(state.bullets()), state.notes) for state in states]

    def _direct(self, articles: Any, bullets: int | None) -> list[tuple[list[Any], list[str]]]:
        codec = self.engine.codec
        units = [direct.article_unit(article) for article, _ in articles]
        sources = codec.encode_sources([u.source for u in units], "summarise")
        results = []
        for (article, _), source, hypotheses in zip(
            articles, sources, self.engine.generate(sources, self.options), strict=True
        ):
            split = [(codec.split(h.ids), h.score) for h in hypotheses]
            found, notes = direct.choose(article, split, Weights(), bullets)
            if len(source) >= codec.family.max_source:
                notes.append(f"only the first {len(source)} tokens of the article were read")
            results.append((found, notes))
        return results
