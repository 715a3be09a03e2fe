"""What a page shows of an article beside its summary: segments with roles, anchors with statuses. No HTML here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from summarizer.document import Origin, Role, Status
from summarizer.pipeline.prepare import Prepared


@dataclass(frozen=True)
class Segment:
    """A sentence, or a line set aside for `reason`. start, end: offsets of the original text; text: as normalised."""

    index: int
    paragraph: int
    role: Role
    reason: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class ArticleAnchor:
    """An anchor in its place. start, end: offsets of the original text, the same as in a bullet's anchors.

    at: where the Hindi words stand in the segment's text; bracket: where its bracket stands there, if it has one. Both
    are half-open and count Unicode code points.
    """

    segment: int
    hi: str
    en: str
    gloss: str
    status: Status
    origin: Origin
    reason: str
    start: int
    end: int
    at: tuple[int, int]
    bracket: tuple[int, int] | None


@dataclass(frozen=True)
class Article:
    """An article as it was read: every segment in order, every anchor in order."""

    segments: tuple[Segment, ...]
    anchors: tuple[ArticleAnchor, ...]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def article_view(prepared: Prepared) -> Article:
    """The segments and anchors of a prepared article."""
    segments = tuple(
        Segment(s.index, s.paragraph, s.role, s.reason, s.text, s.start, s.end) for s in prepared.sentences
    )
    anchors = []
    for a in prepared.all_anchors():
        start, end = prepared.sentences[a.sentence].locate(a.start, a.end)
        place = (a.start, a.end)
        anchors.append(
            ArticleAnchor(a.sentence, a.hi, a.en, a.gloss, a.status, a.origin, a.reason, start, end, place, a.bracket)
        )
    return Article(segments, tuple(anchors))
