"""The model's input: a sentence with its usable anchors inline, "रूस (Russia)", and every broken bracket gone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.anchors.brackets import is_placeholder
from summarizer.anchors.words import keys
from summarizer.document import Anchor, Origin, Sentence

_INNERMOST = re.compile(r"[(\[（［]([^()\[\]（）［］]*)[)\]）］]")
_RANK: dict[Origin, int] = {"article": 0, "repair": 1, "mention": 2, "lexicon": 3, "sound": 4}


def visible(sentence: Sentence, anchors: Iterable[Anchor], *, limit: int | None = None) -> list[Anchor]:
    """The anchors that `mark` shows, in order: usable, not overlapping, each term once.

    Overlaps go to the article's own gloss, then repairs, mentions, the glossary, sound; among equals to the longer one.
    `limit` keeps the best so many by the same order.
    """
    ours = [a for a in anchors if a.sentence == sentence.index and a.usable and a.start < a.end]
    ours.sort(key=lambda a: (_RANK[a.origin], a.start - a.end, a.start))
    taken = bytearray(len(sentence.text))
    kept: list[Anchor] = []
    for anchor in ours:
        if not any(taken[anchor.start : anchor.end]):
            taken[anchor.start : anchor.end] = b"\1" * (anchor.end - anchor.start)
            kept.append(anchor)
    seen: set[tuple[tuple[str, ...], str]] = set()
    first = []
    for anchor in sorted(kept, key=lambda a: a.start):
        term = (keys(anchor.hi), anchor.en.casefold())
        if term not in seen:
            first.append(anchor)
        seen.add(term)
    if limit is not None:
        best = sorted(first, key=lambda a: (_RANK[a.origin], a.start))[:limit]
        first = [a for a in first if a in best]
    return first


def mark(sentence: Sentence, anchors: Iterable[Anchor], *, limit: int | None = None) -> str:
    """The sentence as the model reads it: "रूस (Russia) के राष्ट्रपति पुतिन (Putin) …".

    Brackets of glosses are removed whatever their status; brackets that are no gloss (dates, remarks) stay. Exactly one
    space stands before an anchor's "(" and none inside it.
    """
    anchors = [a for a in anchors if a.sentence == sentence.index]
    cuts = [(a.bracket[0], a.bracket[1], "") for a in anchors if a.bracket and a.status != "not_a_gloss"]
    for anchor in anchors:
        if anchor.bracket and anchor.status == "not_a_gloss":
            cuts += _nested_placeholders(sentence.text, *anchor.bracket)
    shown = visible(sentence, anchors, limit=limit)
    inserts = [(a.end, a.end, f" ({a.en.strip()})") for a in shown if not _inside(a.end, cuts)]
    out, position = [], 0
    for start, end, new in sorted(inserts + cuts, key=lambda e: (e[0], e[1])):
        if start < position:
            continue
        out.append(sentence.text[position:start])
        out.append(new)
        position = end
    out.append(sentence.text[position:])
    return _tidy("".join(out))


def _nested_placeholders(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Innermost brackets inside a kept one that say nothing: (देखें (unclear) तस्वीर)."""
    inner = text[start + 1 : end - 1]
    found = ((m.start() + start + 1, m.end() + start + 1) for m in _INNERMOST.finditer(inner) if is_placeholder(m[1]))
    return [(first, last, "") for first, last in found]


def _inside(position: int, cuts: list[tuple[int, int, str]]) -> bool:
    return any(start < position < end for start, end, _ in cuts)


def _tidy(text: str) -> str:
    """Spaces left over where brackets stood: one between words, none before punctuation, one after a gloss."""
    text = re.sub(r"\)(?=[^\W_])", ") ", text)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s+(?=[,;।.!?](?:\s|$))", "", text).strip()
