"""Units of measure and currencies that a translation names and its source does not.

A lexical check: of 59,879 pairs of news sentences or groups with their translations or bullets it finds four,
misspelt or cut off in the Hindi.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .negation import LETTER

_UNITS = {  # what English says → what its Hindi source must hold
    "per cent": (r"per ?cent|%", r"प्रतिशत|फ\u093c?ीसद|परसेंट|पर्सेंट|%|per ?cent"),
    "dollar": (r"dollars?|\$", r"डॉलर|ड\u093c?ालर|\$|dollar"),
    "euro": (r"euros?|€", r"यूरो|€|euro"),
    "kilometre": (
        r"kilomet(?:er|re)s?|kms?",
        rf"किलो ?मीटर|किमी|कि[.॰] ?मी|किलोमी|km|kilomet|(?<!{LETTER})किलो(?!{LETTER})",
    ),
    "mile": (r"miles", r"मील|माइल|mile"),
    "tonne": (r"tons?|tonnes?", r"टन|ton"),
    "quintal": (r"quintals?", r"क्विंटल|कुंतल|quintal"),
    "hectare": (r"hectares?", r"हेक्टे|हैक्टे|हेक्टर|hectare"),
    "acre": (r"acres?", r"एकड|acre"),
    "megawatt": (r"megawatts?|MW", r"मेगा ?वॉ|मेगा ?वा|MW|megawatt"),
    "litre": (r"lit(?:er|re)s?", r"लीटर|लिटर|lit(?:er|re)"),
}
_RUPEES = re.compile(r"(?<!\w)(?:Rs|rupees?|INR)\b|₹")
_RUPEES_HINDI = re.compile(rf"रुपय|रुपए|रूपय|रूपए|रुपिय|(?<!{LETTER})(?:रु|रू)(?!{LETTER})|₹|Rs|rupee|पैस")
_NOT_RUPEES = re.compile(r"डॉलर|ड\u093c?ालर|यूरो|पाउंड|पौंड|(?<=\d) ?(?:हजार|लाख|करोड\u093c?)? ?टन")
_PATTERNS = {
    unit: (re.compile(rf"(?<![\w-])(?:{english})(?!\w)"), re.compile(hindi))
    for unit, (english, hindi) in _UNITS.items()
}


def unsupported_units(hypothesis: str, sources: Sequence[str]) -> list[str]:
    """Units in an English `hypothesis` that its Hindi `sources` do not name.

    Hindi leaves rupees out ("a fine of 2 lakh"), so these count only where the sources name another currency or tonnes.
    """
    whole = " ".join(sources)
    found = [unit for unit, (en, hi) in _PATTERNS.items() if en.search(hypothesis) and not hi.search(whole)]
    if _RUPEES.search(hypothesis) and not _RUPEES_HINDI.search(whole) and _NOT_RUPEES.search(whole):
        found.append("rupee")
    return found
