"""Names in an English bullet that its Hindi source does not support: the share of bullets with invented names.

A name is supported by an anchor of its source, by the glossary's English of a source word, by Latin letters in the
source, or by sounding like one to three words of the source. A first word of a sentence is judged only where the
glossary knows it as a name, since every first word has a capital. Common nouns in capitals are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.anchors import Lexicon, english
from summarizer.anchors.romanise import likeness, romanise, spelled_letters
from summarizer.anchors.transliteration import as_spelling, news_words, spellings
from summarizer.anchors.words import STOP, keys
from summarizer.text.numerals import MONTHS

SOUNDS = 0.76  # likeness from which an English word counts as a reading of Hindi words
NEARBY = 0.6  # likeness from which a name may stand for a Hindi word at all
NEARER = 0.02  # likeness by which another spelling must be nearer to that word
CLEARER = 9.0  # log-probability by which another spelling must explain that word better
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•\n\"“”'‘(])\W*$")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_DIRECTIONS = "north south east west northern southern eastern western"
_OF_PLACE = re.compile("(?:an|ese|ish)s?$")
_TITLES = "i mr mrs ms dr prof rs am pm gmt ist utc"
_SMALL = """
the a an of and for in on at to by with from it its he she his her they their this that these those there we our you
"""
_CAPITAL = frozenset(f"{_WEEKDAYS} {_TITLES}".split()).union(*MONTHS)
EXCLUDED = _CAPITAL | frozenset(f"{_DIRECTIONS} {_SMALL}".split())
_COUNTS = "one two three four five six seven eight nine ten all many some several most more other no not but"
_NEVER = frozenset(f"{_SMALL} {_COUNTS}".split())


@dataclass(frozen=True)
class Source:
    """What the source of one bullet supports. spoken: romanised words, alone and joined with their followers."""

    words: frozenset[str]
    spoken: tuple[str, ...]
    letters: frozenset[str]
    initials: str


@lru_cache(maxsize=1024)
def read_source(sentences: tuple[str, ...], spellings: tuple[str, ...] = ()) -> Source:
    """sentences: the Hindi text; spellings: the English of its anchors."""
    lexicon = Lexicon.load()
    words: set[str] = set()
    spoken: set[str] = set()
    letters: set[str] = set()
    first: list[str] = []
    for sentence in sentences:
        here = keys(sentence)
        romanised = [romanise(k) for k in here]
        for size in (1, 2, 3):
            spoken.update("".join(romanised[i : i + size]) for i in range(len(here) - size + 1))
        letters.update(filter(None, map(spelled_letters, here)))
        words.update(k for k in here if k.isascii())
        words.update(e for k in here for e in lexicon.words.get(k, {}))
        for match in lexicon.find(sentence):
            words.update(english.words(match.english))
            first.append("".join(w[0] for w in english.content_words(match.english)))
        first.append("".join(r[:1] for r in romanised))
    for spelling in spellings:
        words.update(english.words(spelling))
        first.append("".join(w[0] for w in english.content_words(spelling)))
    singular = {english.singular(w) for w in words}
    return Source(frozenset(words | singular), tuple(spoken), frozenset(letters), " ".join(first).upper())


def unsupported_names(text: str, sentences: Sequence[str], spellings: Iterable[str] = ()) -> list[str]:
    """Names of an English `text` that the Hindi `sentences` and their anchors' `spellings` do not support.

    Neighbouring unsupported words make one name: "Kim Jong Il".
    """
    found: list[str] = []
    last = -1
    for start, end in unsupported_spans(text, sentences, spellings):
        word = text[start:end]
        if found and last >= 0 and text[last:start] in (" ", "-"):
            found[-1] += text[last:end]
        else:
            found.append(word)
        last = end
    return found


def unsupported_spans(text: str, sentences: Sequence[str], spellings: Iterable[str] = ()) -> Iterator[tuple[int, int]]:
    """Where the words of `unsupported_names` stand in `text`, word by word, possessive endings included."""
    source = read_source(tuple(sentences), tuple(dict.fromkeys(spellings)))
    for start, end in _candidates(text):
        if not _is_supported(_bare(text[start:end]), source):
            yield start, end


def misheard(text: str, sentences: Sequence[str], names: Iterable[str] = ()) -> Iterator[tuple[int, int, str]]:
    """(start, end, spelling) of names that sound like a source word, where another spelling fits its sound and the use
    of English news far better: "Anuradha" for the Anurag of अनुराधा. sentences: the Hindi source; names: the English of
    its anchors.

    A name that news use gives way only to another that they use.
    """
    source = read_source(tuple(sentences), tuple(dict.fromkeys(names)))
    lexicon = Lexicon.load()
    heard = [(k, romanise(k)) for s in sentences for k in keys(s) if len(k) > 2 and not k.isascii() and k not in STOP]
    if not heard:
        return
    for start, end in _candidates(text, strange=True):
        word = _bare(text[start:end])
        plain = word.lower()
        if (
            len(plain) < 4
            or english.is_acronym(word)
            or plain in source.words
            or any(_related(plain, w) for w in source.words)
        ):
            continue
        likest, hindi, spoken = max((likeness(sound, plain), key, sound) for key, sound in heard)
        if not NEARBY <= likest < 1 or hindi in lexicon.words:
            continue
        better = next((s for s in spellings(hindi) if not s.is_word), None)
        if better is None or re.search(rf"(?<!\w){re.escape(better.text)}(?!\w)", text):
            continue
        written = as_spelling(hindi, word)
        if (
            (better.uses or not written.uses)
            and better.score - written.score > CLEARER
            and likeness(spoken, better.text.lower()) - likest > NEARER
            and not _is_form(plain, better.text.lower())
        ):
            yield start, start + len(word), better.text


def _is_form(one: str, other: str) -> bool:
    """Whether one is another form of the other, or part of it: Rohingyas, Canadian, Vardhan of Harshvardhan."""
    return one in other or other in one or (_OF_PLACE.search(one) is not None and _related(one, other))


def _bare(word: str) -> str:
    """Without a possessive ending."""
    return re.sub(r"['’]s$", "", word)


def _candidates(text: str, strange: bool = False) -> Iterator[tuple[int, int]]:
    """Words with a capital; the first of a sentence only where the glossary knows it as a name or, if `strange`, where
    English news do not use it."""
    lexicon = Lexicon.load()
    for match in _WORD.finditer(text):
        word = _bare(match.group())
        plain = word.lower()
        if not word[0].isupper() or plain in EXCLUDED:
            continue
        if not english.is_acronym(word):
            starts = bool(_SENTENCE_END.search(text[: match.start()]))
            known = is_known(word) or (strange and plain not in news_words())
            if english.singular(plain) in lexicon.common or (starts and not known):
                continue
        yield match.start(), match.end()


def is_known(word: str) -> bool:
    """Whether the glossary has the word, in this case, as a person or place."""
    return any(e.english == word and e.kind in ("person", "place") for e in Lexicon.load().translations(word))


def opens_with_name(text: str, sentences: Sequence[str], spellings: Iterable[str] = ()) -> bool:
    """Whether the first word of an English sentence would have its capital in the middle of one too.

    sentences: the Hindi source; spellings: the English of its anchors.
    """
    match = _WORD.match(text)
    if not match:
        return False
    word = re.split("['’]", match.group())[0]
    plain = word.lower()
    if plain in _CAPITAL or english.is_acronym(word):
        return True
    if plain in _NEVER:
        return False
    if plain in EXCLUDED or english.singular(plain) in Lexicon.load().common:
        return text[match.end() :].lstrip()[:1].isupper()  # Prime Minister, North Korea; not prime suspects
    return is_known(word) or _is_supported(word, read_source(tuple(sentences), tuple(dict.fromkeys(spellings))))


def _is_supported(word: str, source: Source) -> bool:
    plain = word.lower().replace("’", "'")
    if plain in source.words or english.singular(plain) in source.words:
        return True
    if english.is_acronym(word):
        capitals = re.sub(r"[^A-Z]", "", word)
        if capitals in source.letters or capitals in source.initials:
            return True
    if len(plain) > 4 and any(_related(plain, w) for w in source.words):
        return True
    return any(likeness(spoken, plain) >= SOUNDS for spoken in source.spoken)


def _related(one: str, other: str) -> bool:
    """Korean and Korea, Congress and congressman; not Austria and Australia."""
    shared = max(4, max(len(one), len(other)) - 3)
    return len(other) > 3 and one[:shared] == other[:shared]
