"""Strategy "direct": the whole article is one input of a model fine-tuned on summaries; its bullets are traced back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from summarizer.anchors import consistency
from summarizer.anchors.romanise import likeness, romanise
from summarizer.anchors.words import keys
from summarizer.document import Bullet, Sentence
from summarizer.pipeline.prepare import Prepared, Unit
from summarizer.pipeline.rescoring import Candidate, Weights, best, judge
from summarizer.text import find_numbers

MAX_SOURCES = 2


def article_unit(article: Prepared) -> Unit:
    """All body sentences as one unit."""
    return article.unit([s.index for s in article.body])


def choose(
    article: Prepared, hypotheses: Sequence[tuple[list[str], float]], weights: Weights, limit: int | None
) -> tuple[list[Bullet], list[str]]:
    """The hypothesis whose bullets pass best, as bullets traced to their sentences, and notes on those left out."""
    unit = article_unit(article)
    judged = [[judge(text, score, unit, (), weights) for text in bullets] for bullets, score in hypotheses]
    if not judged:
        return [], ["the model gave no output"]

    def worth(candidates: list[Candidate]) -> tuple[int, float]:
        good = [c for c in candidates if not c.reasons]
        return (len(good), sum(c.score for c in good))

    chosen = max(judged, key=worth)
    notes = [f"bullet left out ({'; '.join(c.reasons)})" for c in chosen if best([c]) is None]
    bullets = [_bullet(article, c) for c in chosen if not c.reasons]
    return bullets[:limit], notes


def _bullet(article: Prepared, candidate: Candidate) -> Bullet:
    group = trace(candidate.text, article)
    anchors = [a for i in group for a in article.anchors_of(i) if a.usable]
    kept = {u.anchor.en.casefold(): u.anchor for u in consistency(candidate.text, anchors).kept}
    return Bullet(
        text=candidate.text,
        anchors=tuple(article.bullet_anchor(a) for a in kept.values()),
        sources=tuple(article.source_span(i) for i in group),
        score=round(candidate.score, 4),
    )


def trace(text: str, article: Prepared) -> tuple[int, ...]:
    """The sentences a bullet rests on, by shared anchors, numbers and names that sound alike; at most two, none when
    nothing is shared (then the origin is unknown, and saying so beats guessing)."""
    scores = {s.index: _support(text, s, article) for s in article.body}
    top = max(scores.values(), default=0.0)
    if top <= 0:
        return ()
    ranked = sorted((i for i in scores if scores[i] >= 0.6 * top), key=lambda i: (-scores[i], i))
    return tuple(sorted(ranked[:MAX_SOURCES]))


def _support(text: str, sentence: Sentence, article: Prepared) -> float:
    anchors = [a for a in article.anchors_of(sentence.index) if a.usable]
    shared = len({u.anchor.en.casefold() for u in consistency(text, anchors).kept})
    numbers = {n.value for n in find_numbers(text)} & {n.value for n in find_numbers(sentence.text)}
    names = [w.strip(".,'\"").lower() for w in text.split()[1:] if w[:1].isupper() and len(w) > 3]
    spoken = [_spoken(key) for key in keys(sentence.text) if len(key) > 2]
    heard = sum(any(likeness(word, name) > 0.8 for word in spoken) for name in names)
    return shared + len(numbers) + 0.5 * heard


@lru_cache(maxsize=4096)
def _spoken(key: str) -> str:
    return romanise(key)
