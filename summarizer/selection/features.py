"""What can be seen of a sentence within its article, as numbers: position, length, names, figures, wording.

Only describes; how much each feature counts is learnt (see `salience`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.document import Anchor, Sentence
from summarizer.selection.stems import overlap, stems

SENTENCE = (
    "log_sentences", "log_position", "length", "length_squared", "glosses", "names", "numbers",
    "question", "first_person", "speech_verb", "address",
)  # fmt: skip
PAIR = (
    "log_sentences",
    "first",
    "log_position",
    "joint_length",
    "follower_length",
    "overlap",
    "leans",
    "quote_goes_on",
)

_NUMBER = re.compile(r"\d[\d.,]*")


def _words(alternatives: str) -> re.Pattern[str]:
    """Whole words only; `\\b` does not do because Devanagari vowel signs are no word characters to `re`."""
    return re.compile(rf"(?<![\w\u0900-\u0963])(?:{alternatives})(?![\w\u0900-\u0963])")


# A sentence that opens so is hard to understand without the one before it.
_LEANS = _words(
    "उन्होंने|उन्हें|उनक[ाेी]|उन|उनसे|उस|उसने|उसे|उसक[ाेी]|इस|इन|इसे|इनक[ाेी]|इसक[ाेी]|इसमें|इससे|इसी|इसलिए|वह|वे|वो|यह|ये|यही|यहां|वहां"
    "|ऐसे|ऐसा|ऐसी|हालांकि|हालाँकि|वहीं|लेकिन|मगर|पर|परंतु|और|जबकि|जिसके|जिससे|जिसमें|जिस|क्योंकि|तो|तब|फिर|दूसरी ओर|साथ ही|बाद में"
)
_FIRST_PERSON = _words("मैं|मैंने|मुझे|मेर[ाेी]|हम|हमने|हमें|हमार[ाेी]|हमको")
_SPEECH = _words("कहा|कहना|कहते|कहती|कहता|बताया|बताते|बोले|आरोप लगाया|दावा|मुताबिक|मुताबिक़|अनुसार")
_ADDRESS = _words("आप|आपको|आपक[ाेी]|आइए|क्लिक|पढ़ें|पढ़िए|देखें|जानिए")


@dataclass(frozen=True)
class View:
    """The body sentences of one article with what several features need: stems, and who opens inside a quotation."""

    body: Sequence[Sentence]
    stems: Sequence[frozenset[str]]
    inside_quote: Sequence[bool]

    @classmethod
    def of(cls, body: Sequence[Sentence]) -> View:
        inside, state = [], False
        for sentence in body:
            inside.append(state)
            state ^= sentence.text.count('"') % 2 == 1
        return cls(body, [stems(s.text) for s in body], inside)


def leans(text: str) -> bool:
    """Whether the sentence opens with a pronoun or connective that points back."""
    return bool(_LEANS.match(text))


def sentence_features(view: View, anchors: Sequence[Anchor]) -> np.ndarray:
    """One row a body sentence, shape [sentences, len(SENTENCE)]."""
    glosses = Counter(a.sentence for a in anchors if a.usable and a.origin in ("article", "repair"))
    names = Counter(a.sentence for a in anchors if a.usable and a.origin in ("mention", "lexicon"))
    many = _many(view)
    rows = []
    for i, sentence in enumerate(view.body):
        text, size = sentence.text, _size(len(sentence.text))
        rows.append(
            (
                many, math.log1p(i), size, size * size,
                min(glosses[sentence.index], 3), min(names[sentence.index], 6), min(len(_NUMBER.findall(text)), 3),
                "?" in text, bool(_FIRST_PERSON.search(text)), bool(_SPEECH.search(text)), bool(_ADDRESS.search(text)),
            )
        )  # fmt: skip
    return np.array(rows, dtype=float).reshape(len(rows), len(SENTENCE))


def pair_features(view: View, i: int) -> np.ndarray:
    """Body sentence i and its follower i + 1, shape [len(PAIR)]."""
    one, two = view.body[i].text, view.body[i + 1].text
    row = (
        _many(view), i == 0, math.log1p(i), _size(len(one) + len(two)), _size(len(two)),
        overlap(view.stems[i], view.stems[i + 1]), leans(two), view.inside_quote[i + 1],
    )  # fmt: skip
    return np.array(row, dtype=float)


def _many(view: View) -> float:
    """Logarithm of the number of sentences, up to the 20 that the training articles are cut to."""
    return math.log(min(len(view.body), 20))


def _size(characters: int) -> float:
    """Logarithm of a length, 0 at 100 characters; beyond 1,000 a line is no sentence and longer is no better."""
    return math.log((min(characters, 1000) + 1) / 100)
