"""Hypotheses mended by what the model looked at: lost glosses put back, invented names spelt as they sound.

Works on checkpoints whose cross-attention was trained to point at the source word that a target word comes from
(training/guide.py). Where it points firmly at a gloss and its Hindi words, the English there stands for the gloss:
"Meten" → "methane", "Turkey" → "Turkiye". A name that nothing in the source supports becomes a transliteration of the
Hindi word that it points at: "Bhutan" → "Bhuntar". One that sounds like a source word, yet much less so than the usual
spelling of that word, gives way to it: "Anurag" → "Anuradha".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.anchors import Lexicon, consistency, enforce, english, transliterate
from summarizer.anchors.names import is_known, misheard, unsupported_spans
from summarizer.anchors.scoring import is_name
from summarizer.anchors.words import keys
from summarizer.document import Anchor

FIRM = 0.8  # attention on the gloss that the best word of a stretch needs
LOOSE = 0.5  # and that every word of it needs; an invented name needs it on one source word
_CORE = re.compile(r"[^\W_].*[^\W_]|[^\W_]", re.DOTALL)
_LAYOUT = re.compile(r"<[^<>]+>")
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL = english.SMALL | frozenset(
    """
    is are was were be been being has have had will would can could may that this these those his her its their he she
    it they who which as not no also said than or but into over under about after before during between more most
    """.split()
)
_OF_PLACE = re.compile(r"[A-Z].*(?:ans?|ese|[cs]h|is?|ic|men)$")


@dataclass(frozen=True)
class Alignment:
    """source, target: words; weights: target words × source words, attention summed over a source word's tokens and
    averaged over a target word's; 0 in the row of a word whose attention is unknown."""

    source: list[str]
    target: list[str]
    weights: np.ndarray


def align(source: Sequence[str], target: Sequence[str], attention: Sequence[Sequence[float]]) -> Alignment:
    """Word alignment of a hypothesis. source, target: SentencePiece pieces of the encoded source (layout tokens such as
    "</s>" included) and of the hypothesis; attention: target pieces × source pieces."""
    weights = np.asarray(attention, dtype=np.float32)
    source_words, columns = _words(source)
    target_words, rows = _words(target)
    known = np.add.reduceat(weights.any(1).astype(int), rows)
    summed = np.add.reduceat(np.add.reduceat(weights, columns, axis=1), rows, axis=0)
    return Alignment(source_words, target_words, summed / np.maximum(known, 1)[:, None])


def _words(pieces: Sequence[str]) -> tuple[list[str], list[int]]:
    """Words and their first pieces; a layout token is a word of its own."""
    starts = [i for i, piece in enumerate(pieces) if i == 0 or piece.startswith("▁") or _LAYOUT.fullmatch(piece)]
    ends = [*starts[1:], len(pieces)]
    return ["".join(pieces[a:b]).replace("▁", "") for a, b in zip(starts, ends, strict=True)], starts


def restore(text: str, anchors: Iterable[Anchor], alignment: Alignment, sentences: Sequence[str]) -> tuple[str, int]:
    """`text` with lost glosses put back and invented or misheard names respelt, and how many were. text: the hypothesis
    as decoded; sentences: its Hindi source.

    Only stretches of words that no other anchor owns are replaced, and none that only inflect the gloss (Russian for
    Russia). Numbers are never touched.
    """
    words = list(re.finditer(r"\S+", text))
    if [m.group() for m in words] != alignment.target:
        return text, 0
    anchors = list(anchors)
    mended = enforce(text, anchors)
    missing = {a.en.casefold() for a in consistency(mended, anchors).missing}
    owned = [(use.start, use.end) for use in consistency(text, anchors).kept]
    free = [
        _CORE.search(m.group()) is not None
        and not re.search(r"\d", m.group())
        and not any(s < m.end() and m.start() < e for s, e in owned)
        for m in words
    ]
    edits: list[tuple[int, int, str]] = []
    for anchor in anchors:
        if anchor.en.casefold() not in missing or re.search(r"\d", anchor.en):
            continue
        if anchor.origin == "lexicon" and not is_name(anchor):  # the model may know a better word than the glossary
            continue
        span = _find(anchor, alignment.source)
        stretch = _stretch(alignment.weights[:, slice(*span)].sum(1), alignment.target, free) if span else None
        if stretch is None:
            continue
        first, last = _with_its_words(*stretch, alignment.target, free, anchor.en)
        start = words[first].start() + _core(words[first].group())[0]
        end = words[last].start() + _core(words[last].group())[1]
        if last - first > max(len(anchor.en.split()), len(anchor.hi.split())) + 1 or _inflects(
            text[start:end], anchor.en
        ):
            continue
        missing.discard(anchor.en.casefold())
        free[first : last + 1] = [False] * (last + 1 - first)
        edits.append((start, end, anchor.en))
    edits += _respelt(text, set(mended.split()), words, free, alignment, sentences, anchors)
    for start, end, name in misheard(text, sentences, [a.en for a in anchors]):
        place = _word_at(start, words)
        if free[place] and not any(s < end and start < e for s, e, _ in edits):
            edits.append((start, end, name))
    for start, end, new in sorted(edits, reverse=True):
        text = _article(text[:start], new) + new + text[end:]
    return text, len(edits)


def _respelt(
    text: str,
    mended: set[str],
    words: list[re.Match[str]],
    free: list[bool],
    alignment: Alignment,
    sentences: Sequence[str],
    anchors: list[Anchor],
) -> list[tuple[int, int, str]]:
    """Edits that spell invented names as the source word sounds that they point at; neighbours that point at the same
    word are one name. mended: the words that stand when near misses are mended; no other is touched."""
    edits: list[tuple[int, int, str]] = []
    last = (-1, -1)  # place and source word of the previous edit
    for start, end in unsupported_spans(text, sentences, [a.en for a in anchors]):
        place = _word_at(start, words)
        pointed = int(alignment.weights[place].argmax())
        if not free[place] or words[place].group() not in mended or alignment.weights[place, pointed] < LOOSE:
            continue
        name = _spelling(alignment.source[pointed])
        end -= len(match.group()) if (match := _POSSESSIVE.search(text[start:end])) else 0
        if not name or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            continue
        if _inflects(text[start:end], name) and not is_known(text[start:end]):
            continue
        if edits and last == (place - 1, pointed):
            start = edits.pop()[0]
        edits.append((start, end, name))
        last = place, pointed
    return edits


def _word_at(position: int, words: list[re.Match[str]]) -> int:
    return next(i for i, m in enumerate(words) if m.start() <= position < m.end())


def _spelling(source: str) -> str:
    """A name in English letters: as the source prints it, or transliterated; "" for a common noun."""
    match = _CORE.search(source)
    word = match.group() if match else ""
    if re.fullmatch(r"[A-Z][\w.'’-]*", word):
        return word
    lexicon = Lexicon.load()
    known = [english for key in keys(word) for english in lexicon.words.get(key, ())]
    if not re.search(r"[\u0904-\u0939]", word) or re.search(r"\d", word) or any(e in lexicon.common for e in known):
        return ""
    return transliterate(word)


def _core(word: str) -> tuple[int, int]:
    """Where the word stands without the punctuation around it and without a possessive ending."""
    match = _CORE.search(word)
    assert match
    ending = _POSSESSIVE.search(match.group())
    return match.start(), match.end() - (len(ending.group()) if ending else 0)


def _find(anchor: Anchor, source: list[str]) -> tuple[int, int] | None:
    """The source words that an anchor takes: its Hindi, the brackets and its spelling."""
    spelling = anchor.en.split()
    for i, word in enumerate(source):
        inside = source[i + 1 : i + 1 + len(spelling)]
        if word == "(" and inside == spelling and source[i + 1 + len(spelling)][:1] == ")":
            return max(1, i - len(anchor.hi.split())), i + 1 + len(spelling)
    return None


def _stretch(mass: np.ndarray, words: list[str], free: list[bool]) -> tuple[int, int] | None:
    """First and last word of the best stretch of free words on the gloss; None without a firm one."""
    best: tuple[float, int, int] | None = None
    i = 0
    while i < len(words):
        if not (free[i] and mass[i] >= LOOSE):
            i += 1
            continue
        j = i
        while j + 1 < len(words) and free[j + 1] and mass[j + 1] >= LOOSE and words[j][-1] not in ".,;:!?":
            j += 1
        first, last = i, j
        while first <= last and words[first].lower().strip(".,") in _SMALL:
            first += 1
        while last >= first and words[last].lower().strip(".,") in _SMALL:
            last -= 1
        if first <= last and mass[first : last + 1].max() >= FIRM:
            total = float(mass[first : last + 1].sum())
            best = max(best or (0.0, 0, 0), (total, first, last))
        i = j + 1
    return best[1:] if best else None


def _with_its_words(first: int, last: int, words: list[str], free: list[bool], spelling: str) -> tuple[int, int]:
    """The stretch with neighbours that say the gloss's first or last words already: "withdrawal of [welcome]"."""
    gloss = [w.lower() for w in spelling.split()]
    here = [w.lower().strip(".,;:!?'\"") if ok else "" for w, ok in zip(words, free, strict=True)]
    before = next((n for n in range(len(gloss) - 1, 0, -1) if here[max(0, first - n) : first] == gloss[:n]), 0)
    after = next((n for n in range(len(gloss) - 1, 0, -1) if here[last + 1 : last + 1 + n] == gloss[-n:]), 0)
    return first - before, last + after


def _inflects(surface: str, spelling: str) -> bool:
    """Whether the word is another form of the gloss: Russian, French, suspension for suspended."""
    one, other = english.words(surface), english.words(spelling)
    if len(one) != 1 or len(other) != 1:
        return False
    if surface[0].isupper() and spelling[0].isupper():
        return bool(_OF_PLACE.fullmatch(surface)) and one[0][:2] == other[0][:2]
    shared = max(4, min(len(one[0]), len(other[0])) - 2)
    return one[0][:shared] == other[0][:shared]


def _article(before: str, new: str) -> str:
    """The text before a new word, with "a" or "an" as the word wants it."""
    match = re.search(r"(?<!\w)([Aa])n? $", before)
    if not match:
        return before
    vowel = new[0] in "AEFHILMNORSX" if english.is_acronym(new) else new[0] in "aeioAEIO"
    return before[: match.start()] + match[1] + ("n " if vowel else " ")
