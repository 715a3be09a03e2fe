"""Hindi words as the lexicon and the article must compare them: tokens, spelling keys, inflected forms.

Not a morphological analyser: it undoes only the case and number endings that news text puts on nouns.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[\u0900-\u0963\u0966-\u097FA-Za-z0-9\u200c\u200d]+")
_FOLD = str.maketrans(
    {
        # Precomposed nukta letters, U+0958-095F and the three that NFC composes.
        **dict(zip(map(chr, (*range(0x0958, 0x0960), 0x0929, 0x0931, 0x0934)), "कखगजडढफयनरळ", strict=True)),
        "\u093c": None,  # nukta
        "ँ": "ं",
        "\u200c": None,
        "\u200d": None,
        **{chr(0x0966 + digit): str(digit) for digit in range(10)},
    }
)
_HALF_NASAL = re.compile(r"[ङञणनम]्(?=[क-घच-झट-ढत-धप-भ])")

# Words that end a term: postpositions, auxiliaries, conjunctions, pronouns. A gloss never explains one of them.
_STOP_WORDS = """
ने से में पर को तक कि जो जिसे जिस जिसने जिसमें यह ये वह वे वो इस उस इन उन इसे उसे इसके उसके
इसकी उसकी अपने अपनी अपना है हैं था थे थी थीं हो हुआ हुई हुए होने कर करने करके करते करता करती
किया किए की गई गए गया दिया दिए दी लिए लिया वाले वाली वाला यानी अर्थात यानि नहीं भी ही तो जब
तब अब लेकिन मगर या अथवा साथ बाद पहले दौरान तरह जैसे जैसी जैसा बताया कहा जिसका जिसकी जिनके
जिन्हें कई कुछ सभी सिर्फ केवल करीब लगभग द्वारा बीच समेत सहित खिलाफ ओर चाहिए रहा रहे रही सकता
सकते सकती जाता जाते जाती जाने कोई एक दो तीन चार पांच छह सात आठ दस नाम नामक हर हम हमने हमारे
हमारी हमारा मैंने मेरे मेरी उन्होंने इन्होंने उसने इसने जिसके जिसको जिनकी जिनका किसी किस
क्या कैसे क्यों कहां जहां वहां चूंकि क्योंकि ताकि अगर यदि तथा मुताबिक अनुसार तेज काफी बहुत
ज्यादा फिर मिली मिला वहीं यहां के का और एवं व
"""
STOP = frozenset(_STOP_WORDS.split())
# Inside a term these may stand between two content words: बंगाल की खाड़ी, वस्तु एवं सेवा कर.
LINKS = frozenset(("का", "के", "की", "और", "एवं", "व", "तथा", "ऑफ", "आफ", "द", "फॉर", "एंड"))


class Token(NamedTuple):
    """A word of a text: its spelling key and its position."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The spelling key of one word: no nukta, anusvara for half nasals and chandrabindu, ASCII digits, lower case."""
    folded = word.translate(_FOLD)
    if "्" in folded:
        folded = _HALF_NASAL.sub("ं", folded)
    return folded.lower()


def tokens(text: str) -> list[Token]:
    """Words with positions. Hyphens separate words, so लश्कर-ए-तैयबा and लश्कर ए तैयबा compare equal."""
    return [Token(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def keys(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _WORD.findall(text))


# (ending, replacements, plural): मंत्रियों → मंत्री; भाषाओं → भाषा; मिसाइलों → मिसाइल, इलाकों → इलाका.
# The number of इलाके → इलाका stays open.
_ENDINGS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("ियों", ("ी", "ि"), True),
    ("ियां", ("ी", "ि"), True),
    ("ुओं", ("ू", "ु"), True),
    ("ुएं", ("ू", "ु"), True),
    ("ओं", ("",), True),
    ("एं", ("",), True),
    ("ों", ("", "ा"), True),
    ("ें", ("",), True),
    ("े", ("ा",), False),
)


@lru_cache(maxsize=65536)
def base_forms(key: str) -> tuple[tuple[str, bool], ...]:
    """Dictionary forms a folded word may stand for, each with "is certainly plural"; the word itself comes first."""
    forms = [(key, False)]
    for ending, replacements, plural in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 2:
            forms += [(key[: -len(ending)] + new, plural) for new in replacements]
            break
    return tuple(forms)


def same_stem(one: str, other: str) -> bool:
    """Whether two folded words are the same noun in another case or number. रूस and रूसी are not."""
    if one == other:
        return True
    return not {form for form, _ in base_forms(one)}.isdisjoint(form for form, _ in base_forms(other))
