"""Anchor metrics: which glosses an English text keeps, renders otherwise, loses, and which broken ones it lets through.

Matching follows the practice of WMT's terminology tasks: on tokens, longest term first, a token serves one term only
(`summarizer.anchors.consistency`). Two figures are kept apart. Recall: of the glosses that the reference uses, those
that the text has. Consistency: of the glosses that the text renders in any form, those it spells as printed; a gloss it
does not render at all counts for recall alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rapidfuzz.distance import OSA

from summarizer.anchors import Lexicon, consistency, english, is_placeholder, leaks
from summarizer.anchors.romanise import likeness, romanise, skeleton
from summarizer.anchors.scoring import is_name
from summarizer.anchors.words import keys
from summarizer.document import Anchor

NEAR = 0.72  # letters shared (OSA) by two spellings of one name that also agree in their consonants
SOUNDS = 0.85  # likeness to the Hindi words that tells another spelling of them
_ADJECTIVE = re.compile(r"a?(?:n|i|ian|ese|ish|ic|ite)s?")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


class Variant(NamedTuple):
    """An anchor that the text renders as `surface` instead of its spelling."""

    anchor: Anchor
    surface: str


class Leak(NamedTuple):
    """A broken gloss that surfaces. kind: placeholder, misspelt or misplaced."""

    kind: str
    surface: str


@dataclass(frozen=True)
class TermReport:
    """What one text does with an article's anchors; each spelling counts once, whatever its number of uses.

    kept: spellings in the text; variants: rendered otherwise; missing: not rendered; leaks: broken glosses.
    """

    kept: tuple[Anchor, ...]
    variants: tuple[Variant, ...]
    missing: tuple[Anchor, ...]
    leaks: tuple[Leak, ...]

    def has(self, anchor: Anchor) -> bool:
        return anchor.en.casefold() in {a.en.casefold() for a in self.kept}


def is_derived(word: str, name: str) -> bool:
    """Indonesian of Indonesia, Punjabi of Punjab: another word, not another spelling."""
    stem = name.casefold().rstrip("aeoy")
    rest = word.casefold()[len(stem) :]
    return len(stem) > 2 and word.casefold().startswith(stem) and bool(_ADJECTIVE.fullmatch(rest))


def report(text: str, anchors: Iterable[Anchor], reference: str = "", lexicon: Lexicon | None = None) -> TermReport:
    """Judge one text by the anchors of its article. reference: the human English of the article: what it
    writes itself is no leak and no wrong case.

    A name in another case than printed ("russia") counts as rendered otherwise.
    """
    lexicon = lexicon or Lexicon.load()
    anchors = list(anchors)
    found = consistency(text, anchors)
    kept: dict[str, Anchor] = {}
    varied: dict[str, Variant] = {}
    for use in found.kept:
        surface, key = text[use.start : use.end], use.anchor.en.casefold()
        if use.exact or not _wrong_case(surface, use.anchor, reference):
            kept[key] = use.anchor
        else:
            varied[key] = Variant(use.anchor, surface)
    variants = [variant for key, variant in varied.items() if key not in kept]  # a right use outweighs a wrong one
    free = _free_words(text, [(u.start, u.end) for u in found.kept])
    missing = []
    for anchor in found.missing:
        surface = _rendered(anchor, free, lexicon)
        if surface:
            variants.append(Variant(anchor, surface))
        else:
            missing.append(anchor)
    return TermReport(tuple(kept.values()), tuple(variants), tuple(missing), tuple(_leaks(text, anchors, reference)))


def _wrong_case(surface: str, anchor: Anchor, reference: str) -> bool:
    """Whether a name has lost its capitals. Sites print common nouns in capitals too ("Solar Park"), so a writing that
    the reference uses itself is right."""
    return is_name(anchor) and not re.search(rf"(?<!\w){re.escape(surface)}(?!\w)", reference)


def _free_words(text: str, owned: Sequence[tuple[int, int]]) -> list[str]:
    """Words in order, an empty string where punctuation or an anchor's own use comes between."""
    words: list[str] = []
    last = 0
    for match in _WORD.finditer(text):
        if text[last : match.start()].strip(" "):
            words.append("")
        taken = any(start < match.end() and match.start() < end for start, end in owned)
        words.append("" if taken else match.group())
        last = match.end()
    return words


def _rendered(anchor: Anchor, words: Sequence[str], lexicon: Lexicon) -> str:
    """The stretch of words that renders the anchor otherwise, "" without one."""
    size = len(english.words(anchor.en))
    entry = lexicon.lookup(anchor.hi)
    others = [entry.english] if entry and not english.same(entry.english, anchor.en) else []
    sizes = {size - 1, size, size + 1, *(len(english.words(o)) for o in others)} - {0}
    for count in sorted(sizes, key=lambda n: (n != size, n)):
        for i in range(len(words) - count + 1):
            here = words[i : i + count]
            if all(here) and _is_rendering(" ".join(here), anchor, others):
                return " ".join(here)
    return ""


def _is_rendering(phrase: str, anchor: Anchor, others: Sequence[str]) -> bool:
    phrase = re.sub(r"['’]s$", "", phrase)
    if english.same(phrase, anchor.en) or any(english.same(phrase, o) for o in others):
        return True
    if not is_name(anchor) or english.is_acronym(anchor.en) or not _all_capitalised(phrase):
        return False
    one, other = "".join(english.words(phrase)), "".join(english.words(anchor.en))
    if is_derived(one, other) or len(english.words(phrase)) < len(english.words(anchor.en)) and one in other:
        return False
    near = OSA.normalized_similarity(one, other) >= NEAR and one[:1] == other[:1]
    if near and OSA.distance(skeleton(one), skeleton(other)) <= (1 if len(skeleton(other)) > 3 else 0):
        return True
    spoken = "".join(romanise(key) for key in keys(anchor.hi))
    return len(other) > 3 and likeness(spoken, one) >= SOUNDS


def _all_capitalised(phrase: str) -> bool:
    words = phrase.split()
    return words[0][0].isupper() and words[-1][0].isupper()


def _leaks(text: str, anchors: Sequence[Anchor], reference: str) -> Iterable[Leak]:
    # A spelling that a usable anchor has as its own is no leak; each broken gloss is judged by itself, for its kind.
    usable = [replace(a, status="valid") for a in anchors if a.usable]
    seen: set[str] = set()
    for anchor in anchors:
        for surface in set(leaks(text, [anchor, *usable])) - set(leaks(reference, [anchor, *usable])):
            if surface.casefold() not in seen:
                seen.add(surface.casefold())
                yield Leak(anchor.status, surface)
    for match in _BRACKET.finditer(text):
        if is_placeholder(match[1]) and match[1].strip().casefold() not in seen:
            yield Leak("placeholder", match.group())


def anchor_metrics(
    hypotheses: Sequence[str], anchors: Sequence[Sequence[Anchor]], references: Sequence[str]
) -> dict[str, float]:
    """Corpus figures: `anchor_recall` and `anchor_consistency` (0 to 1, over all texts' anchors; 1.0 where nothing is
    to be counted), `placeholder_leaks` and `misspelt_leaks` (misplaced ones included; counts).

    Raises ValueError unless the three lists have the same length.
    """
    if not len(hypotheses) == len(anchors) == len(references):
        raise ValueError(
            f"{len(hypotheses)} hypotheses, {len(anchors)} anchor lists, {len(references)} references; give one each"
        )
    wanted = got = kept = varied = placeholders = misspelt = 0
    for hypothesis, own, reference in zip(hypotheses, anchors, references, strict=True):
        found = report(hypothesis, own, reference)
        expected = {u.anchor.en.casefold() for u in consistency(reference, own).kept}
        wanted += len(expected)
        got += len(expected & {a.en.casefold() for a in found.kept})
        kept += len(found.kept)
        varied += len(found.variants)
        placeholders += sum(leak.kind == "placeholder" for leak in found.leaks)
        misspelt += sum(leak.kind != "placeholder" for leak in found.leaks)
    return {
        "anchor_recall": got / wanted if wanted else 1.0,
        "anchor_consistency": kept / (kept + varied) if kept + varied else 1.0,
        "placeholder_leaks": float(placeholders),
        "misspelt_leaks": float(misspelt),
    }
