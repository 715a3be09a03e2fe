"""Anchors in an English text: which are there, near misses mended, broken glosses that leaked.

Works on one bullet and the anchors of its source sentences. A metric over many texts belongs to evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from summarizer.anchors import english
from summarizer.anchors.brackets import is_placeholder, main_term
from summarizer.anchors.lexicon import Lexicon
from summarizer.anchors.romanise import likeness, romanise, skeleton
from summarizer.anchors.spans import SOUNDS
from summarizer.anchors.words import keys
from summarizer.document import Anchor

_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)
_ARTICLE = re.compile(r"\b[Tt]he ([A-Z][\w-]*['’]s)\b")
_WITH_ARTICLE = frozenset("arctic congo gambia ganga hague kremlin pentagon vatican yamuna".split())
MEND = 0.8  # likeness from which two spellings with like skeletons are the same name


class Use(NamedTuple):
    """An anchor found at `text[start:end]`; exact: in the anchor's own case."""

    anchor: Anchor
    start: int
    end: int
    exact: bool


@dataclass(frozen=True)
class AnchorReport:
    """kept: uses, each token of the text in one at most; missing: usable anchors whose spelling is not in the text."""

    kept: tuple[Use, ...]
    missing: tuple[Anchor, ...]

    @property
    def recall(self) -> float:
        """Share of distinct spellings that the text holds; 1.0 without anchors."""
        kept = {u.anchor.en.casefold() for u in self.kept}
        missing = {a.en.casefold() for a in self.missing}
        return len(kept) / len(kept | missing) if kept or missing else 1.0


class _Word(NamedTuple):
    form: str
    start: int
    end: int


def _tokens(text: str) -> list[_Word]:
    return [_Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _distinct(anchors: Iterable[Anchor]) -> list[Anchor]:
    """One usable anchor a spelling, longest first, so that "North Korea" takes its tokens before "Korea"."""
    first: dict[str, Anchor] = {}
    for anchor in anchors:
        if anchor.usable:
            first.setdefault(anchor.en.casefold(), anchor)
    return sorted(first.values(), key=lambda a: (-len(english.words(a.en)), -len(a.en)))


def consistency(text: str, anchors: Iterable[Anchor]) -> AnchorReport:
    """Which anchors' spellings stand in `text`: whole tokens, any case, plural and possessive allowed.

    Matches are exclusive and maximal, as WMT's terminology task counts them: a token serves one anchor only.
    """
    found = _tokens(text)
    forms = [english.singular(w.form.lower().replace("’", "'")) for w in found]
    used = [False] * len(found)
    kept: list[Use] = []
    missing: list[Anchor] = []
    for anchor in _distinct(anchors):
        wanted = [english.singular(w) for w in english.words(anchor.en)]
        size, before = len(wanted), len(kept)
        for i in range(len(found) - size + 1):
            if wanted and forms[i : i + size] == wanted and not any(used[i : i + size]):
                used[i : i + size] = [True] * size
                start, end = found[i].start, found[i + size - 1].end
                exact = _same_case(text[start:end], anchor.en)
                kept.append(Use(anchor, start, end, exact))
        if len(kept) == before:
            missing.append(anchor)
    return AnchorReport(tuple(sorted(kept, key=lambda u: u.start)), tuple(missing))


def _same_case(surface: str, name: str) -> bool:
    """Whether the shared beginning is written alike; what follows it is an ending (missile, missiles)."""
    shared = next(
        (i for i, (a, b) in enumerate(zip(surface, name, strict=False)) if a.casefold() != b.casefold()), None
    )
    return surface[:shared][: len(name)] == name[:shared][: len(surface)]


@lru_cache(maxsize=4096)  # every hypothesis of an article asks about the same anchors
def is_name(anchor: Anchor) -> bool:
    """Whether the English is a name and so keeps its case: from the glossary, spelt with these capitals there (Black
    Sea), an acronym, or alike in sound."""
    if not any(c.isupper() for c in anchor.en):
        return False
    if anchor.origin in ("lexicon", "sound"):  # these write common nouns in lower case
        return True
    if english.is_acronym(anchor.en) or re.search(r"\w[A-Z]", anchor.en):
        return True
    if any(entry.english == anchor.en for entry in Lexicon.load().translations(anchor.en)):
        return True
    latin = "".join(english.words(anchor.en))
    return likeness("".join(romanise(k) for k in keys(anchor.hi)), latin) >= SOUNDS + 0.08


def enforce(text: str, anchors: Iterable[Anchor], lexicon: Lexicon | None = None) -> str:
    """`text` with near misses of anchors' spellings mended: Pyong Yang → Pyongyang, Ukarine → Ukraine.

    Of names only capitalised words that no anchor owns are touched, only for anchors that the text lacks, and only when
    letters and consonants both say that it is the same name. Of terms a word that lacks or doubles one letter within
    (ballistic missles → missiles). No article stands before a person's or place's genitive (the Turkiye's ministry).
    Words of the glossary (`lexicon`, by default the shipped one) and adjectives made of the name stay (Patan for Patna,
    Punjabi for Punjab). Case is mended for names alone; numbers are never touched.
    """
    lexicon = lexicon or Lexicon.load()
    vocabulary = lexicon.vocabulary
    anchors = list(anchors)
    report = consistency(text, anchors)
    edits = [_recase(text, use) for use in report.kept if not use.exact and is_name(use.anchor)]
    owned = [(u.start, u.end) for u in report.kept]
    free = [w for w in _tokens(text) if not any(s < w.end and w.start < e for s, e in owned)]
    for anchor in report.missing:
        best = _near_miss(text, free, anchor, vocabulary) if _can_mend(anchor) else None
        if best:
            edits.append(best)
            free = [w for w in free if not (w.start < best[1] and best[0] < w.end)]
    edits += _slips(free, anchors, vocabulary)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return _ARTICLE.sub(lambda m: m[0] if _takes_article(m[1], anchors, lexicon) else m[1], text)


def _takes_article(genitive: str, anchors: Iterable[Anchor], lexicon: Lexicon) -> bool:
    """Whether "the" may stand before a genitive: not where it is that of a person or place among the anchors. Of
    genitives of the glossary's persons and places in English news 0.2 % have one, most of them by mistake."""
    name = genitive[:-2]
    if name.endswith("s") or name.lower() in _WITH_ARTICLE:
        return True
    entries = (lexicon.lookup(a.hi) for a in anchors if a.en == name)
    return not any(entry and entry.kind in ("person", "place") for entry in entries)


def _recase(text: str, use: Use) -> tuple[int, int, str]:
    """The kept tokens in the anchor's case; endings that the text added stay."""
    surface = text[use.start : use.end]
    name = use.anchor.en
    same_length = surface[: len(name)].casefold() == name.casefold()
    return use.start, use.end, name + surface[len(name) :] if same_length else surface


def _can_mend(anchor: Anchor) -> bool:
    """Names of four letters up; shorter ones and acronyms are too easily near to something else."""
    letters = re.sub(r"[^A-Za-z]", "", anchor.en)
    return (
        len(letters) >= 4 and is_name(anchor) and not english.is_acronym(anchor.en) and not re.search(r"\d", anchor.en)
    )


def _near_miss(text: str, free: list[_Word], anchor: Anchor, vocabulary: frozenset[str]) -> tuple[int, int, str] | None:
    """The stretch of free words most like the anchor's spelling, with its replacement."""
    size = len(english.words(anchor.en))
    best: tuple[float, int, int, str] | None = None
    for count in {max(1, size - 1), size, size + 1}:
        for i in range(len(free) - count + 1):
            here = free[i : i + count]
            gaps = [text[a.end : b.start] for a, b in zip(here, here[1:], strict=False)]
            if any(gap not in (" ", "-") for gap in gaps) or not _may_be_name(here, anchor.en, vocabulary):
                continue
            ending = "'s" if re.search(r"['’]s$", here[-1].form) else ""
            score = _sameness(" ".join(w.form for w in here), anchor.en)
            if score and (best is None or score > best[0]):
                best = (score, here[0].start, here[-1].end, anchor.en + ending)
    return best[1:] if best else None


def _may_be_name(here: list[_Word], name: str, vocabulary: frozenset[str]) -> bool:
    """Capitalised at both ends, free of digits, and not made of words that are right as they are."""
    if not (here[0].form[0].isupper() and here[-1].form[0].isupper()) or any(c.isdigit() for w in here for c in w.form):
        return False
    surface = [re.sub(r"['’]s$", "", w.form).lower() for w in here]
    wanted = english.words(name)
    if "".join(surface) == "".join(wanted):
        return True
    odd = [w for w in surface if w not in wanted]
    if len(surface) - len(odd) >= 2:  # Kim Jung Un: the other words say whose name it is
        return True
    return not all(w in vocabulary or _derived(w, wanted) for w in odd)


def _slips(free: list[_Word], anchors: Iterable[Anchor], vocabulary: frozenset[str]) -> Iterable[tuple[int, int, str]]:
    """Words in lower case that are one of the article's terms but for a letter left out or doubled within."""
    terms = {w for a in anchors if a.usable and a.origin != "lexicon" for w in re.findall(r"\b[a-z]{6,}\b", a.en)}
    terms |= {english.plural(w) for w in terms}
    for word in free:
        form = word.form
        if len(form) < 6 or form in terms or form in vocabulary or not (form.isascii() and form.islower()):
            continue
        for term in (t for t in terms if abs(len(t) - len(form)) == 1):
            longer, shorter = (form, term) if len(form) > len(term) else (term, form)
            places = [i for i in range(1, len(longer) - 1) if form == shorter or longer[i] == longer[i - 1]]
            if any(longer[:i] + longer[i + 1 :] == shorter for i in places):
                yield word.start, word.end, term
                break


def _derived(word: str, names: list[str]) -> bool:
    """Indonesian of Indonesia, Punjabi of Punjab, Bihari, Israelis."""
    return any(
        word.startswith(name.rstrip("aeoy"))
        and re.fullmatch(r"a?(?:n|i|ian|ese|ish|ic|ite)s?", word[len(name.rstrip("aeoy")) :])
        for name in names
        if len(name) > 3
    )


def _sameness(surface: str, name: str) -> float:
    """Likeness when the two are one name in two spellings, else 0: same initial, near letters, near consonants."""
    here, there = english.words(re.sub(r"['’]s$", "", surface)), english.words(name)
    if len(here) == len(there) > 1 and not all(_sameness(a, b) for a, b in zip(here, there, strict=True)):
        return 0.0  # Kim Jong Il is not Kim Jong Un, however near the whole
    one, other = "".join(here), "".join(there)
    if one == other:
        return 1.0
    if one[:1] != other[:1] or (len(here) != len(there) and abs(len(one) - len(other)) > 1):
        return 0.0
    near_letters = OSA.normalized_similarity(one, other) >= 0.75
    near_sounds = OSA.distance(skeleton(one), skeleton(other)) <= (1 if len(skeleton(other)) > 3 else 0)
    score = likeness(one, other)
    return score if near_letters and near_sounds and score >= MEND else 0.0


def leaks(text: str, anchors: Iterable[Anchor]) -> list[str]:
    """Printed glosses that must not surface but do: placeholders, and misspelt or misplaced spellings, as in `text`.

    A spelling that some usable anchor has as its own is no leak.
    """
    anchors = list(anchors)
    allowed = {a.en.casefold() for a in anchors if a.usable}
    out = []
    for anchor in anchors:
        if anchor.status not in ("placeholder", "misspelt", "misplaced") or not anchor.gloss:
            continue
        bad = anchor.gloss if is_placeholder(anchor.gloss) else main_term(anchor.gloss)[0]
        if bad.casefold() in allowed or not re.search(r"\w", bad):
            continue
        pattern = rf"(?<!\w){re.escape(bad)}(?!\w)"
        if re.search(pattern, text, re.IGNORECASE) and bad not in out:
            out.append(bad)
    return out
