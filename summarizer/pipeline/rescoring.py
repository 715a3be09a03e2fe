"""Which hypothesis may become a bullet: hard checks that reject, soft terms that rank.

A bullet never holds a number, a unit of measure or a glossed name that its source sentences lack, never loses or makes
up a negation, never falls where its source rises, never holds a placeholder or Devanagari, and never repeats itself.
Among those that pass, the model's score counts together with the anchors and numbers kept.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.anchors import consistency, enforce, leaks
from summarizer.anchors.names import unsupported_names
from summarizer.anchors.romanise import likeness, romanise
from summarizer.anchors.scoring import is_name
from summarizer.anchors.vocabulary import non_words
from summarizer.anchors.words import keys
from summarizer.document import Anchor
from summarizer.pipeline.numerals import mend
from summarizer.pipeline.prepare import Unit
from summarizer.text.direction import reversed_direction
from summarizer.text.negation import flipped
from summarizer.text.numbers import missing, unsupported
from summarizer.text.units import unsupported_units

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_PAIRING = frozenset("and or by to after for against versus".split())
_FUNCTION_WORDS = frozenset(
    """
    about after again against being before below between could during every other since should their there these those
    through under until where which while whose would
    """.split()
)
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|e|s)$")
SOUNDS_LIKE = 0.72  # likeness from which an English name counts as a reading of a Hindi word
Reading = tuple[float, Callable[[], tuple[str, float]]]  # a hypothesis: its score's upper bound; its text and score


@dataclass(frozen=True)
class Weights:
    """Of the soft terms, in units of mean log-probability per token. Tuned on the dev articles.

    anchors: share of the article's own glosses kept, one printed in the source counting twice, a bare mention of one
    glossed elsewhere once; lexicon: share kept of the anchors of glossary, dictionary and
    sound; numbers: share of the source's digit numbers missing; short: output far shorter than its source suggests;
    names: each name that nothing in the source supports (at most three count); slips: each word that is none (at most
    three count); echoes: each pair of words that stands
    twice and each word that comes back at once (at most three count); returns: each longer word that comes back where
    no word of the source does (at most three count); restored: each lost gloss put back and each name respelt
    (`pipeline.restoring`).
    joined: a text joined from the translations of two parts (`pipeline.parts`).
    words: what each word of the text adds, since the mean log-probability favours hypotheses that leave things out
    (Murray and Chiang 2018, arXiv:1808.10006); 0 for summaries of whole articles.
    """

    anchors: float = 2.5
    lexicon: float = 0.2
    numbers: float = 0.3
    short: float = 0.5
    names: float = 0.4
    slips: float = 0.3
    echoes: float = 0.3
    returns: float = 0.1
    restored: float = 0.1
    joined: float = 0.1
    words: float = 0.0


TRANSLATION = Weights(words=0.01)


@dataclass(frozen=True)
class Candidate:
    """A hypothesis after post-editing. model_score: the model's, with the gain for its words. reasons: why it is
    refused; empty for one that may be used. lost: how many of the article's own glosses and of the source's figures it
    lacks. echoes: how often it comes back to its own words."""

    text: str
    score: float
    model_score: float
    reasons: tuple[str, ...]
    lost: int = 0
    echoes: int = 0


def judge(
    text: str, model_score: float, unit: Unit, others: Sequence[Anchor], weights: Weights = Weights()
) -> Candidate:
    """Post-edit and judge one hypothesis of a unit. others: anchors of the rest of the article, whose names must not
    wander into this bullet."""
    spellings = [a.en for a in unit.anchors]
    text = mend(tidy(enforce(text, unit.anchors)), unit.plain, spellings)
    words, source_words = len(_WORD.findall(text)), sum(len(s.split()) for s in unit.plain)
    model_score += weights.words * words
    report = consistency(text, unit.anchors)
    kept = {u.anchor.en.casefold() for u in report.kept}
    score, dropped = model_score, 0
    groups = (("article", "mention", "repair"), weights.anchors), (("lexicon", "sound"), weights.lexicon)
    for origins, weight in groups:
        own = [a for a in unit.anchors if a.origin in origins]
        wanted = Counter({a.en.casefold() for a in own})
        wanted.update({a.en.casefold() for a in own if a.origin in ("article", "repair")})
        if wanted:
            gone = {en: n for en, n in wanted.items() if en not in kept}
            score -= weight * sum(gone.values()) / wanted.total()
            dropped += len(gone) if "article" in origins else 0
    lost = missing(text, unit.plain)
    if lost:
        score -= weights.numbers * min(1.0, len(lost) / 3)
    if words < 0.3 * source_words:
        score -= weights.short * (1 - words / (0.3 * source_words))
    invented = unsupported_names(text, unit.plain, spellings)
    score -= weights.names * min(3, len(invented))
    score -= weights.slips * min(3, len(non_words(text, spellings)))
    near, far = echoes(text), returns(text, unit.plain)
    score -= weights.echoes * min(3, near) + weights.returns * min(3, far)
    return Candidate(text, score, model_score, tuple(_refusals(text, unit, others)), dropped + len(lost), near + far)


def contest(
    readings: Sequence[Reading], unit: Unit, others: Sequence[Anchor], weights: Weights, beaten: float = -math.inf
) -> list[Candidate]:
    """Candidates of a unit's hypotheses, as far as one can still win: what is judged only lowers the bound.

    readings: bounds of the score, with calls that give (text, score). beaten: the score of the best candidate so far.
    """
    candidates = []
    for bound, read in sorted(readings, key=lambda r: -r[0]):
        if bound <= beaten:
            break
        text, score = read()
        candidates.append(judge(text, score, unit, others, weights))
        if not candidates[-1].reasons:
            beaten = max(beaten, candidates[-1].score)
    return candidates


def _refusals(text: str, unit: Unit, others: Sequence[Anchor]) -> Iterable[str]:
    if len(_WORD.findall(text)) < 3:
        yield "empty or too short"
        return
    if _DEVANAGARI.search(text):
        yield "holds Devanagari"
    if repeats(text):
        yield "repeats itself"
    for number in unsupported(text, unit.plain, [a.en for a in unit.anchors]):
        yield f"number {number.text!r} is not in its source"
    for measure in unsupported_units(text, unit.plain):
        yield f"unit {measure!r} is not in its source"
    match flipped(text, unit.plain):
        case "lost":
            yield "its source's negation is lost"
        case "invented":
            yield "says no where its source does not"
    if reversed_direction(text, unit.plain):
        yield "rises where its source falls, or falls where it rises"
    elsewhere = [a for a in others if a.status == "placeholder"]  # whoever sees the word cannot tell where it is from
    for leak in leaks(text, [*unit.anchors, *elsewhere]):
        yield f"broken gloss {leak!r} surfaces"
    for name in foreign_names(text, unit, others):
        yield f"{name!r} is glossed elsewhere in the article, not in its source"


def repeats(text: str) -> bool:
    """Whether a sequence of three words or more stands twice, or the same word follows itself or stands for a third of
    a long text: how small models fail on long sentences."""
    words = [w.lower() for w in _WORD.findall(text)]
    if any(a == b and len(a) > 3 for a, b in zip(words, words[1:], strict=False)):
        return True
    for n in (2, 3):  # "per hour per hour"; a score of 6-3, 6-3 may
        runs = [words[i : i + n] for i in range(len(words) - n + 1)]
        if any(a == b and any(map(str.isalpha, a)) for a, b in zip(runs, runs[n:], strict=False)):
            return True
    if any(a == c and len(a) > 3 and b not in _PAIRING for a, b, c in zip(words, words[1:], words[2:], strict=False)):
        return True  # "the ships of ships", not "more and more"
    for size, long in ((4, 0), (3, 2)):  # "between the nuclear talks between the nuclear dialogue"
        grams = [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
        grams = [gram for gram in grams if sum(len(w) > 3 for w in gram) >= long]
        if len(set(grams)) < len(grams):
            return True
    content = [w for w in words if len(w) > 3]
    return len(content) >= 8 and len(set(content)) < 0.6 * len(content)


def echoes(text: str) -> int:
    """How often the text comes back to its own words: pairs of neighbours, one of them longer than three letters, that
    stood before ("on Monday (15 August) on Monday"), longer words that stand again within four ("an explosion in the
    explosion"), and words of three letters that follow themselves ("sales tax tax")."""
    words = [w.lower() for w in _WORD.findall(text)]
    pairs = [pair for pair in zip(words, words[1:], strict=False) if max(map(len, pair)) > 3]
    near = sum(len(word) > 4 and word in words[i + 1 : i + 5] for i, word in enumerate(words))
    twice = sum(a == b and len(a) == 3 and a.isalpha() and a != "had" for a, b in zip(words, words[1:], strict=False))
    return len(pairs) - len(set(pairs)) + near + twice


def returns(text: str, sentences: Sequence[str]) -> int:
    """How many longer words of the text come back ("the nurses of a nurse"), less the words that come back in
    its Hindi source. Names and function words do not count."""
    longer = (w for w in _WORD.findall(text) if len(w) > 4 and w.islower() and w not in _FUNCTION_WORDS)
    found = _repeated(_ENDING.sub("", w) for w in longer)
    return max(0, found - _source_returns(tuple(sentences))) if found else 0


@lru_cache(maxsize=1024)
def _source_returns(sentences: tuple[str, ...]) -> int:
    return _repeated(key[:5] for sentence in sentences for key in keys(sentence) if len(key) > 3)


def _repeated(words: Iterable[str]) -> int:
    return sum(count - 1 for count in Counter(words).values())


def foreign_names(text: str, unit: Unit, others: Iterable[Anchor]) -> list[str]:
    """Names glossed elsewhere in the article that the text holds and the unit's sentences do not support."""
    own = {a.en.casefold() for a in unit.anchors}
    strange = [a for a in others if a.usable and a.origin != "lexicon" and a.en.casefold() not in own and is_name(a)]
    if not strange:
        return []
    spoken: list[str] | None = None
    found = []
    # Own anchors take part, so that "North Korea" of this unit owns its tokens before "Korea" of another.
    for use in consistency(text, [*unit.anchors, *strange]).kept:
        if use.anchor.en.casefold() in own:
            continue
        if spoken is None:
            spoken = [romanise(key) for sentence in unit.plain for key in keys(sentence)]
        latin = [w for w in re.findall(r"[a-z]+", use.anchor.en.lower()) if len(w) > 2]
        inline = " ".join(unit.plain).casefold()
        if use.anchor.en.casefold() in inline or use.anchor.hi in " ".join(unit.plain):
            continue
        if not all(any(likeness(word, part) >= SOUNDS_LIKE for word in spoken) for part in latin):
            found.append(use.anchor.en)
    return found


def tidy(text: str) -> str:
    """Spacing, round brackets in pairs, a capital at the start and a full stop at the end."""
    text = re.sub(r"\s+([,.;:!?%)\]])", r"\1", " ".join(_paired(text).split()))
    text = re.sub(r"([(\[])\s+", r"\1", text).lstrip("•-–, ")
    if text and text[-1] not in ".!?\"'”’":
        text = text.rstrip(",;:") + "."
    return text[:1].upper() + text[1:]


def _paired(text: str) -> str:
    """`text` without round brackets that have no partner, and without pairs that hold nothing."""
    opened: list[int] = []
    alone: set[int] = set()
    for place, letter in enumerate(text):
        if letter == "(":
            opened.append(place)
        elif letter == ")" and opened:
            opened.pop()
        elif letter == ")":
            alone.add(place)
    alone.update(opened)
    return re.sub(r"\(\s*\)", "", "".join(" " if i in alone else c for i, c in enumerate(text)))


def best(candidates: Sequence[Candidate]) -> Candidate | None:
    """The acceptable candidate with the highest score; None when every one is refused."""
    return max((c for c in candidates if not c.reasons), key=lambda c: c.score, default=None)
