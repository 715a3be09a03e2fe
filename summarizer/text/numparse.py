"""Reading of number phrases: tokens, scales, decimals, fractions, ordinals. What values are for is in `numbers`.

A phrase is one or more groups of falling scale ("2 लाख 50 हजार"); a group is a number with the scales behind it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple

from .numerals import AMBIGUOUS_MONTHS, ENTRIES, ORDINAL_SUFFIXES, Entry, plain

Kind = Literal["cardinal", "ordinal", "percent", "fraction", "time", "month"]

_DIGITS = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_TOKEN = re.compile(
    r"(?P<date>(?<![\d.])\d{1,2}([./-])\d{1,2}\2(?:19|20)\d\d(?!\d))"
    r"|(?P<time>(?<![\d:.,])\d{1,2}:[0-5]\d(?!\d)|(?<![\d:.,])\d{1,2}\.[0-5]\d(?= ?(?:बजे|[ap]\.?m\b|hrs?\b|ist\b)))"
    rf"|(?P<digits>{_DIGITS})|(?P<percent>%|per cent\b)|(?P<word>[a-z]+|[\u0900-\u0963\u0970-\u097f]+)",
    re.IGNORECASE,
)
_PLAIN_GAP = re.compile(r"[ \xa0-]?\Z")
_AND_GAP = re.compile(r"(?:[ -]| and )\Z")
_DATE_GAP = re.compile(r"(?:st|nd|rd|th)?,? ?(?:of )?")
_AND_A_HALF = re.compile(r" and (?:a )?(half|quarter)\b", re.IGNORECASE)
_SUFFIX = re.compile(r"[ -]?([a-z]+|[\u0900-\u0963]+)")
_LARGEST_SCALE = 10**15
_MOST_DIGITS = 40
# One character for one: offsets hold.
_TABLE = str.maketrans("०१२३४५६७८९\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f", "0123456789कखगजडढफय")


@dataclass(frozen=True)
class Number:
    """`text[start:end]` of the searched text and what it is worth.

    kind "month" holds 1 to 12, "time" the hour or the minutes. alternatives: other values the same words may stand for
    (the hour on the other clock, the 18 of "18-20 lakh" as 18 lakh).
    """

    value: Fraction
    kind: Kind
    start: int
    end: int
    text: str
    alternatives: tuple[Fraction, ...] = ()


class _Token(NamedTuple):
    entry: Entry
    start: int
    end: int
    word: str


def read_numbers(text: str) -> list[Number]:
    """The numbers of the text by their start, each read by itself. Linear time; accepts any string."""
    plain_text = text.translate(_TABLE)
    found: list[Number] = []
    tokens = _tokens(plain_text, found)
    i = 0
    while i < len(tokens):
        number, i = _read(plain_text, tokens, i)
        if number:
            found.append(number)
    return [replace(n, text=text[n.start : n.end]) for n in sorted(found, key=lambda n: n.start)]


def _tokens(text: str, found: list[Number]) -> list[_Token]:
    """Tokens that take part in numbers; dates and times in digits are complete and go to `found`."""
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "word":
            entry = ENTRIES.get(plain(match[0]))
            if entry:
                tokens.append(_Token(entry, start, end, match[0].lower()))
        elif match.lastgroup == "digits":
            value = Fraction(match[0].replace(",", "")[:_MOST_DIGITS].rstrip("."))
            tokens.append(_Token(Entry("digits", value), start, end, match[0]))
        elif match.lastgroup == "percent":
            tokens.append(_Token(Entry("percent", Fraction(0)), start, end, match[0]))
        elif match.lastgroup == "time":
            found += _time(match[0], start)
        else:
            day, month, year = re.split(r"[./-]", match[0])
            found.append(Number(Fraction(day), "cardinal", start, start + len(day), ""))
            found.append(Number(Fraction(month), "month", start, end, ""))
            found.append(Number(Fraction(year), "cardinal", end - len(year), end, ""))
    return tokens


def _time(clock: str, start: int) -> list[Number]:
    hour, minute = re.split("[:.]", clock)
    other = (Fraction(int(hour) + 12 if int(hour) <= 12 else int(hour) - 12),)
    numbers = [Number(Fraction(hour), "time", start, start + len(hour), "", other)]
    if int(minute):
        numbers.append(Number(Fraction(minute), "time", start + len(hour) + 1, start + len(clock), ""))
    return numbers


def _read(text: str, tokens: list[_Token], i: int) -> tuple[Number | None, int]:
    """The number that starts at token i, and the next token to look at."""
    entry, start, end, word = tokens[i]
    if entry.part == "month":
        real = word not in AMBIGUOUS_MONTHS or (text[start].isupper() and _beside_day(text, tokens, i))
        return (Number(entry.value, "month", start, end, "") if real else None), i + 1
    if entry.part in ("percent", "point", "article"):
        return None, i + 1
    if entry.part == "ordinal":
        return Number(entry.value, "ordinal", start, end, ""), i + 1
    if entry.part == "denominator":
        return (Number(1 / entry.value, "fraction", start, end, "") if entry.bare else None), i + 1
    value, i = _phrase(text, tokens, i)
    if value is None:
        return None, i
    return _finish(text, tokens, i, value, start)


def _beside_day(text: str, tokens: list[_Token], i: int) -> bool:
    """Whether a day or a year in digits stands next to the month at token i."""
    for left, right, other in ((i - 1, i, i - 1), (i, i + 1, i + 1)):
        if left < 0 or right >= len(tokens) or tokens[other].entry.part != "digits":
            continue
        value = tokens[other].entry.value
        gap = text[tokens[left].end : tokens[right].start]
        if (0 < value <= 31 or 1900 <= value < 2100) and len(gap) <= 6 and _DATE_GAP.fullmatch(gap):
            return True
    return False


def _gap(text: str, tokens: list[_Token], i: int, pattern: re.Pattern[str]) -> _Token | None:
    """Token i when only what the pattern allows stands between it and the token before."""
    if i >= len(tokens):
        return None
    gap = text[tokens[i - 1].end : tokens[i].start]
    return tokens[i] if len(gap) <= 5 and pattern.match(gap) else None


def _phrase(text: str, tokens: list[_Token], i: int) -> tuple[Fraction | None, int]:
    """Value of the cardinal phrase at token i: "2 लाख 50 हजार", "five hundred and six", "two hundred fifty crore"."""
    total, i, scale = _group(text, tokens, i)
    while total is not None and scale > 1:
        following = _gap(text, tokens, i, _AND_GAP)
        if not following or following.entry.part not in ("word", "digits", "before"):
            break
        value, after, own = _group(text, tokens, i)
        if value is None or not _may_join(text, tokens, i, scale, own):
            break
        if value < scale:
            total += value
        elif value / own < scale < own:
            total = (total + value / own) * own
        else:
            break
        i, scale = after, own
    return total, i


def _may_join(text: str, tokens: list[_Token], i: int, scale: Fraction, own: Fraction) -> bool:
    """Whether the group at token i goes on the phrase before it: not in "ten crore seven years"."""
    digits = tokens[i].entry.part == "digits"
    if " and " in text[tokens[i - 1].end : tokens[i].start]:
        return scale == 100 or (own < scale and not digits)
    english = tokens[i].word.isascii() and tokens[i - 1].word.isascii()
    if not english or own > 1 or scale == 100:
        return True
    return digits and scale in (10**3, 10**5, 10**7)


def _group(text: str, tokens: list[_Token], i: int) -> tuple[Fraction | None, int, Fraction]:
    """One number with its scales: (value, next token, product of the scales)."""
    entry, word = tokens[i].entry, tokens[i].word
    value, scale = entry.value, Fraction(1)
    if entry.part == "scale":
        if not entry.bare or (word.isascii() and not _after_article(text, tokens, i)):
            return None, i + 1, scale
        scale = value
    elif entry.part == "before":
        value, i = _modified(text, tokens, i)
    elif entry.part == "word" and 20 <= value <= 90 and word.isascii():
        unit = _gap(text, tokens, i + 1, _PLAIN_GAP)
        if unit and unit.word.isascii() and unit.entry.part in ("word", "ordinal") and 0 < unit.entry.value < 10:
            value, i = value + unit.entry.value, i + 1
    i += 1
    more = _AND_A_HALF.match(text, tokens[i - 1].end)
    if more and entry.part in ("word", "digits"):
        value += Fraction(1, 2) if more[1].lower() == "half" else Fraction(1, 4)
        while i < len(tokens) and tokens[i].start < more.end():
            i += 1
    value, i = _decimals(text, tokens, i, value)
    if entry.part == "fraction" and (token := _gap(text, tokens, i, _PLAIN_GAP)) and token.entry.part == "article":
        token = _gap(text, tokens, i + 1, _PLAIN_GAP)
        i += bool(token and token.entry.part == "scale")  # half a million
    while (token := _gap(text, tokens, i, _PLAIN_GAP)) and token.entry.part == "scale":
        indefinite = token.word.isascii() and token.word.endswith("s") and text.startswith(" of ", token.end)
        if indefinite or scale * token.entry.value > _LARGEST_SCALE:  # "in 2010 thousands of people"
            break
        value, scale, i = value * token.entry.value, scale * token.entry.value, i + 1
    return value, i, scale


def _decimals(text: str, tokens: list[_Token], i: int, value: Fraction) -> tuple[Fraction, int]:
    """25 दशमलव एक नौ, four point five: the value with its spoken decimals."""
    point = _gap(text, tokens, i, _PLAIN_GAP)
    if not point or point.entry.part != "point":
        return value, i
    digits, j = "", i + 1
    while (token := _gap(text, tokens, j, _PLAIN_GAP)) and len(digits) < 12:
        if token.entry.part == "digits" and token.word.isdigit():
            digits += token.word
        elif token.entry.part == "word" and token.entry.value.denominator == 1 and token.entry.value < 100:
            digits += str(token.entry.value)
        else:
            break
        j += 1
    return (value + Fraction(int(digits), 10 ** len(digits)), j) if digits else (value, i)


def _modified(text: str, tokens: list[_Token], i: int) -> tuple[Fraction, int]:
    """साढ़े तीन, सवा लाख, पौने दो: the value before any scale, and the last token read."""
    following = _gap(text, tokens, i + 1, _PLAIN_GAP)
    if following and following.entry.part in ("word", "digits"):
        return following.entry.value + tokens[i].entry.value, i + 1
    return 1 + tokens[i].entry.value, i


def _after_article(text: str, tokens: list[_Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].entry.part == "article" and _gap(text, tokens, i, _PLAIN_GAP) is not None


def _finish(text: str, tokens: list[_Token], i: int, value: Fraction, start: int) -> tuple[Number, int]:
    """What follows the phrase decides its kind: denominators, ordinal endings, per cent."""
    last = tokens[i - 1]
    following = _gap(text, tokens, i, _PLAIN_GAP)
    kind: Kind = (
        "ordinal" if last.entry.part == "ordinal" else "fraction" if last.entry.part == "fraction" else "cardinal"
    )
    alternatives: tuple[Fraction, ...] = ()
    end = last.end
    suffix = _SUFFIX.match(text, end) if last.entry.part == "digits" else None
    if following and value > 0 and _divides(following, last, value):
        as_count = (value,) if following.word.startswith("quarter") else ()  # three quarters may be nine months
        return Number(value / following.entry.value, "fraction", start, following.end, "", as_count), i + 1
    if suffix and suffix[1] in ORDINAL_SUFFIXES:
        kind, end = "ordinal", suffix.end()
    elif suffix and suffix[1] == "s" and suffix[0] == "s" and value % 10 == 0:  # the 1990s, 90 के दशक
        alternatives, end = (value % 100,), suffix.end()
    elif following and following.entry.part == "percent":
        kind, end, i = "percent", following.end, i + 1
    return Number(value, kind, start, end, "", alternatives), i


def _divides(denominator: _Token, last: _Token, value: Fraction) -> bool:
    """Whether the token makes a fraction of the value before it: two-thirds, एक तिहाई, one-eighth; not 15 quarters."""
    if denominator.entry.part == "ordinal":
        return last.word == "one" and denominator.entry.value >= 3
    return (
        denominator.entry.part == "denominator"
        and value < denominator.entry.value
        and math.gcd(int(value), int(denominator.entry.value)) == 1
    )
