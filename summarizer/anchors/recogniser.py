"""Names and loan words that neither a bracket nor the glossary has: found in the sentence, spelt as they sound.

A translation model garbles a name that it never read. A word that is rare in the model's training data is therefore
judged by its letters and its neighbours: a name, a loan word (प्रोपेलर) or neither. A name or loan word becomes an
anchor like a gloss, spelt by `transliteration.spellings`. scripts/build_recogniser.py estimates the judge.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np

from summarizer.anchors.annotate import occupied
from summarizer.anchors.lexicon import Lexicon
from summarizer.anchors.romanise import spelled_letters
from summarizer.anchors.transliteration import HINDI, best_spelling
from summarizer.anchors.words import STOP, fold
from summarizer.document import Anchor, Sentence

CLASSES = ("other", "loan", "name")
BUCKETS = 1 << 16
SHORTEST = 3  # characters of a word that is judged
_LONGEST = 30
OTHER = 0.65  # probability from which a word is neither; chosen on the held-out articles of `bullets`
_COMMON = 5  # count in English news from which a spelling in small letters is an English word


def features(words: Sequence[str], position: int) -> list[int]:
    """Hashed features of a word of a sentence, each in range(BUCKETS): its character n-grams up to four, the word and
    its neighbours two to each side. words: spelling keys of the sentence's Hindi words."""
    word = f"^{words[position]}$"
    found = {word}
    for size in (1, 2, 3, 4):
        found.update(f"{size}{word[i : i + size]}" for i in range(len(word) - size + 1))
    for distance in (-2, -1, 1, 2):
        near = words[position + distance] if 0 <= position + distance < len(words) else "#"
        found.add(f"c{distance}{near}")
        if abs(distance) == 1:
            found.update((f"s{distance}{near[-2:]}", f"p{distance}{near[:3]}"))
    return sorted({zlib.crc32(feature.encode()) % BUCKETS for feature in found})


class Recogniser:
    """Multinomial logistic regression over `features`. weights: BUCKETS × classes; bias: classes."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray) -> None:
        self.weights, self.bias = weights, bias

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Recogniser:
        """The shipped weights, read once a process."""
        with (resources.files("summarizer.anchors") / "data" / "recogniser.npz").open("rb") as file:
            data = np.load(file)
            return cls(data["weights"], data["bias"])

    def probabilities(self, words: Sequence[str], position: int) -> np.ndarray:
        """Of CLASSES, for one word of a sentence."""
        scores = self.weights[features(words, position)].sum(0, dtype=np.float32) + self.bias
        weights = np.exp(scores - scores.max())
        return weights / weights.sum()


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Spelling keys of the Hindi words that the training sentences hold five times or more."""
    data = (resources.files("summarizer.anchors") / "data" / "known.txt").read_text(encoding="utf-8")
    return frozenset(data.split("\n"))


def unlisted(sentence: Sentence, anchors: Iterable[Anchor], lexicon: Lexicon) -> list[Anchor]:
    """Anchors of origin "sound" for the rare names and loan words of a sentence, in order; none inside one of `anchors`
    (those of the sentence) or inside a term of the glossary."""
    taken = occupied(sentence, anchors)
    for match in lexicon.find(sentence.text):
        taken[match.start : match.end] = b"\1" * (match.end - match.start)
    places = [m.span() for m in HINDI.finditer(sentence.text)]
    words = [fold(sentence.text[start:end]) for start, end in places]
    found = []
    for position, (start, end) in enumerate(places):
        key = words[position]
        if not SHORTEST <= end - start <= _LONGEST or key in STOP or key in known() or any(taken[start:end]):
            continue
        spelling, reason = _spelt(sentence.text[start:end], words, position)
        if spelling:
            hindi = sentence.text[start:end]
            found.append(Anchor(hindi, spelling, sentence.index, start, end, origin="sound", reason=reason))
    return found


def _spelt(word: str, words: Sequence[str], position: int) -> tuple[str, str]:
    """A name's or loan word's English and which of the two it is; ("", "") for a word that is neither."""
    letters = spelled_letters(word)
    if len(letters) > 2:
        return letters, "letters"
    other, loan, name = Recogniser.load().probabilities(words, position)
    if other >= OTHER:
        return "", ""
    best = best_spelling(word, name / (name + loan))
    if best.is_word and best.uses >= _COMMON:
        return (best.text, "loan word") if len(best.text) > 3 else ("", "")
    return (best.text[:1].upper() + best.text[1:], "name") if name >= loan else ("", "")
