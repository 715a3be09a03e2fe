"""All anchors of an article: its glosses, judged; bare mentions of glossed terms; glossary names left unglossed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from summarizer.anchors import english
from summarizer.anchors.brackets import find_brackets
from summarizer.anchors.judge import judge
from summarizer.anchors.lexicon import NAME_KINDS, Lexicon, Match
from summarizer.anchors.romanise import likeness, romanise
from summarizer.anchors.spans import SOUNDS
from summarizer.anchors.spelling import near
from summarizer.anchors.words import STOP, Token, base_forms, keys, same_stem, tokens
from summarizer.document import Anchor, Origin, Sentence

# Kinds of glossary entries that are worth an anchor of their own.
KINDS = NAME_KINDS | {"demonym", "term", "language", "currency"}


def annotate(sentences: Sequence[Sentence], lexicon: Lexicon | None = None, *, mentions: bool = True) -> list[Anchor]:
    """Anchors in reading order. Boilerplate sentences are left out.

    lexicon: without it, glosses are judged by form and sound alone, and nothing is repaired or added.
    mentions: whether later and earlier bare mentions of a glossed term become anchors.
    """
    words = {s.index: tokens(s.text) for s in sentences if s.role != "boilerplate"}
    own: list[Anchor] = []
    for sentence in sentences:
        if sentence.index in words:
            own += _glosses(sentence, words[sentence.index], lexicon)
    own = _agree(own)
    table = _Mentions(own, lexicon) if mentions else None
    by_sentence: dict[int, list[Anchor]] = {}
    for anchor in own:
        by_sentence.setdefault(anchor.sentence, []).append(anchor)
    out: list[Anchor] = list(own)
    for sentence in sentences:
        if sentence.role in ("body", "subhead"):
            here = by_sentence.get(sentence.index, [])
            out += _bare(sentence, words[sentence.index], here, table, lexicon)
    return sorted(out, key=lambda a: (a.sentence, a.start, a.end))


def keep_origins(anchors: Iterable[Anchor], origins: Collection[Origin]) -> list[Anchor]:
    """The anchors of these origins; brackets that are no usable anchor stay so that `mark` still removes them."""
    return [a if a.origin in origins else replace(a, en="") for a in anchors if a.origin in origins or a.bracket]


def _glosses(sentence: Sentence, words: list[Token], lexicon: Lexicon | None) -> list[Anchor]:
    out: list[Anchor] = []
    reach = -1
    for bracket in find_brackets(sentence.text):
        previous = out[-1] if out else None
        beside = (
            previous is not None
            and previous.bracket is not None
            and previous.status == "not_a_gloss"
            and not sentence.text[previous.bracket[1] : bracket.start].strip()
        )
        reach = reach if beside else bracket.start
        out.append(judge(sentence, words, bracket, reach, lexicon))
    return out


_Spellings = dict[tuple[str, ...], Counter[str]]


def _agree(anchors: list[Anchor]) -> list[Anchor]:
    """Settle what only the whole article can: broken glosses of a term that it glosses well elsewhere."""
    good: _Spellings = {}
    for anchor in anchors:
        if anchor.status == "valid" and anchor.origin == "article":
            *first, last = keys(anchor.hi)
            for form, _ in base_forms(last):
                good.setdefault((*first, form), Counter())[anchor.en] += 1
    out = []
    for anchor in anchors:
        best = _spelling_elsewhere(anchor, good)
        if best and anchor.status == "placeholder" and best != anchor.en:
            says = anchor.reason.split(";")[0]
            anchor = replace(
                anchor, en=best, origin="repair", reason=f"{says}; glossed elsewhere in the article: {best}"
            )
        elif best and anchor.status == "valid" and best != anchor.en and _slip(anchor, best, good):
            reason = f'"{anchor.en}" is misspelt; glossed elsewhere in the article: {best}'
            anchor = replace(anchor, en=best, status="misspelt", origin="repair", reason=reason)
        out.append(anchor)
    return out


def _spelling_elsewhere(anchor: Anchor, good: _Spellings) -> str:
    mine = keys(anchor.hi)
    for form, _ in base_forms(mine[-1]) if mine else ():
        spellings = good.get((*mine[:-1], form))
        if spellings:
            return spellings.most_common(1)[0][0]
    return ""


def _slip(anchor: Anchor, best: str, good: _Spellings) -> bool:
    """Whether a gloss is a one-off slip of the spelling that the article uses more often."""
    counts = good[keys(anchor.hi)]
    mine, theirs = english.words(anchor.en), english.words(best)
    if english.same(anchor.en, best) or counts[anchor.en] * 2 > counts[best] or len(mine) != len(theirs):
        return False
    return all(a == b or near(a, b) for a, b in zip(mine, theirs, strict=True))


class _Mentions:
    """Glossed terms by their words, and the last names of glossed people."""

    def __init__(self, anchors: list[Anchor], lexicon: Lexicon | None) -> None:
        self.terms: dict[tuple[str, ...], str] = {}
        last: dict[str, set[str]] = {}
        for anchor in anchors:
            if anchor.usable and anchor.start < anchor.end:
                key = keys(anchor.hi)
                if len(key) > 1 or key[0] not in STOP:
                    self.terms.setdefault(key, anchor.en)
                if _is_person(anchor, lexicon):
                    last.setdefault(key[-1], set()).add(anchor.en.split()[-1])
        for word, names in last.items():
            if len(names) == 1 and word not in STOP:
                self.terms.setdefault((word,), next(iter(names)))
        self.by_form: dict[str, list[tuple[str, ...]]] = {}
        for key in sorted(self.terms, key=len, reverse=True):
            for form, _ in base_forms(key[0]):
                self.by_form.setdefault(form, []).append(key)

    def match_at(self, words: list[Token], position: int) -> tuple[int, str]:
        """(number of words, English) of the longest glossed term at word `position`; (0, "") for none."""
        for form, _ in base_forms(words[position].key):
            for key in self.by_form.get(form, ()):
                here = words[position : position + len(key)]
                if len(here) == len(key) and all(same_stem(w.key, k) for w, k in zip(here, key, strict=True)):
                    return len(key), self.terms[key]
        return 0, ""


def _is_person(anchor: Anchor, lexicon: Lexicon | None) -> bool:
    """Given and last name, glossed in full: listed as a person, or unknown and each word sounds like its English."""
    hindi, latin = keys(anchor.hi), anchor.en.split()
    if len(hindi) != len(latin) or len(hindi) < 2 or not all(w[:1].isupper() for w in latin):
        return False
    if not all(likeness(romanise(h), w) >= SOUNDS for h, w in zip(hindi, latin, strict=True)):
        return False
    if lexicon is None:
        return True
    entry, single = lexicon.lookup(anchor.hi), lexicon.lookup(hindi[-1])
    if entry is not None:
        return entry.kind == "person"
    return (single is None or single.kind == "person") and latin[-1].lower() not in lexicon.common


def occupied(sentence: Sentence, anchors: Iterable[Anchor]) -> bytearray:
    """1 for each character of the sentence that belongs to one of its usable anchors or to a bracket."""
    taken = bytearray(len(sentence.text))
    for anchor in anchors:
        for start, end in ((anchor.start, anchor.end if anchor.usable else anchor.start), anchor.bracket or (0, 0)):
            taken[start:end] = b"\1" * (end - start)
    return taken


def _bare(
    sentence: Sentence, words: list[Token], own: list[Anchor], table: _Mentions | None, lexicon: Lexicon | None
) -> list[Anchor]:
    """Mention and lexicon anchors of one sentence: longest match first, outside glosses and brackets."""
    taken = occupied(sentence, own)
    free = [w for w in words if not any(taken[w.start : w.end])]
    out: list[Anchor] = []
    position = 0
    while position < len(free):
        count, en = table.match_at(free, position) if table else (0, "")
        match = lexicon.match_at(free, position) if lexicon else None
        if match and _wins(match, count, free, position, table):
            position += match.words
            if _worth(match, free, position - match.words, sentence):
                out.append(_lexicon_anchor(sentence, match))
            continue
        if count and _adjacent(sentence, free[position : position + count]):
            start, end = free[position].start, free[position + count - 1].end
            out.append(Anchor(sentence.text[start:end], en, sentence.index, start, end, origin="mention"))
        position += max(count, 1)
    return out


def _wins(match: Match, count: int, free: list[Token], position: int, table: _Mentions | None) -> bool:
    """Whether a glossary match outranks the article's own term here: it is longer and not that person's fuller name."""
    if match.words <= count:
        return False
    if not table or not match.entry.reliable:
        return not count
    inside = any(table.match_at(free, position + i)[0] for i in range(match.words))
    return not (inside and match.entry.kind == "person") and not (inside and not match.entry.reliable)


def _adjacent(sentence: Sentence, words: Sequence[Token]) -> bool:
    """No punctuation but hyphens and dots between the words of one term."""
    gaps = (sentence.text[a.end : b.start] for a, b in zip(words, words[1:], strict=False))
    return all(not gap.strip(" .-–") for gap in gaps)


def _worth(match: Match, free: list[Token], position: int, sentence: Sentence) -> bool:
    here = free[position : position + match.words]
    single_stop = match.words == 1 and here[0].key in STOP
    return match.entry.reliable and match.entry.kind in KINDS and not single_stop and _adjacent(sentence, here)


def _lexicon_anchor(sentence: Sentence, match: Match) -> Anchor:
    hi = sentence.text[match.start : match.end]
    return Anchor(hi, match.english, sentence.index, match.start, match.end, origin="lexicon", reason=match.entry.kind)
