"""Where sentences end inside one normalised paragraph. Roles of the sentences are decided elsewhere.

A stop is । ॥ ? ! or a full stop that is neither part of a number, an address, an abbreviation or an initial, nor inside
brackets, nor inside quotes that the sentence goes on after.
"""

from __future__ import annotations

import re

_STOP = re.compile(r"([।॥?!.]+)((?: ?[\"')\]](?![\w\"'(]))*)")
_LAST_TOKEN = re.compile(r"[^\s(\[\"',;:/-]*\Z")
_NEXT_WORD = re.compile(r"[\"'(]*([^\s,.।?!;:\"'()-]*)")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Written before a name or number, hence never the end of a sentence.
ABBREVIATIONS = _words(
    "डॉ डा डाॅ प्रो प्रा पं स्व मो सं नं रु रू क्र पृ कि मी कि.मी से.मी मि.मी कि.ग्रा मि ग्रा ई.पू प्र उ.प्र म.प्र प द वि.वि "
    "ले लेफ्टि कै मे ब्रि इंजी एड सुश्री कु मु सा क्रमांक "
    "dr mr mrs ms prof rs no nos st sr jr gen col lt maj capt vs etc govt ltd pvt inc co corp e.g i.e a.m p.m "
    "jan feb mar apr jun jul aug sep sept oct nov dec fig vol approx"
)
# Latin letters as Hindi spells them.
INITIALS = _words("ए बी सी डी ई एफ एफ़ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू डब्लू एक्स वाई जेड ज़ेड")
# Also common last words (came, sir): initials only beside another initial.
_AMBIGUOUS_INITIALS = _words("आई जी")
# Postpositions and the like cannot open a sentence, so the one before the stop goes on.
_CANNOT_OPEN = _words("के का को ने में से तक वाला वाले वाली")
_GOES_ON_AFTER_QUOTE = _CANNOT_OPEN | _words(
    "की पर और या व तथा एवं जैसे जैसी जैसा कहते कहकर कहता कहती बोलकर नाम नामक शीर्षक आदि समेत सहित लिखा लिखी लिखे कह बताते"
)
_FINAL_VERB = _words("है हैं था थे थी थीं गा गे गी गया गई गए दिया दी किया होगा होगी होंगे नहीं")
_LONGEST_BRACKET = 300


def split(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences, stops and closing quotes included, spaces between them left out.

    Linear in the length of the text. White-space-only text has no sentences.
    """
    inside = _bracket_ends(text)
    spans: list[tuple[int, int]] = []
    start = _skip_spaces(text, 0)
    bracket_end = 0
    brackets = iter(inside)
    opened, closed = next(brackets, (len(text), len(text)))
    for match in _STOP.finditer(text):
        while opened < match.start():
            bracket_end = max(bracket_end, closed)
            opened, closed = next(brackets, (len(text), len(text)))
        if match.start() < start or match.end() < bracket_end:
            continue
        if _is_boundary(text, start, match):
            end = match.end()
            if text.startswith('"', end) and text.count('"', start, end) % 2:
                end += 1  # a closing quote, though the next sentence follows without a space
            spans.append((start, end))
            start = _skip_spaces(text, end)
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def ends_with_stop(text: str) -> bool:
    """Whether a line ends like a sentence: stop, perhaps closing quotes or brackets. Ellipsis counts."""
    return text.rstrip("\"')] ").endswith(("।", "॥", ".", "?", "!"))


def _is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    stop, closers, end = match[1], match[2], match.end()
    if end == len(text):
        return True
    before = text[max(start, match.start() - 20) : match.start()]
    following = _NEXT_WORD.match(text, end + (text[end] == " "))
    word = following[1] if following else ""
    if closers and (text[end] in ",-;:" or word in _GOES_ON_AFTER_QUOTE):
        return False
    if "।" in stop or "॥" in stop:
        return True
    if word in _CANNOT_OPEN and text[end] == " ":
        return False
    if "?" in stop or "!" in stop:
        return True
    token = _LAST_TOKEN.search(before)
    last = token[0] if token else ""
    if len(stop) > 1:
        return last in _FINAL_VERB or bool(closers)
    return bool(closers) or _full_stop_ends(text, start, match.start(), last, word)


def _full_stop_ends(text: str, start: int, at: int, last: str, word: str) -> bool:
    """Whether the single full stop at `at`, after the token `last` and before `word`, ends the sentence."""
    following = text[at + 1]
    if following.isascii() and following.isalnum() or not last:
        return False  # decimal number, time, address, version; a stray stop
    if last.isdigit() and (at - start == len(last) <= 3):
        return False  # "1. " opens an item of a list
    if last.lower() in ABBREVIATIONS:
        return False
    piece = last.rsplit(".", 1)[-1]
    dotted = "." in last and last[0] != "."
    if len(piece) == 1 and piece.isascii() and piece.isupper():
        return False
    if piece in INITIALS:
        next_is_initial = word in INITIALS and text.startswith(".", at + 1 + (following == " ") + len(word))
        return piece in _AMBIGUOUS_INITIALS and not dotted and not next_is_initial and following == " "
    return True


def _bracket_ends(text: str) -> list[tuple[int, int]]:
    """Spans of matched brackets that are short enough to be one aside, by their opening."""
    stack: list[int] = []
    found = []
    for match in re.finditer(r"[()\[\]]", text):
        if match[0] in "([":
            stack.append(match.start())
        elif stack:
            opened = stack.pop()
            if match.end() - opened <= _LONGEST_BRACKET:
                found.append((opened, match.end()))
    return sorted(found)


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
