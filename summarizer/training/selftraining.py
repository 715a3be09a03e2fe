"""Raw news translated by a checkpoint, as training text for the next one: self-training with filters.

He et al. 2020, "Revisiting Self-Training for Neural Sequence Generation". A translation is kept only where nothing
counts against it: no check of `pipeline.rescoring` refuses it or takes from its score, and the model's own score is
high enough. Articles that share wording with held-out texts are left out whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from summarizer.pipeline.rescoring import Candidate
from summarizer.text import segment
from summarizer.training.corpora import Drops, expand, rows
from summarizer.training.prepare import shingles

if TYPE_CHECKING:
    from summarizer.api import Summarizer

BATCH = 32  # articles translated together


@dataclass
class Options:
    """min_words, max_words: of a Hindi sentence. min_score: mean log-probability per target token."""

    min_words: int = 5
    max_words: int = 40
    min_score: float = -0.6


@dataclass
class Held:
    """Wording of texts that must not be trained on: hashes of runs of thirteen words, or of whole shorter sentences."""

    marks: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, patterns: Sequence[str]) -> Held:
        """Of every sentence in the rows of corpus files, in whichever field it stands."""
        held = cls()
        for path in expand(list(patterns)) if patterns else ():
            for row in rows(path, {}, Drops(), path):
                for text in _strings(row):
                    held.marks.update(*map(shingles, _sentences(text)))
        return held

    def shares(self, sentences: Iterable[str]) -> bool:
        return any(not self.marks.isdisjoint(shingles(sentence)) for sentence in sentences)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _sentences(text: str) -> list[str]:
    return [s.text for s in segment(text)]


def translated(
    articles: Iterable[dict[str, Any]], summarizer: Summarizer, held: Held, options: Options, counts: Counter[str]
) -> Iterator[dict[str, Any]]:
    """Articles as {"id", "sentences": [{"hi", "en"}], "bullets": []}, which the reader news_translations takes, with
    the sentences whose translations pass. `counts` says what became of sentences and articles."""
    source = iter(articles)
    while part := list(islice(source, BATCH)):
        chosen: list[tuple[str, str]] = []
        for article in part:
            found = segment(str(article.get("text") or ""))
            if held.shares(s.text for s in found):
                counts["articles that share wording with held-out text"] += 1
                continue
            for sentence in found:
                words = len(sentence.text.split())
                if sentence.role != "body":
                    counts["no body sentence"] += 1
                elif not options.min_words <= words <= options.max_words:
                    counts["too short or too long"] += 1
                else:
                    chosen.append((str(article.get("id")), sentence.text))
        made: dict[str, list[dict[str, str]]] = {}
        for (name, hindi), candidates in zip(chosen, summarizer.candidates([hi for _, hi in chosen]), strict=True):
            reason = _reason_to_drop(candidates, options)
            counts[reason or "kept"] += 1
            if not reason:
                made.setdefault(name, []).append({"hi": hindi, "en": candidates[0].text})
        yield from ({"id": name, "sentences": pairs, "bullets": []} for name, pairs in made.items())


def _reason_to_drop(candidates: Sequence[Candidate], options: Options) -> str | None:
    if len(candidates) != 1:
        return "not one sentence"
    best = candidates[0]
    if best.reasons:
        return "refused"
    if best.score < best.model_score:
        return "lacks something or makes something up"
    if best.model_score < options.min_score:
        return "low score of the model"
    return None
