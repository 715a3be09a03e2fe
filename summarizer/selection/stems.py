"""Content stems of Hindi sentences and their overlap: cheap, for weighing sentences, not a morphological analyser."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

_WORD = re.compile(r"[\u0900-\u0963\u0970-\u097fa-z]{2,}|\d[\d.,]*\d|\d")
# Case, plural and verb endings, longest first; a stem keeps at least two characters.
_ENDINGS = sorted("ियों ियां ाओं ाएं ाने ाता ाती ाते ीय ओं ों ें ने ना नी ता ती ते ां ीं ा े ी ि ो ू ु".split(), key=len, reverse=True)
_STOP = frozenset(
    """
    का के की को से में पर ने है हैं था थी थे हो हुआ हुई हुए और या भी कि तो ही यह वह ये वे इस उस इन उन इसे उसे इसके उसके इसकी उसकी
    इनके उनके उनकी उनका इसका उसका जो जिस जिसे जिसके जिसमें एक कर करने करते करता करती किया की किए गया गई गए जा जाने जाता जाती रहा
    रही रहे रहने लिए साथ बाद तक कहा बताया अपने अपनी अपना नहीं न होने होता होती होते कुछ दिया दी दिए ले लिया सकता सकते सकती चाहिए
    वाले वाली वाला इसमें उन्होंने उन्हें इन्हें उनसे इससे जब तब अब तथा एवं व द्वारा बारे ओर वहीं लेकिन मगर हालांकि अगर यदि क्योंकि
    कहना करना होगा होगी मैं हम मैंने हमने मेरे मेरी हमारे हमें मुझे आप उनको इनमें उनमें किसी कोई क्या कैसे फिर वो
    the of and to in is for on by
    """.split()
)


def stems(text: str) -> frozenset[str]:
    """Content stems of the text, function words left out."""
    return frozenset(_stem(w) for w in _WORD.findall(text.lower()) if w not in _STOP)


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word


def overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Dice coefficient of two stem sets, 0 to 1; 0 when one is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
