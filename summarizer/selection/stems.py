"""Content stems of Hindi sentences and their overlap: cheap, for weighing sentences, not a morphological analyser."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097fA-Za-z]{2,}|\d[\d.,]*\d|\d")
# Case, plural and verb endings, longest first; a stem keeps at least two characters.
_ENDINGS = ("ियों", "ाओं", "ाएं", "ियां", "ाने", "ाता", "ाती", "ाते", "ीय", "ों", "ें", "ने", "ना", "नी", "ता", "ती", "ते", "ां", "ीं", "ओं", "ा", "े", "ी", "ि", "ो", "ू", "ु")  # fmt: skip
_STOP = frozenset(
    """
    का के की को से में पर ने है हैं था थी थे हो हुआ हुई हुए और या भी कि तो ही यह वह ये वे इस उस इन उन इसे उसे इसके उसके इसकी उसकी
    इनके उनके उनकी उनका इसका उसका जो जिस जिसे जिसके जिसमें एक कर करने करते करता करती किया की किए गया गई गए जा जाने जाता जाती रहा
    रही रहे रहने लिए साथ बाद तक कहा बताया अपने अपनी अपना नहीं न होने होता होती होते कुछ दिया दी दिए ले लिया सकता सकते सकती चाहिए
    वाले वाली वाला इसमें उन्होंने उन्हें इन्हें उनसे इससे जब तब अब तथा एवं व द्वारा बारे ओर वहीं लेकिन मगर हालांकि अगर यदि क्योंकि
    the of and to in is for on by
    """.split()
)


def stems(text: str) -> list[str]:
    """Stems of the content words in order, function words left out."""
    return [_stem(w) for w in _WORD.findall(text.lower()) if w not in _STOP]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Dice coefficient of two stem sets, 0 to 1; 0 when one is empty."""
    return 2 * len(set(one) & set(other)) / (len(one) + len(other)) if one and other else 0.0


def cosine_to(weights: Mapping[str, float], bags: Sequence[Mapping[str, float]]) -> list[float]:
    """Cosine of each bag of stems to one weight vector."""
    norm = math.sqrt(sum(w * w for w in weights.values()))
    out = []
    for bag in bags:
        own = math.sqrt(sum(w * w for w in bag.values()))
        dot = sum(w * weights.get(s, 0.0) for s, w in bag.items())
        out.append(dot / (norm * own) if norm and own else 0.0)
    return out


def centroid(bags: Sequence[Counter[str]]) -> dict[str, float]:
    """Stems that more than one sentence holds, weighted by the logarithm of how many: what an article is about."""
    spread: Counter[str] = Counter(s for bag in bags for s in bag)
    return {s: math.log(n) for s, n in spread.items() if n > 1}
