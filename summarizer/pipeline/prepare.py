"""An article made ready: sentences, anchors, and the marked text of any group of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from summarizer.anchors import Lexicon, annotate, keep_origins, mark, unlisted, visible
from summarizer.document import Anchor, BulletAnchor, Sentence, SourceSpan
from summarizer.errors import InputError
from summarizer.text import looks_like_html, segment
from summarizer.text.html import to_text

ANCHOR_MODES = ("none", "article", "lexicon", "sound", "shuffled")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LETTER = re.compile(r"[^\W\d_]")
MIN_HINDI = 0.25  # share of Devanagari among letters below which a text is not Hindi


@dataclass(frozen=True)
class Unit:
    """What one bullet is made from. plain: its sentences; marked: the same with their anchors inline; anchors: those
    that these show, in order."""

    group: tuple[int, ...]
    marked: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    plain: tuple[str, ...]

    @property
    def source(self) -> str:
        """What a model reads."""
        return " ".join(self.marked)


@dataclass(frozen=True)
class Prepared:
    """text: the original article; sentences: all its segments; anchors: glosses, mentions and glossary names of all of
    them, after the mode's filter; lexicon: where words that these leave out are looked up, None for a mode without;
    by_sound: whether other names are spelt as they sound."""

    text: str
    sentences: list[Sentence]
    anchors: list[Anchor]
    lexicon: Lexicon | None = None
    by_sound: bool = False

    @cached_property
    def body(self) -> list[Sentence]:
        return [s for s in self.sentences if s.role == "body"]

    @cached_property
    def _by_sentence(self) -> dict[int, list[Anchor]]:
        table: dict[int, list[Anchor]] = {}
        for anchor in self.anchors:
            table.setdefault(anchor.sentence, []).append(anchor)
        return table

    def anchors_of(self, index: int) -> list[Anchor]:
        """All anchors of one sentence, in order. Those of single words (`unlisted`) are found here and not beforehand,
        since few sentences of an article are translated."""
        if index not in self._complete:
            anchors, sentence = self._by_sentence.get(index, []), self.sentences[index]
            if self.lexicon and sentence.role == "body":
                rest = unlisted(sentence, anchors, self.lexicon, by_sound=self.by_sound)
                anchors = sorted([*anchors, *rest], key=lambda a: (a.start, a.end))
            self._complete[index] = anchors
        return self._complete[index]

    @cached_property
    def _complete(self) -> dict[int, list[Anchor]]:
        return {}

    def all_anchors(self) -> Iterator[Anchor]:
        """The anchors of all sentences in reading order, those of single words included."""
        for sentence in self.sentences:
            yield from self.anchors_of(sentence.index)

    def unit(self, group: Sequence[int]) -> Unit:
        sentences = [self.sentences[i] for i in sorted(group)]
        anchors = [(s, self.anchors_of(s.index)) for s in sentences]
        return Unit(
            group=tuple(s.index for s in sentences),
            marked=tuple(mark(s, a) for s, a in anchors),
            anchors=tuple(shown for s, a in anchors for shown in visible(s, a)),
            plain=tuple(s.text for s in sentences),
        )

    def source_span(self, index: int) -> SourceSpan:
        sentence = self.sentences[index]
        return SourceSpan(index, sentence.start, sentence.end, self.text[sentence.start : sentence.end])

    def bullet_anchor(self, anchor: Anchor) -> BulletAnchor:
        start, end = self.sentences[anchor.sentence].locate(anchor.start, anchor.end)
        return BulletAnchor(anchor.hi, anchor.en, start, end, anchor.status, anchor.origin, anchor.reason)

    def notes(self) -> list[str]:
        """What was mended or set aside among the glosses, in the article's order."""
        notes = []
        for anchor in self.anchors:
            if anchor.status in ("placeholder", "misspelt", "misplaced"):
                result = f"uses {anchor.en!r}" if anchor.usable else "is left out"
                notes.append(f"gloss ({anchor.gloss}) after {anchor.hi} {result}: {anchor.reason}")
        return list(dict.fromkeys(notes))


def require_hindi(text: str, name: str | None = None) -> None:
    """Raises InputError for a text that is empty or not Hindi. Of a page counts what a reader sees."""
    what = name or "the text"
    if looks_like_html(text):
        text = to_text(text).text
    if not text.strip():
        raise InputError(f"{what}: empty; give the article's text")
    letters, hindi = len(_LETTER.findall(text)), len(_DEVANAGARI.findall(text))
    if not hindi:
        raise InputError(f"{what}: no Hindi text found (no Devanagari letters); give an article in Hindi")
    if hindi < MIN_HINDI * (letters + hindi):
        raise InputError(f"{what}: mostly not Hindi ({hindi} of {letters + hindi} letters); give an article in Hindi")


def prepare(text: str, lexicon: Lexicon | None, mode: str = "sound", name: str | None = None) -> Prepared:
    """Segment and annotate an article. mode: which anchors to use, see ANCHOR_MODES (each of the first four adds to the
    one before; "shuffled" is an ablation that hands the right spellings to the wrong words). Raises InputError when
    nothing can be summarised."""
    require_hindi(text, name)
    sentences = segment(text)
    if not any(s.role == "body" for s in sentences):
        what = name or "the text"
        raise InputError(f"{what}: no body sentence in it, only headings or boilerplate; give the article's text")
    anchors = annotate(sentences, lexicon)
    if mode == "none":
        anchors = keep_origins(anchors, ())
    elif mode == "article":
        anchors = keep_origins(anchors, ("article", "mention", "repair"))
    elif mode == "shuffled":
        anchors = _shuffled(anchors)
    return Prepared(text, sentences, anchors, lexicon if mode in ("lexicon", "sound") else None, mode == "sound")


def _shuffled(anchors: list[Anchor]) -> list[Anchor]:
    usable = [a for a in anchors if a.usable]
    spellings = [a.en for a in usable]
    moved = iter(spellings[len(spellings) // 2 :] + spellings[: len(spellings) // 2])
    return [replace(a, en=next(moved)) if a.usable else a for a in anchors]
