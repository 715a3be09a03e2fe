"""What stands before the news in a sentence: the dateline of an article, the filler of a sentence."""

from __future__ import annotations

import re

from .sentences import ABBREVIATIONS, INITIALS


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MONTH = (
    r"(?:जनवरी|फरवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर|"
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\.?"
)
_DATE = rf"(?:\d{{1,2}} ?{_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?"
_WORD = r"[^\s:।,.()\[\]/?!\"'\d-]+"
_PLACE = rf"{_WORD}(?:[ -]{_WORD}){{0,3}}(?: ?/ ?{_WORD}(?: {_WORD}){{0,2}}){{0,3}}"
_ASIDE = r"[(\[][^()\[\]]{1,30}[)\]]"
_ONE = r"[^\s,:।().]+"
_BUREAU = (
    r"(?:भाषा|पीटीआई|आईएएनएस|आइएएनएस|एएनआई|एएनएस|एजेंसी|एजेंसियां|एजेंसीज|वार्ता|यूएनआई|प्रेट्र|प्रे|रायटर|एपी|एएफपी|जेएनएन|"
    rf"ब्यूरो|संवाददाता|{_ONE} (?:ब्यूरो|संवाददाता|न्यूज|टीम)|PTI|IANS|ANI|UNI|AP|AFP|Reuters|JNN|Agency)"
)
_DATELINE = re.compile(
    # Seoul: · रांची/मझिआंव : · Moscow, Aug 15:
    rf"(?:{_PLACE}(?: ?{_ASIDE})?(?:,? {_DATE})?(?:,? ?{_BUREAU})? ?(?::-?|ः)(?=\s)"
    # नई दिल्ली, 5 मार्च (भाषा)। · नई दिल्ली, जेएनएन।
    rf"|{_PLACE},? ?(?:{_DATE},? ?)?(?:{_ASIDE}|{_BUREAU}) ?[।.:-]+(?=\s)"
    # पटना, 5 मार्च। · (पत्रिका ब्यूरो, गुवाहाटी):
    rf"|{_PLACE},? {_DATE} ?[।.:-]+(?=\s)|{_ASIDE} ?[।.:-]+(?=\s)"
    # मनीला। · नाहन/सिरमौर।
    rf"|{_WORD}(?: {_WORD}){{0,2}}(?: ?/ ?{_WORD}){{0,2}} ?[।.](?=\s))",
    re.IGNORECASE,
)
_LONGEST_DATELINE = 120
# Words that show a clause: what ends with them, or holds a postposition, is no place.
_CLAUSE_END = _words(
    "है हैं था थे थी थीं गा गे गी हुआ हुई हुए गया गई गए दिया दी की किया कहा बताया लिखा बोले बोला बोली पूछा मुताबिक "
    "अनुसार सवाल जवाब प्रश्न उत्तर कि दें चलें देखें पढ़ें करें आए आई आया लिया ली नहीं हो हों"
)
_CLAUSE_WORD = frozenset(["ने", "को", "से", "में", "पर", "के", "है", "हैं", "था", "थे", "थी", "कि", "जो", "तो", "ही", "भी"])

_BEFORE_FILLER = (
    r"(?:तो|और|हम|यहां|यहाँ|साथ ही|इसके साथ ही|वहीं,?|(?:आपकी )?जानकारी के लिए|हम आपको|आपको(?: यह भी)?|यह भी|ये भी)"
)
_NOTEWORTHY = (
    r"(?:गौरतलब|उल्लेखनीय|ज्ञात हो|ज्ञातव्य|मालूम हो|विदित हो|स्मरणीय|ध्यान रहे|ध्यान देने वाली बात|गौर करने वाली बात|याद रहे|"
    r"जानने योग्य)"
)
_FILLER = re.compile(
    rf"(?:{_BEFORE_FILLER} )?(?:(?:आपको )?(?:यह |ये )?(?:भी )?बता(?:ते चलें| दें| दे| दूं| दिया जाए)(?: कि,?|,) |बता दें )"
    rf"|(?:यह |ये |यहां यह |यहां |यहाँ )?(?:भी )?{_NOTEWORTHY}(?: बात)?(?: यह| ये)?(?: है)?,? ?कि,? "
    r"|(?:दरअसल|असल में|वहीं|गौरतलब है|उल्लेखनीय है|बहरहाल|खैर|आपको बता दें|बता दें), "
)
_CONNECTIVE = re.compile(r"[-*•·●▪►»>✓👉]+ ?")


def dateline_end(text: str) -> int:
    """Length of the dateline that opens the text, 0 without one. "Seoul: रूस …" gives 6."""
    match = _DATELINE.match(text, 0, _LONGEST_DATELINE)
    if not match or not text[match.end() :].strip():
        return 0
    words = re.findall(r"[^\s:।,.()\[\]/-]+", re.sub(_ASIDE, " ", match[0]))
    if words and words[-1].lower() in _CLAUSE_END | ABBREVIATIONS | INITIALS or not _CLAUSE_WORD.isdisjoint(words):
        return 0
    return match.end()


def filler_end(text: str) -> int:
    """Length of what may be cut from the start of a sentence: list marks and fillers such as "बता दें कि"."""
    end = 0
    for pattern in (_CONNECTIVE, _FILLER):
        match = pattern.match(text, end)
        if match and len(text) - match.end() >= 2:
            end = match.end()
    return end
