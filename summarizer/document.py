"""The words of the project as frozen records: Sentence, Anchor, Bullet, Summary.

Everything here is plain data with no dependency; how sentences are found, anchors judged or bullets made lives in the
rooms that import this module.

Offsets: `Sentence.start/end` count characters of the *original* article, as Python slices it. Positions inside an
`Anchor` count characters of `Sentence.text`, the normalised sentence; `Sentence.locate` turns them into original
offsets.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Role = Literal["body", "subhead", "dateline", "boilerplate"]
Status = Literal["valid", "placeholder", "misspelt", "misplaced", "not_a_gloss"]
Origin = Literal["article", "mention", "lexicon", "repair", "sound"]


@dataclass(frozen=True)
class Sentence:
    """One sentence (or set-aside line) of an article.

    index: position among all segments of the article, body or not.
    text: normalised text (NFC, no zero-width characters, single spaces), brackets still in place.
    offsets: for each character of `text`, its offset in the original article (same length as `text`).
    role: only "body" is summarised; the others are set aside, with `reason` naming the rule that did it.
    """

    index: int
    text: str
    start: int
    end: int
    offsets: tuple[int, ...] = field(repr=False)
    role: Role = "body"
    reason: str = ""
    paragraph: int = 0

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets (half-open) of `text[start:end]`; the slice must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True)
class Anchor:
    """A Hindi span and the English spelling it must have in the bullets.

    hi: the Hindi words, a slice of the sentence's text: `sentence.text[start:end]`.
    en: the English to use; "" when there is none (a placeholder that nothing repairs, a bracket that is no gloss).
    gloss: the bracketed text as printed; "" for anchors without a bracket of their own.
    status: of the printed gloss. "misspelt" and "placeholder" anchors are usable when `en` holds a repair.
    origin: article = the bracket says so; mention = a bare later mention of a glossed term; lexicon = the glossary, or
        the dictionary for rare words; repair = a broken bracket mended by the glossary; sound = a rare name or loan
        word in none of these, spelt as it sounds.
    bracket: positions of the bracket in the sentence's text, parentheses included; None without one.
    """

    hi: str
    en: str
    sentence: int
    start: int
    end: int
    gloss: str = ""
    status: Status = "valid"
    origin: Origin = "article"
    reason: str = ""
    bracket: tuple[int, int] | None = None

    @property
    def usable(self) -> bool:
        return bool(self.en)


@dataclass(frozen=True)
class SourceSpan:
    """A source sentence of a bullet: its index, its offsets in the original article and its original characters."""

    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class BulletAnchor:
    """An anchor as a bullet uses it: original offsets of the Hindi words, spelling, status, origin and reason."""

    hi: str
    en: str
    start: int
    end: int
    status: Status
    origin: Origin
    reason: str = ""


@dataclass(frozen=True)
class Bullet:
    """One English bullet. score: mean log-probability per target token plus the rescoring terms (higher is better)."""

    text: str
    anchors: tuple[BulletAnchor, ...]
    sources: tuple[SourceSpan, ...]
    score: float


@dataclass(frozen=True)
class Summary:
    """What `Summarizer.summarize` returns. notes: plain sentences about what was left out or mended and why."""

    bullets: tuple[Bullet, ...]
    notes: tuple[str, ...] = ()
    id: str | None = None
    title: str | None = None
    model: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Summary:
        """Inverse of `to_dict`. Raises KeyError or TypeError on a record of another shape."""
        bullets = tuple(
            Bullet(
                text=b["text"],
                anchors=tuple(BulletAnchor(**a) for a in b["anchors"]),
                sources=tuple(SourceSpan(**s) for s in b["sources"]),
                score=b["score"],
            )
            for b in data["bullets"]
        )
        return cls(bullets, tuple(data["notes"]), data["id"], data["title"], data["model"])

    def to_json(self, indent: int | None = 2) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_markdown(self) -> str:
        heading = [f"## {self.title}", ""] if self.title else []
        return "\n".join([*heading, *(f"- {b.text}" for b in self.bullets)])
