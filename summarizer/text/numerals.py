"""Hindi and English number words as data: what a word is worth and how it combines with its neighbours.

Keys level out the usual spelling variants (see `plain`). How words make a number is in `numbers`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

Part = Literal[
    "word", "digits", "scale", "ordinal", "fraction", "before", "denominator", "month", "percent", "point", "article"
]


class Entry(NamedTuple):
    """part: how the word combines. value: what it is worth. bare: whether a scale counts without a number before it."""

    part: Part
    value: Fraction
    bare: bool = False


# 0 to 99; spelling variants after a slash.
_HINDI = (
    "शून्य/जीरो एक दो तीन चार पांच/पाँच छह/छः/छ/छे/छ: सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह/पन्द्रह "
    "सोलह सत्रह/सतरह अठारह/अट्ठारह/अठ्ठारह उन्नीस "
    "बीस इक्कीस बाईस/बाइस तेईस/तेइस चौबीस पच्चीस/पचीस छब्बीस सत्ताईस/सत्ताइस अट्ठाईस/अट्ठाइस/अठाईस उनतीस/उन्तीस "
    "तीस इकतीस/इकत्तीस/इकतिस बत्तीस तैंतीस/तेंतीस/तैतीस चौंतीस/चौतीस पैंतीस/पैतीस छत्तीस सैंतीस/सैतीस अड़तीस उनतालीस/उन्तालीस/उनचालीस "
    "चालीस इकतालीस बयालीस तैंतालीस/तैतालीस चवालीस/चौवालीस पैंतालीस/पैतालीस छियालीस सैंतालीस/सैतालीस अड़तालीस उनचास/उन्चास "
    "पचास इक्यावन बावन तिरपन/तिरेपन चौवन पचपन छप्पन सत्तावन अट्ठावन/अठावन उनसठ "
    "साठ इकसठ बासठ तिरसठ/तिरेसठ चौंसठ/चौसठ पैंसठ/पैसठ छियासठ सड़सठ अड़सठ उनहत्तर "
    "सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी/उनासी/उन्नासी "
    "अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी/अठासी नवासी "
    "नब्बे इक्यानवे/इक्यानबे बानवे/बानबे तिरानवे/तिरानबे चौरानवे/चौरानबे पचानवे/पंचानवे/पंचानबे छियानवे/छियानबे सत्तानवे/सत्तानबे "
    "अट्ठानवे/अठानवे/अट्ठानबे निन्यानवे/निन्यानबे"
)
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_HINDI_ORDINALS = {
    1: "पहला पहले पहली पहलों प्रथम अव्वल",
    2: "दूसरा दूसरे दूसरी दूसरों द्वितीय",
    3: "तीसरा तीसरे तीसरी तृतीय",
    4: "चौथा चौथे चौथी चतुर्थ",
    5: "पंचम",
    6: "छठा छठे छठी छठवां छठवें छठवीं छठां छठें छठीं",
    9: "नवां नवें नवीं नवम",
    10: "दशम",
}
_HINDI_SUFFIXES = ["वां", "वाँ", "वें", "वीं", "वा", "वे", "वी", "वों"]
ORDINAL_SUFFIXES = frozenset([*_HINDI_SUFFIXES, "st", "nd", "rd", "th"])
_COUNTED = {  # other words that count, among them English numbers in Hindi letters
    1: "वन सिंगल फर्स्ट",
    2: "दोनों दोगुना दोगुनी दोगुने दुगुना दुगुनी दुगुने दुगना दुगनी दुगने दोहरा दोहरे दोहरी डबल जोड़ी जोड़ा दंपति युगल दोपहिया टू",
    3: "तीनों तिगुना तिगुनी तिगुने तिहरा तिहरे ट्रिपल हैट्रिक तिपहिया थ्री थर्ड",
    4: "चारों चौगुना चौगुनी चौगुने चौका चौके चौपहिया चारपहिया फोर",
    5: "पांचों फाइव",
    6: "छहों छक्का छक्के सिक्स",
    7: "सातों सेवन",
    8: "आठों एट",
    9: "नौवों नाइन",
    10: "दसों टेन",
    11: "इलेवन एकादश",
    20: "ट्वेंटी",
    50: "अर्धशतक अर्द्धशतक अर्धशतकीय फिफ्टी",
    100: "शतक शतकीय सेंचुरी शत शतप्रतिशत",
    200: "दोहराशतक",
}
_SCALES = {  # a star marks scales that count alone; अरब alone is Arab, a plural alone is no number
    12: "दर्जन* दर्जनभर* dozen* dozens",
    100: "सौ* सैकड़ा* hundred* hundreds",
    10**3: "हजार* हज़ार* सहस्र thousand* thousands",
    10**5: "लाख* lakh* lakhs lac lacs",
    10**6: "मिलियन million* millions mn",
    10**7: "करोड़* crore* crores cr",
    10**9: "अरब बिलियन billion* billions bn arab",
    10**11: "खरब",
    10**12: "ट्रिलियन trillion* trillions tn",
}
_MONTHS = (
    "जनवरी/january/jan फरवरी/फ़रवरी/february/feb मार्च/march/mar अप्रैल/अप्रेल/april/apr मई/may जून/june/jun "
    "जुलाई/july/jul अगस्त/august/aug सितंबर/सितम्बर/september/sep/sept अक्टूबर/अक्तूबर/october/oct "
    "नवंबर/नवम्बर/november/nov दिसंबर/दिसम्बर/december/dec"
)
MONTHS = [[word for word in words.split("/") if word.isascii()] for words in _MONTHS.split()]  # English, January first
_PERCENT = "प्रतिशत फीसदी फ़ीसदी फीसद फ़ीसद परसेंट percent pc"


_LEVEL = str.maketrans({"़": None, "ं": None, "ँ": None, "ी": "ि", "ू": "ु", "ई": "इ", "ऊ": "उ"})


def plain(word: str) -> str:
    """The key of a word in `ENTRIES`: lower case, no nukta or nasal sign, short i and u (पाँच पांच, बाईस बाइस)."""
    return word.lower().translate(_LEVEL)


def _entries() -> dict[str, Entry]:
    entries: dict[str, Entry] = {}

    def add(words: str, part: Part, value: Fraction | int, bare: bool = False) -> None:
        for word in words.replace("/", " ").split():
            entries[plain(word.rstrip("*"))] = Entry(part, Fraction(value), bare or word.endswith("*"))

    for value, words in _SCALES.items():
        add(words, "scale", value)
    for value, words in enumerate(_HINDI.split()):
        add(words, "word", value)
        add(" ".join(w + suffix for w in words.split("/") for suffix in _HINDI_SUFFIXES), "ordinal", value)
    for value, words in _COUNTED.items():
        add(words, "word", value)
    for value, words in _HINDI_ORDINALS.items():
        add(words, "ordinal", value)
    for value, word in enumerate(_ENGLISH.split()):
        add(word, "word", value)
    for value, word in enumerate(_ORDINALS.split(), 1):
        add(word, "ordinal", value)
        if value > 2:
            add(word + "s", "denominator", value)
    for value, word in enumerate(_TENS.split(), 2):
        add(word, "word", 10 * value)
        add(word[:-1] + "ieth", "ordinal", 10 * value)
    for value, words in enumerate(_MONTHS.split(), 1):
        add(words, "month", value)
    add(_PERCENT, "percent", 0)
    add("half", "fraction", Fraction(1, 2), True)
    add("आधा आधे आधी अर्ध अर्द्ध हाफ", "fraction", Fraction(1, 2), True)
    add("डेढ़", "word", Fraction(3, 2))
    add("ढाई अढाई", "word", Fraction(5, 2))
    add("सवा", "before", Fraction(1, 4))
    add("साढ़े", "before", Fraction(1, 2))
    add("पौने पौन", "before", Fraction(-1, 4))
    add("तिहाई", "denominator", 3, True)
    add("चौथाई", "denominator", 4, True)
    add("quarter quarters", "denominator", 4)
    for value, words in enumerate(("once single", "twice double", "thrice triple"), 1):
        add(words, "word", value)
    add("दशमलव point", "point", 0)
    add("a an", "article", 1)
    return entries


ENTRIES = _entries()
# English words that are articles, pronouns or idioms more often than counts ("one of", "at first", "half-hearted").
WEAK = frozenset(
    [
        "one",
        "first",
        "second",
        "third",
        "half",
        "quarter",
        "zero",
        "once",
        "twice",
        "thrice",
        "single",
        "double",
        "triple",
    ]
    + ["one quarter", "one-quarter"]
)
# Months that are also words: dates only beside a day or a year.
AMBIGUOUS_MONTHS = frozenset(["may", "march", "mar", "sep", "jun", "jan", "dec"])
