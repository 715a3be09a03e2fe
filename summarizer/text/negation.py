"""Whether a translation says yes where its source says no, or no where it says yes.

A lexical check: Hindi negates with a handful of words, English with those and with verbs and prefixes of refusal, lack
and opposition. Of 1,957 sentence pairs of held-out news one is called flipped; docs/evaluation.md has more figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

LETTER = r"[\u0900-\u0963\u0970-\u097f]"  # of a Hindi word
_NOT = re.compile(rf"(?<!{LETTER})(?:नहीं|नही|नहीँ)(?!{LETTER}|\s+तो(?!{LETTER}))")
_NO_NEGATION = re.compile(rf"(?<!{LETTER})(?:(?:जब|तब)\s+तक|(?:या|तो)\s+(?:नहीं|नही|नहीँ))(?!{LETTER})")  # until, whether
_ANY = re.compile(
    rf"(?<!{LETTER})(?:नहीं|नही|नहीँ|न|ना|मत|बिना|बगैर|बग़ैर|बेगैर|गैर|ग़ैर)(?!{LETTER})"
    rf"|(?<!{LETTER})(?:ना(?:बाद|काम|राज|मंजूर|मुमकिन)|इनकार|इंकार|मना|असफल|विफल|असंभव|शून्य)"
)
_NO = re.compile(r"\b(?:not?|never|cannot|without|none|nor|neither)\b|n['’]t\b", re.I)
_IDIOM = re.compile(r"\bno(?:t[ -](?:only|out)| (?:time|doubt|matter)|\.\s*\d)", re.I)
_REFUSAL = re.compile(
    r"\b(?:nothing|nobody|nowhere|zero|unable|hardly|rather|instead|only|otherwise|unless|yet to|far from|against"
    r"|fail\w*|refus\w*|den(?:y|ie\w*|ial)|reject\w*|lack\w*|absen\w*|avoid\w*|miss(?:ed|ing)|bann?\w*|depriv\w*"
    r"|un(?!i[otvfq]|der|til)\w{4,}|non-?\w{4,}|im(?:possible|proper)|in(?:adequate|sufficient|complete|valid|capable)\w*"
    r"|ir(?:responsible|regular|relevant)\w*)\b",
    re.I,
)


def flipped(hypothesis: str, sources: Sequence[str]) -> Literal["lost", "invented"] | None:
    """How an English `hypothesis` differs in negation from its Hindi `sources`; None where it does not.

    "lost" is only said of a single source sentence: a bullet of several may leave the negated one out.
    """
    if _NO.search(_IDIOM.sub("", hypothesis)) and not any(_ANY.search(s) for s in sources):
        return "invented"
    if len(sources) == 1 and _NOT.search(sources[0]) and not _NO_NEGATION.search(sources[0]):
        return None if _NO.search(hypothesis) or _REFUSAL.search(hypothesis) else "lost"
    return None
