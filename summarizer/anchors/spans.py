"""How many Hindi words before a bracket its gloss explains.

Every number of words k is scored by how well the k words and the gloss's words cover each other: a Hindi and an English
word are linked when they sound alike, when the glossary translates one by the other, or (weaker) when both are left.
Acronyms are matched by initials. Which status the gloss has is for judge.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from summarizer.anchors import english
from summarizer.anchors.lexicon import NAME_KINDS, Lexicon, Match
from summarizer.anchors.romanise import likeness, romanise, spelled_letters
from summarizer.anchors.words import LINKS, STOP, Token, base_forms

LONGEST = 9  # words looked at before a bracket
SOUNDS = 0.62  # likeness above which a pair of words is one name; 2 % of random name pairs reach it
SHORT_SOUNDS = 0.72  # the same for short English words, which chance likens more easily
LEFT_OVER = 0.45  # credit of a Hindi and an English word that nothing links: probably each other's translation
_GAP_ENDS_TERM = re.compile(r"[,;:।.!?|()\[\]\n]")
_QUOTES = "'\"‘’“”"


class Span(NamedTuple):
    """The words chosen. support: 0 (only the gloss's length speaks for them) to 1; match: the glossary's entry."""

    start: int
    end: int
    words: tuple[Token, ...]
    support: float
    match: Match | None


def words_before(
    text: str, found: list[Token], position: int, gloss: str = "", lexicon: Lexicon | None = None
) -> list[Token]:
    """Words that may belong to a term ending at `position`, in order: back to punctuation, a quote or a stop word.

    A stop word belongs to the term when the glossary or the gloss says so: वस्तु एवं सेवा कर, किम जोंग उन (Kim Jong Un).
    """
    end = bisect_right(found, position, key=lambda t: t.end)
    before = found[max(0, end - LONGEST) : end]
    listed = _listed(before, lexicon)
    named = [w.lower() for w in english.content_words(gloss)] if any(c.isupper() for c in gloss) else []
    out: list[Token] = []
    right = position
    quoted = bool(text[max(0, position - 2) : position].rstrip()[-1:].strip(_QUOTES) == "")
    for i in range(len(before) - 1, -1, -1):
        token = before[i]
        gap = text[token.end : right]
        abbreviation = gap.strip() in (".", ":") and len(token.key) < 4 and bool(out)
        if (_GAP_ENDS_TERM.search(gap) and not abbreviation) or (
            any(c in _QUOTES for c in gap) and (out or not quoted)
        ):
            break
        inside = token.key in LINKS and out
        if token.key in STOP and not inside and i < listed and not _sounds_like_one(token.key, named):
            break
        if token.key.isdigit() and not any(c.isdigit() for c in gloss) and i < listed:
            break
        out.append(token)
        right = token.start
    while out and out[-1].key in LINKS:
        out.pop()
    return out[::-1]


def _listed(before: list[Token], lexicon: Lexicon | None) -> int:
    """Index in `before` from which on the words are one glossary entry; len(before) if they are none."""
    if lexicon:
        for start in range(len(before)):
            if lexicon.match_at(before, start, whole=True) and before[start].key not in STOP:
                return start
    return len(before)


def _sounds_like_one(stop_word: str, named: list[str]) -> bool:
    return any(likeness(_roman(stop_word), w) >= 0.75 for w in named)


@lru_cache(maxsize=8192)
def _roman(key: str) -> str:
    return romanise(key)


def link(hindi: str, word: str, lexicon: Lexicon | None) -> float:
    """0 to 1: how surely a folded Hindi word is the English word (lower case)."""
    sound = likeness(_roman(hindi), word) if hindi and not hindi.isascii() else float(hindi == word)
    score = sound if sound >= (SOUNDS if len(word) > 5 else SHORT_SOUNDS) and len(word) > 1 else 0.0
    spelled = spelled_letters(hindi)
    if spelled and spelled.lower() == word.replace(".", ""):
        return 1.0
    if lexicon:
        single = english.singular(word)
        for form, _ in base_forms(hindi):
            probability = max((p for e, p in lexicon.words.get(form, {}).items() if _related(e, single)), default=0.0)
            if probability:
                score = max(score, min(1.0, 0.6 + 0.4 * probability))
    return score


def _related(one: str, other: str) -> bool:
    """Equal, or long words of one family: electric, electricity."""
    return one == other or (min(len(one), len(other)) > 6 and one[:6] == other[:6])


def coverage(words: list[Token], gloss: list[str], lexicon: Lexicon | None) -> tuple[float, float]:
    """(score, linked share): a Dice coefficient over greedily linked words; leftovers count LEFT_OVER."""
    hindi = [w.key for w in words if w.key not in LINKS] or [w.key for w in words]
    links = sorted(
        ((link(h, e, lexicon), -abs(i - j), i, j) for i, h in enumerate(hindi) for j, e in enumerate(gloss)),
        reverse=True,
    )
    used_h: set[int] = set()
    used_e: set[int] = set()
    total = 0.0
    for score, _, i, j in links:
        if score <= 0:
            break
        if i not in used_h and j not in used_e:
            used_h.add(i)
            used_e.add(j)
            total += score
    left = min(len(hindi) - len(used_h), len(gloss) - len(used_e))
    # मौसम विज्ञान केंद्र (Meteorological Centre): two Hindi words for one
    shared = {i: score for score, _, i, _ in reversed(links) if score > 0 and i not in used_h}
    joined = likeness("".join(map(_roman, hindi)), "".join(gloss))
    dice = 2 * (total + LEFT_OVER * left + 0.5 * sum(shared.values())) / (len(hindi) + len(gloss))
    if joined >= SOUNDS + 0.1:  # तमिलनाडु (Tamil Nadu), राजा-योसेप्पी (Raja-Jooseppi)
        return max(dice, joined), 1.0
    return dice, total / len(gloss)


def split_compound(word: str, vocabulary: frozenset[str]) -> list[str]:
    """cloudburst → cloud burst, when both halves are English words of the glossary: Hindi writes two words as well."""
    for cut in range(4, len(word) - 3):
        if word not in vocabulary and word[:cut] in vocabulary and word[cut:] in vocabulary:
            return [word[:cut], word[cut:]]
    return [word]


def acronym_score(words: list[Token], letters: str, lexicon: Lexicon | None) -> float:
    """How well initials of the words' romanisations and translations make the acronym, in any order (0 to 1)."""
    content = [w.key for w in words if w.key not in LINKS]
    free = list(letters.lower())
    matched = 0
    for hindi in content:
        translations = [e for form, _ in base_forms(hindi) for e in (lexicon.words.get(form, {}) if lexicon else {})]
        first = _roman(hindi)[:1]
        options = [*(e[0] for e in translations), first, "c" if first == "k" else first]
        hit = next((c for c in options if c in free), None)
        if hit:
            free.remove(hit)
            matched += 1
    if not content:
        return 0.0
    length = 1 - abs(len(content) - len(letters)) / max(len(content), len(letters))
    return 0.6 * 2 * matched / (len(content) + len(letters)) + 0.4 * length


def _lexicon_ending(words: list[Token], lexicon: Lexicon | None) -> dict[int, Match]:
    """For each number of words k, the entry that is exactly the last k words."""
    found: dict[int, Match] = {}
    if lexicon:
        for start in range(len(words)):
            match = lexicon.match_at(words, start, whole=True)
            if match:
                found[len(words) - start] = match
    return found


def choose(words: list[Token], gloss: str, lexicon: Lexicon | None) -> Span | None:
    """The words that `gloss` explains among `words`, the candidates before the bracket; None without candidates."""
    if not words:
        return None
    entries = _lexicon_ending(words, lexicon)
    if not gloss:  # a placeholder: the glossary's longest term, else one word
        k = max(entries, default=1)
        return _span(words, k, 0.0, entries)
    best = max(_scores(words, gloss, lexicon, entries), key=lambda item: item[0])
    return _span(words, best[1], best[2], entries)


def _span(words: list[Token], k: int, support: float, entries: dict[int, Match]) -> Span:
    chosen = tuple(words[-k:])
    return Span(chosen[0].start, chosen[-1].end, chosen, support, entries.get(k))


def _scores(
    words: list[Token], gloss: str, lexicon: Lexicon | None, entries: dict[int, Match]
) -> list[tuple[float, int, float]]:
    """(score, k, support) for every admissible k. Ties go to fewer words, hence the small cost of a word."""
    parts = english.content_words(gloss)
    parts = [p for p in parts if not p.isdigit()] or parts
    acronym = english.is_acronym(gloss)
    if not acronym and lexicon:
        parts = [p for part in parts for p in split_compound(part, lexicon.vocabulary)]
    joins = bool(re.search(r"\b(?:of|and|for)\b|&", gloss, re.I)) or acronym
    out = []
    for k in range(1, len(words) + 1):
        chosen = words[-k:]
        if chosen[0].key in LINKS:
            continue
        match = entries.get(k)
        crossed = sum(w.key in LINKS for w in chosen)
        score, support = coverage(chosen, parts, lexicon)
        if acronym:
            initials = acronym_score(chosen, re.sub(r"[^A-Za-z0-9]", "", gloss), lexicon)
            spelled = k == 1 and support >= 1
            sounds = k == 1 and score >= SOUNDS
            score = score if spelled or sounds else initials if k > 1 else 0.5 * initials
            support = max(support, initials if k > 1 else 0.0)
        if match:
            agrees = english.same(match.english, gloss) or english.same(match.entry.english, gloss)
            if agrees or (acronym and _initials(match.entry.english) == gloss.upper().rstrip("S")):
                score, support = 1.2, 1.0
            elif not acronym and support < 0.5 and (k > 1 or match.entry.kind in NAME_KINDS):
                score += 0.35 if match.entry.kind in NAME_KINDS else 0.15
        elif crossed:
            score -= (0.04 if joins else 0.15) * crossed
        out.append((score - 0.01 * k, k, support))
    return out or [(0.0, 1, 0.0)]


def _initials(phrase: str) -> str:
    return "".join(w[0] for w in english.content_words(phrase)).upper()
