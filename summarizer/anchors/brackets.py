"""Brackets of a sentence and what their text is by its form alone: placeholder, number, Hindi, tag, name with tail.

No Hindi context and no lexicon here; that is for spans.py and judge.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizer.anchors import english

_OPEN = {"(": ")", "[": "]", "（": "）", "［": "］"}
_CLOSE = {close: open_ for open_, close in _OPEN.items()}

_SAY_NOTHING = """
unclear unknown sic translation translate translated none null nan n/a na tbd tba todo x xyz illegible inaudible
untranslated अस्पष्ट अज्ञात अनुवाद अपठनीय
"""
_PLACEHOLDERS = frozenset(_SAY_NOTHING.split())
_PLACEHOLDER_PHRASES = re.compile(
    r"(?:not|un)\s?(?:clear|known|available|translated|sure)|no translation|english (?:name|word|translation)|to be \w+"
    r"|translation (?:needed|here|missing|unclear)|(?:unclear|sic|unknown)(?:\s+(?:word|name|text|translation))?"
)
# Words of agency and media tags: (IANS), (PHOTO), (Watch Video). Some are terms too, so the Hindi before them decides.
_MEDIA = """
photo photos video videos watch live file pic pics image images ians pti ani afp ap reuters source see read update
updates exclusive breaking viral news link twitter tweet facebook instagram credit courtesy
"""
_TAG_WORDS = frozenset(_MEDIA.split())
_NUMERIC = re.compile(r"[\d०-९]")
_UNITS = "kg km mm cm gb mb tb mbps kmph mah hz mph ist am pm rs inr usd years year yrs feet ft lakh crore"
_UNIT = frozenset(_UNITS.split())
_TAIL = re.compile(r"\s*(?:[-–—/,:;|=]|\bor\b)\s*")


class Bracket(NamedTuple):
    """`text[start:end]` is the bracket with its parentheses; `inner` its text, outer white space stripped."""

    start: int
    end: int
    inner: str


def find_brackets(text: str) -> list[Bracket]:
    """Outermost balanced brackets in order, in linear time. Unbalanced parentheses are skipped, not repaired."""
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            stack.append((char, i))
        elif char in _CLOSE and stack and stack[-1][0] == _CLOSE[char]:
            start = stack.pop()[1]
            while spans and spans[-1][0] > start:  # inner brackets; each is popped once
                spans.pop()
            spans.append((start, i + 1))
    return [Bracket(start, end, text[start + 1 : end - 1].strip()) for start, end in spans]


def is_placeholder(gloss: str) -> bool:
    """Whether a bracket's text says nothing: "", "unclear", "sic", "?", "…", "n/a", "xxx", "अस्पष्ट" and the like."""
    text = re.sub(r"\s+", " ", gloss).strip().strip("\"'“”‘’.:!?*_-–—…[]()<> ").lower()
    if not any(c.isalnum() for c in text):
        return True
    return (
        text in _PLACEHOLDERS or bool(_PLACEHOLDER_PHRASES.fullmatch(text)) or bool(re.fullmatch(r"(?:x{2,}|_+)", text))
    )


def not_a_gloss(inner: str) -> str:
    """Why the bracket's text cannot be a gloss whatever stands before it; "" if it can be one."""
    if re.search(r"[@#]\w|https?:|www\.|\.(?:com|in|org|gov)\b|[{};=<>]", inner):
        return "handle, link or code"
    latin = len(re.findall(r"[A-Za-z]", inner))
    devanagari = len(re.findall(r"[\u0900-\u0965\u0970-\u097f]", inner))
    if not latin:
        return (
            "number or date"
            if _NUMERIC.search(inner) and not devanagari
            else "Hindi text"
            if devanagari
            else "no words"
        )
    if devanagari:
        return "Hindi text"
    words = re.findall(r"[a-z]+", inner.lower())
    named = re.search(r"\b[A-Za-z]+[-]?\d", inner)  # G20, N95, COVID-19
    measured = all(w in _UNIT or len(w) == 1 for w in words) or re.match(r"[\d०-९]+[.,]?\d*\s", inner)
    if _NUMERIC.search(inner) and measured and not named:
        return "number or date"
    if len(words) > 9 or re.search(r"[.!?]\s+\w", inner):
        return "a remark, not a term"
    return ""


def is_tag(inner: str) -> bool:
    """Whether every word is a media or agency tag (photo, watch live, IANS)."""
    words = english.words(inner)
    return bool(words) and all(w in _TAG_WORDS for w in words)


def main_term(inner: str) -> tuple[str, str]:
    """The term of a gloss and what was left off it: "World Food Programme - WFP" → ("World Food Programme", "WFP").

    The tail must be the acronym (or the full form) of the rest; "Laki-laki" and "Covid-19" stay whole.
    """
    text = re.sub(r"\s+", " ", inner).strip(" \"'“”‘’,;:")
    text = re.sub(r"(?<=[a-z])\.$", "", text)
    nested = re.fullmatch(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]", text)
    if nested:
        return nested[1].strip(), nested[2].strip()
    text = re.sub(r"[()\[\]]", "", text)
    for match in _TAIL.finditer(text):
        if match.group().strip() in ("-", "/") and not match.group().startswith(" "):
            continue
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        if head and tail and acronym_of(tail, head):
            return head, tail
        if head and tail and acronym_of(head, tail):
            return tail, head
    return text, ""


def acronym_of(short: str, long: str) -> bool:
    """Whether `short` is made of initials of `long`'s words (small words optional): WFP, CBI, DoT."""
    letters = re.sub(r"[^a-z0-9]", "", short.lower())
    if len(letters) < 2 or " " in short.strip() or not english.is_acronym(short):
        return False
    for parts in (english.words(long), english.content_words(long)):
        initials = "".join(w[0] for w in parts)
        if letters == initials or (len(letters) > 2 and letters.rstrip("s") == initials):
            return True
    return False
