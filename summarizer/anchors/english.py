"""English side of a gloss: words as compared, spelling variants, plural, initials. No lexicon, no Hindi."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)
# Two-letter words and the like never decide which Hindi words a gloss explains.
SMALL = frozenset(("the", "a", "an", "of", "for", "and", "in", "on", "at", "to", "by", "with", "from", "de", "al"))
_US = (
    (re.compile(r"our\b"), "or"),
    (re.compile(r"our(?=[a-z]{2})"), "or"),
    (re.compile(r"is(?=e[sdr]?\b|ing\b|ation)"), "iz"),
    (re.compile(r"tre\b"), "ter"),
    (re.compile(r"ogramme"), "ogram"),
    (re.compile(r"efence"), "efense"),
    (re.compile(r"ll(?=ed|ing|er)"), "l"),
    (re.compile(r"aero|aeo|ae"), "e"),
)


def words(text: str) -> list[str]:
    """Words in lower case; hyphens separate, apostrophes and inner dots stay (president's, u.s)."""
    return [w.lower().replace("’", "'") for w in WORD.findall(text)]


def content_words(text: str) -> list[str]:
    found = [w for w in words(text) if w not in SMALL]
    return found or words(text)


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """A comparison form without possessive and plural endings; not a dictionary form (species → specy is fine)."""
    word = word[:-2] if word.endswith("'s") else word.rstrip("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(?:s|x|z|ch|sh)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def plural(phrase: str) -> str:
    """Plural of a common-noun phrase's last word, left alone where it looks plural or is an acronym or name."""
    if not phrase or not phrase[-1].islower() or phrase.endswith(("s", "men", "people", "children")):
        return phrase
    head, _, last = phrase.rpartition(" ")
    if last.endswith("man") and last not in ("german", "human", "roman"):
        last = last[:-3] + "men"
    elif re.search(r"[^aeiou]y$", last):
        last = last[:-1] + "ies"
    elif last.endswith(("ch", "sh", "x", "z")):
        last += "es"
    else:
        last += "s"
    return f"{head} {last}" if head else last


@lru_cache(maxsize=16384)
def signature(text: str) -> tuple[str, ...]:
    """What two spellings share when only case, hyphen, plural, "the" or British/American spelling differ."""
    out = []
    for word in words(text):
        if word in ("the", "a", "an"):
            continue
        word = singular(word).replace("'", "").replace(".", "")
        for pattern, new in _US:
            word = pattern.sub(new, word)
        out.append(word)
    return tuple(out)


def same(one: str, other: str) -> bool:
    """Whether two glosses are one term: spelt alike up to case, hyphen, spacing, plural and regional spelling."""
    a, b = signature(one), signature(other)
    return a == b or "".join(a) == "".join(b)


_CONVENTIONS = (
    (re.compile(r"aa"), "a"),
    (re.compile(r"ee|ii"), "i"),
    (re.compile(r"oo|uu|ou"), "u"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"z"), "j"),
    (re.compile(r"y"), "i"),
    (re.compile(r"ck|q|c(?![eihy])"), "k"),
    (re.compile(r"(.)\1"), r"\1"),
)


@lru_cache(maxsize=16384)
def spelling_class(name: str) -> str:
    """Place names that differ only by a house convention (aa/a, ee/i, w/v, doubled letters) share one class."""
    text = "".join(words(name))
    for pattern, new in _CONVENTIONS:
        text = pattern.sub(new, text)
    return text


def is_acronym(word: str) -> bool:
    """BJP, IITs, DRDO, U.S., GeM, LeT: two to eight letters, mostly capitals, no space."""
    letters = re.sub(r"[.\-&]", "", word)
    letters = letters[:-1] if letters.endswith("s") and letters[:-1].isupper() else letters
    capitals = sum(c.isupper() for c in letters)
    return bool(re.fullmatch(r"[A-Za-z0-9]{2,9}", letters)) and letters[0].isupper() and capitals * 2 > len(letters)
