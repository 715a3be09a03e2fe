"""Numbers of Hindi and English text by value, and which numbers of a hypothesis its source does not hold.

"95 लाख", "95 lakh" and "9.5 million" are one value. Units are not compared: "44 per cent" and "44 people" have the same
value. Text is expected in normal form (see `normalise`); Devanagari digits are read all the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from .numerals import AMBIGUOUS_MONTHS, ENTRIES, ORDINAL_SUFFIXES, WEAK, Entry, plain

_Key = tuple[str, Fraction]
_CLOCK_KEY: _Key = ("clock", Fraction(0))
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
_RANGE_GAP = re.compile(r" ?(?:-|to|से|or|या) ?\Z")
_DATE_GAP = re.compile(r"(?:st|nd|rd|th)?,? ?(?:of )?")
_CLOCK = re.compile(r"बज|o'clock|\b[ap]\.?m\b", re.IGNORECASE)
_CLOCK_DIGITS = re.compile(r"(\d{1,2})\.([0-5]\d)\Z")
_SCALE_WORD = re.compile(r"[a-z]+|[\u0900-\u0963]+", re.IGNORECASE)
_AND_A_HALF = re.compile(r" and (?:a )?(half|quarter)\b", re.IGNORECASE)
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


def find_numbers(text: str) -> list[Number]:
    """All numbers of the text in order. Linear time; never raises on odd input."""
    plain_text = text.translate(_TABLE)
    found: list[Number] = []
    tokens = _tokens(plain_text, found)
    i = 0
    while i < len(tokens):
        number, i = _read(plain_text, tokens, i)
        if number:
            found.append(number)
    found.sort(key=lambda n: n.start)
    return [_with_text(n, text) for n in _ranges(plain_text, found)]


def unsupported(hypothesis: str, sources: Sequence[str], extra: Sequence[str] = ()) -> list[Number]:
    """Numbers of the English hypothesis that neither a source sentence nor an extra spelling ("G20") holds by value.

    Words of everyday idiom ("one", "first", "half", see `numerals.WEAK`) pass when written out; digits never do.
    """
    supported = _support([*sources, *extra])
    return [
        n
        for n in find_numbers(hypothesis)
        if n.text.lower() not in WEAK and supported.isdisjoint(_keys(n)) and not _is_clock(n, supported)
    ]


def missing(hypothesis: str, sources: Sequence[str]) -> list[Number]:
    """Numbers that the sources write in digits and the hypothesis lacks in any form; offsets are into their source."""
    present = _support([hypothesis])
    return [
        n for s in sources for n in find_numbers(s) if any(c.isdigit() for c in n.text) and present.isdisjoint(_keys(n))
    ]


def _keys(number: Number) -> set[_Key]:
    """What a number is looked up under; a month never supports another number."""
    kind = "month" if number.kind == "month" else ""
    return {(kind, value) for value in (number.value, *number.alternatives)}


def _is_clock(number: Number, supported: frozenset[_Key]) -> bool:
    """Whether "9.45" is a time whose hour and minutes the sources hold: नौ बजकर 45 मिनट."""
    match = _CLOCK_DIGITS.match(number.text)
    if not match or _CLOCK_KEY not in supported:
        return False
    return supported.issuperset(("", Fraction(part)) for part in match.groups() if int(part))


def _support(texts: Iterable[str]) -> frozenset[_Key]:
    return frozenset().union(*map(_keys_of, texts))


@lru_cache(maxsize=4096)
def _keys_of(text: str) -> frozenset[_Key]:
    keys: set[_Key] = {_CLOCK_KEY} if _CLOCK.search(text) else set()
    for number in find_numbers(text):
        keys |= _keys(number)
        whole = number.value.numerator // number.value.denominator
        if number.value != whole and (number.value * 4).denominator == 1:  # साढ़े तीन बजे is 3:30
            keys |= {("", Fraction(whole)), ("", (number.value - whole) * 60)}
    return frozenset(keys)


def _with_text(number: Number, text: str) -> Number:
    return Number(
        number.value, number.kind, number.start, number.end, text[number.start : number.end], number.alternatives
    )


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
            value = Fraction(match[0].replace(",", "")) if len(match[0]) < 40 else Fraction(0)
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
    start = i
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
    """Whether the group at token i goes on the phrase before it rather than starting a number: "ten crore seven years"."""
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
    suffix = re.compile(r"[ -]?([a-z]+|[\u0900-\u0963]+)").match(text, end) if last.entry.part == "digits" else None
    if (
        following
        and value > 0
        and (
            (following.entry.part == "denominator" and math.gcd(int(value), int(following.entry.value)) == 1)
            or (following.entry.part == "ordinal" and last.word == "one" and following.entry.value >= 3)
        )
    ):
        return Number(value / following.entry.value, "fraction", start, following.end, ""), i + 1
    if suffix and suffix[1] in ORDINAL_SUFFIXES:
        kind, end = "ordinal", suffix.end()
    elif suffix and suffix[1] == "s" and suffix[0] == "s" and value % 10 == 0:  # the 1990s, 90 के दशक
        alternatives, end = (value % 100,), suffix.end()
    elif following and following.entry.part == "percent":
        kind, end, i = "percent", following.end, i + 1
    return Number(value, kind, start, end, "", alternatives), i


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Second readings of what stands before a hyphen or "to": 2021-22 ends in 2022, 18-20 lakh begins at 18 lakh."""
    read = list(numbers)
    for i in range(len(read) - 1):
        left, right = read[i], read[i + 1]
        gap = text[left.end : right.start]
        if len(gap) > 5 or not _RANGE_GAP.match(gap) or "month" in (left.kind, right.kind):
            continue
        if 1900 <= left.value < 2100 and right.value == (left.value + 1) % 100:
            read[i + 1] = Number(left.value + 1, right.kind, right.start, right.end, "", (right.value,))
        elif right.value >= 100 and left.value < 1000:
            words = (ENTRIES.get(plain(w)) for w in _SCALE_WORD.findall(text[right.start : right.end]))
            scale = math.prod(entry.value for entry in words if entry and entry.part == "scale")
            other = (left.value * scale,) if scale > 1 else ()
            read[i] = Number(left.value, left.kind, left.start, left.end, "", left.alternatives + other)
    return read
