"""One bracket in, one Anchor out: which Hindi words it explains, its status, its repair, each with a reason.

What other brackets of the article say is not known here; annotate.py settles that afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.anchors import brackets, english, spans
from summarizer.anchors.brackets import Bracket
from summarizer.anchors.lexicon import NAME_KINDS, Entry, Lexicon, Match
from summarizer.anchors.spelling import corrected_spelling
from summarizer.anchors.words import STOP, Token, base_forms, keys
from summarizer.document import Anchor, Sentence

# A place followed by a state's name is located, not translated: बेंगलुरु (Karnataka).
_STATE_NAMES = """
andhra pradesh|arunachal pradesh|assam|bihar|chhattisgarh|goa|gujarat|haryana|himachal pradesh|jharkhand|karnataka
kerala|madhya pradesh|maharashtra|manipur|meghalaya|mizoram|nagaland|odisha|punjab|rajasthan|sikkim|tamil nadu
telangana|tripura|uttar pradesh|uttarakhand|west bengal|jammu and kashmir|ladakh|mp|up
"""
_STATES = frozenset(re.split(r"[|\n]", _STATE_NAMES.strip()))
_LONGEST_GLOSS = 120  # characters; longer bracketed text is a remark whatever it says
_AROUND = 400  # characters on each side in which a misplaced gloss's own Hindi words are looked for
_SEO_TAIL = re.compile(r"^(.+?)\s+(?:in|cases in|news|today|latest|updates?|live)\b.*$", re.I)
_NAMES_PEOPLE_OR_PLACES = frozenset({"person", "place", "demonym"})


def judge(sentence: Sentence, found: list[Token], bracket: Bracket, reach: int, lexicon: Lexicon | None) -> Anchor:
    """The anchor of one bracket. `reach`: where the words before it end (further left when brackets stand in a row)."""
    if len(bracket.inner) > _LONGEST_GLOSS:
        return _no_gloss(sentence, bracket, spans.words_before(sentence.text, found, reach), "a remark, not a term")
    gloss, _ = brackets.main_term(bracket.inner)
    words = spans.words_before(sentence.text, found, reach, gloss, lexicon)
    if brackets.is_placeholder(bracket.inner) and not _means_it(words, bracket.inner, lexicon):
        return _placeholder(sentence, bracket, words, lexicon)
    why = brackets.not_a_gloss(bracket.inner) or ("" if words else "no Hindi words before it")
    if why:
        return _no_gloss(sentence, bracket, words, why)
    span = spans.choose(words, gloss, lexicon)
    assert span is not None
    if span.support < spans.SOUNDS:
        why = _tag(gloss, span.match or _last_entry(words, lexicon), lexicon)
        if why:
            return _no_gloss(sentence, bracket, words, why)
    gloss = _without_seo_tail(gloss, span, lexicon)
    return _settle(sentence, bracket, words, span, gloss, lexicon)


def _means_it(words: list[Token], inner: str, lexicon: Lexicon | None) -> bool:
    """अज्ञात (unknown), अनुवाद (translation): the word that usually says nothing is what the Hindi means."""
    return bool(words) and inner.isalpha() and spans.link(words[-1].key, inner.lower(), lexicon) >= 0.7


def _settle(
    sentence: Sentence, bracket: Bracket, words: list[Token], span: spans.Span, gloss: str, lexicon: Lexicon | None
) -> Anchor:
    """Valid, misspelt or misplaced."""
    corrected = corrected_spelling(gloss, span, lexicon)
    if corrected and corrected != gloss:
        reason = f'"{gloss}" is misspelt; glossary: {corrected}'
        return _anchor(sentence, span, bracket, corrected, status="misspelt", origin="repair", reason=reason)
    before, after = (
        sentence.text[max(0, span.start - _AROUND) : span.start],
        sentence.text[bracket.end : bracket.end + _AROUND],
    )
    owner = belongs_elsewhere(gloss, span, words, f"{before} | {after}", lexicon)
    if owner:
        better = plain_span(words, lexicon)
        name = translation(better, lexicon)
        reason = f'"{gloss}" {owner}' + (f"; glossary: {name}" if name else "")
        origin = "repair" if name else "article"
        return _anchor(sentence, better, bracket, name, status="misplaced", origin=origin, reason=reason)
    return _anchor(sentence, span, bracket, gloss)


def _anchor(sentence: Sentence, span: spans.Span, bracket: Bracket, en: str, **more: object) -> Anchor:
    hi = sentence.text[span.start : span.end]
    place = (bracket.start, bracket.end)
    anchor = Anchor(hi, en, sentence.index, span.start, span.end, gloss=bracket.inner, bracket=place)
    return replace(anchor, **more)  # type: ignore[arg-type]


def _no_gloss(sentence: Sentence, bracket: Bracket, words: list[Token], why: str) -> Anchor:
    start, end = (words[-1].start, words[-1].end) if words else (bracket.start, bracket.start)
    span = spans.Span(start, end, (), 0.0, None)
    return _anchor(sentence, span, bracket, "", status="not_a_gloss", reason=why)


def _placeholder(sentence: Sentence, bracket: Bracket, words: list[Token], lexicon: Lexicon | None) -> Anchor:
    says = f'"{bracket.inner}" says nothing' if bracket.inner else "empty"
    if not words:
        span = spans.Span(bracket.start, bracket.start, (), 0.0, None)
        return _anchor(sentence, span, bracket, "", status="placeholder", reason=says)
    span = plain_span(words, lexicon)
    name = translation(span, lexicon)
    reason = f"{says}; glossary: {name}" if name else f"{says}; not in the glossary"
    origin = "repair" if name else "article"
    return _anchor(sentence, span, bracket, name, status="placeholder", origin=origin, reason=reason)


def plain_span(words: list[Token], lexicon: Lexicon | None) -> spans.Span:
    """The term before a bracket that does not help: the longest entry, a pair of known words, else one word."""
    span = spans.choose(words, "", lexicon)
    assert span is not None
    if span.match is None and len(words) > 1:
        pair = spans.Span(words[-2].start, words[-1].end, tuple(words[-2:]), 0.0, None)
        if translation(pair, lexicon):
            return pair
    return span


def translation(span: spans.Span, lexicon: Lexicon | None) -> str:
    """The glossary's English for the span; for two words without an entry, word by word if both are certain."""
    if span.match:
        return span.match.english
    if lexicon is None or len(span.words) != 2:
        return ""
    out = []
    for word in span.words:
        entry = lexicon.lookup(word.key)
        options = {e: p for form, _ in base_forms(word.key) for e, p in lexicon.words.get(form, {}).items()}
        best = max(options, key=lambda e: options[e], default="")
        if entry and " " not in entry.english:
            out.append(entry.english)
        elif best and options[best] >= 0.6:
            out.append(best)
    return " ".join(out) if len(out) == 2 else ""


def _last_entry(words: Sequence[Token], lexicon: Lexicon | None) -> Match | None:
    span = spans.choose(list(words), "", lexicon)
    return span.match if span else None


def _tag(gloss: str, match: Match | None, lexicon: Lexicon | None) -> str:
    """Why an unsupported gloss is a label of the thing before it: media tag, a person's party, a place's region."""
    if brackets.is_tag(gloss):
        return "agency or media tag"
    if lexicon is None or match is None:
        return ""
    kinds = {entry.kind for entry in lexicon.translations(gloss)}
    if match.entry.kind == "person" and ("org" in kinds or english.is_acronym(gloss)):
        return "label of a person (party, post or seat)"
    if match.entry.kind == "person" and "place" in kinds:
        return "label of a person (party, post or seat)"
    region = gloss.casefold() in _STATES
    if match.entry.kind == "place" and region and match.english.casefold() not in _STATES:
        return "the region a place lies in"
    return ""


def _without_seo_tail(gloss: str, span: spans.Span, lexicon: Lexicon | None) -> str:
    """ "lockdown in india" for लॉकडाउन → "lockdown": the tail is for search engines, no Hindi word stands for it."""
    match = _SEO_TAIL.match(gloss)
    if not match or (span.match and english.same(span.match.english, gloss)):
        return gloss
    head = match[1].strip()
    words = list(span.words)
    tail = english.content_words(gloss[len(head) :])
    if any(spans.link(w.key, e, lexicon) for w in words for e in tail):
        return gloss
    return head if any(spans.link(w.key, e, lexicon) for w in words for e in english.content_words(head)) else gloss


def belongs_elsewhere(gloss: str, span: spans.Span, words: list[Token], around: str, lexicon: Lexicon | None) -> str:
    """Why the gloss belongs to other Hindi words than those before it, else "". `around`: the sentence without them.

    Glossary and sound must both speak against it: no word is linked, the Hindi is known, and the English is another
    kind of thing or is what other words of the sentence say.
    """
    if lexicon is None or span.support > 0 or english.is_acronym(gloss):
        return ""
    match = span.match or _last_entry(words, lexicon)
    known = match is not None or any(form in lexicon.words for form, _ in base_forms(words[-1].key))
    if not known or (match and english.same(match.english, gloss)):
        return ""
    others = lexicon.translations(gloss)
    kind = match.entry.kind if match else "term"
    for entry in others:
        if entry.kind in _NAMES_PEOPLE_OR_PLACES and kind not in _NAMES_PEOPLE_OR_PLACES:
            return f"is a {entry.kind}, {entry.hindi}"
    if match is None:
        return ""
    return _owner_around(gloss, others, kind, around, lexicon)


def _owner_around(gloss: str, others: list[Entry], kind: str, around: str, lexicon: Lexicon) -> str:
    elsewhere = {m.entry.hindi for m in lexicon.find(around)}
    for entry in others:
        if entry.hindi in elsewhere:
            return f"is {entry.hindi}, which stands elsewhere in the sentence"
    parts = english.content_words(gloss)
    if (kind in NAME_KINDS and others) or len(parts) < 2:
        return ""
    outside = [w for w in keys(around) if w not in STOP and not w.isascii()]
    hits = [next((h for h in outside if spans.link(h, e, lexicon) >= 0.7), "") for e in parts]
    if sum(map(bool, hits)) * 2 >= len(parts):
        return f"goes with {' '.join(h for h in hits if h)} elsewhere in the sentence"
    return ""
