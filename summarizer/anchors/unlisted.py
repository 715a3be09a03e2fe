"""Anchors for words that neither a bracket nor the glossary has, and that a translation model seldom or never read.

Such a model garbles them: Zhao came out as Jha, cubs as snakes. What the dictionary has is given its English; of other
rare words those that `recogniser` takes for a name or a loan word are spelt as they sound, by
`transliteration.spellings`. They stand in the model's input like a gloss.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.anchors.annotate import occupied
from summarizer.anchors.lexicon import Lexicon
from summarizer.anchors.recogniser import OTHER, SHORTEST, Recogniser, known
from summarizer.anchors.romanise import spelled_letters
from summarizer.anchors.transliteration import HINDI, best_spelling
from summarizer.anchors.words import STOP, fold
from summarizer.document import Anchor, Sentence

_LONGEST = 30
_COMMON = 5  # count in English news from which a spelling in small letters is an English word


def unlisted(sentence: Sentence, anchors: Iterable[Anchor], lexicon: Lexicon, *, by_sound: bool = True) -> list[Anchor]:
    """Anchors of origin "lexicon" for the words of a sentence that the dictionary has and, with `by_sound`, of origin
    "sound" for other rare names and loan words, in order; none inside one of `anchors` (those of the sentence) or
    inside a term of the glossary."""
    taken = occupied(sentence, anchors)
    for match in lexicon.find(sentence.text):
        taken[match.start : match.end] = b"\1" * (match.end - match.start)
    places = [m.span() for m in HINDI.finditer(sentence.text)]
    words = [fold(sentence.text[start:end]) for start, end in places]
    found = []
    for position, (start, end) in enumerate(places):
        key, hindi = words[position], sentence.text[start:end]
        if not SHORTEST <= end - start <= _LONGEST or key in STOP or any(taken[start:end]):
            continue
        word, rare = lexicon.word(key), key not in known()
        if word and (rare or word.hindi == key):
            found.append(Anchor(hindi, word.english, sentence.index, start, end, origin="lexicon", reason=word.kind))
        elif by_sound and rare:
            spelling, reason = _spelt(hindi, words, position)
            if spelling:
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
