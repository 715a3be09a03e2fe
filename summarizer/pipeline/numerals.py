"""Numbers as anchors: a figure that the model garbled or left out is set right when only one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.text.numbers import Number, find_numbers, missing, unsupported
from summarizer.text.numerals import MONTHS

_SCALES = {
    "सौ": "hundred",
    "हजार": "thousand",
    "लाख": "lakh",
    "करोड़": "crore",
    "अरब": "billion",
    "प्रतिशत": "per cent",
    "फीसदी": "per cent",
    "फीसद": "per cent",
}
_PARTS = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(%|वां|वीं|वें|[^\d\s]*)((?:\s+\S+)*)")


def english(number: Number) -> str | None:
    """A number of a Hindi text that is written in digits, as Indian newspapers write it: 2,319 करोड़ → 2,319 crore."""
    match = _PARTS.fullmatch(number.text.replace("\u093c", "").translate(_DIGITS).strip())
    if not match:
        return None
    digits, mark, rest = match.groups()
    if mark == "%":
        return f"{digits} per cent"
    if mark in ("वां", "वीं", "वें"):
        return digits + _ordinal(digits)
    words = [_PLAIN.get(word) for word in [*([mark] if mark else []), *rest.split()]]
    return None if None in words else " ".join([digits, *words])  # type: ignore[list-item]


_DIGITS = {0x966 + i: str(i) for i in range(10)}
_PLAIN = {hindi.replace("\u093c", ""): english_word for hindi, english_word in _SCALES.items()}


def _ordinal(digits: str) -> str:
    if digits[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


_RUN = re.compile(r"\d+(?:[,.]\d+)+|\d+-\d+")
_SEASON = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(\d\d)(?![\d-])")
_DAYS = {
    "सोमवार": "Monday",
    "मंगलवार": "Tuesday",
    "बुधवार": "Wednesday",
    "गुरुवार": "Thursday",
    "बृहस्पतिवार": "Thursday",
    "शुक्रवार": "Friday",
    "शनिवार": "Saturday",
    "रविवार": "Sunday",
}
_WEEKDAY = re.compile("|".join(_DAYS))
_DATED = re.compile(rf"({_WEEKDAY.pattern})\s*\((\d{{1,2}}\s+[^\s\d()]+(?:\s+\d{{4}})?)\)")
_MONTH = re.compile(rf"\b(?:{'|'.join(name.capitalize() for names in MONTHS for name in names)})\b")


def mend(text: str, sources: Sequence[str], spellings: Sequence[str] = ()) -> str:
    """`text` with its one unsupported figure replaced by the one figure of the sources that it lacks, with seasons
    whole (2024 for 2024-25), and with the brackets and months of figures that lost them (Sunday 10, Lakra 24).

    No figure is replaced when there is more than one of either, when the figures are of different kinds (a date for a
    percentage), or when the source's cannot be written in English. A figure in pieces ("74,84") is one.
    """
    text = _bracketed(_seasons(text, sources), sources)
    wrong = unsupported(text, sources, spellings)
    lost = missing(text, sources)
    if not wrong or len(lost) != 1 or {n.kind for n in wrong} != {lost[0].kind} or not wrong[0].text[:1].isdigit():
        return text
    start, end = wrong[0].start, wrong[-1].end
    if len(wrong) > 1 and not _RUN.fullmatch(text[start:end]):
        return text
    right = english(lost[0])
    if right is None or re.search(r"\d[,.]$", text[:start]) or re.match(r"[,.]\d", text[end:]):
        return text  # a piece of a figure whose other pieces the sources hold by chance
    return text[:start] + right + text[end:]


def _seasons(text: str, sources: Sequence[str]) -> str:
    """Years that stand alone where the sources have a season, which ends in the next year."""
    whole = " ".join(sources).translate(_DIGITS)
    for year, end in set(_SEASON.findall(whole)):
        if int(end) != (int(year) + 1) % 100 or re.search(rf"\d-{end}\b", text):
            continue
        alone = re.compile(rf"(?<![\d,.-]){year}(?![\d-]|[,.]\d)")
        if len(alone.findall(text)) == 1 and not alone.search(whole):
            text = alone.sub(f"{year}-{end}", text)
    return text


def _bracketed(text: str, sources: Sequence[str]) -> str:
    """A day behind its weekday with the month that the sources give in brackets, and the age behind a name in the
    brackets that it has there: Sunday 10 → Sunday (March 10), Lakra 24 → Lakra (24)."""
    whole = " ".join(sources).translate(_DIGITS)
    for hindi, date in _DATED.findall(whole):
        bare = rf"\b({_DAYS[hindi]}) {int(date.split()[0])}\b(?![.,:-]?\d|(?:st|nd|rd|th)\b| [A-Z])"
        if written := _date(date):
            text = re.sub(bare, rf"\1 ({written})", text)
    for figure in re.findall(r"\((\d{1,2})\)", whole):
        if len(re.findall(rf"(?<![\d.,]){figure}(?![\d.,]*\d)", whole)) == 1:
            text = re.sub(rf"(?<=[A-Z])([a-z]+) {figure}(?= [a-z]|, )", rf"\1 ({figure})", text)
    return text


def _date(hindi: str) -> str | None:
    """22 मार्च 2025 → March 22, 2025; None for what names no month."""
    month = next((int(n.value) for n in find_numbers(hindi) if n.kind == "month"), None)
    if month is None:
        return None
    day, year = hindi.split()[0], hindi.split()[2:]
    return f"{MONTHS[month - 1][0].capitalize()} {int(day)}{f', {year[0]}' if year else ''}"


def dated(text: str, sources: Sequence[str]) -> str:
    """`text` with the date that its sources give in brackets behind a weekday: Saturday → Saturday (March 22).

    Nothing is done where the text names a month, hence for one date at most, or where the sources name the weekday more
    than once.
    """
    if _MONTH.search(text):
        return text
    whole = " ".join(sources).translate(_DIGITS)
    days = [_DAYS[day] for day in _WEEKDAY.findall(whole)]
    for hindi, date in _DATED.findall(whole):
        weekday = _DAYS[hindi]
        written = _date(date)
        place = re.search(rf"\b{weekday}\b(?: (?:morning|afternoon|evening|night))?(?!['’]| ?\()", text)
        if written and place and days.count(weekday) == 1:
            return f"{text[: place.end()]} ({written}){text[place.end() :]}"
    return text
