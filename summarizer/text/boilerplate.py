"""Lines and sentences of a news page that are not the news, as patterns with reasons.

The patterns match normalised text (see `normalise`). What surrounds a line decides the rest, in `layout`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    reason: str
    pattern: re.Pattern[str]


def _whole(reason: str, pattern: str) -> Rule:
    return Rule(reason, re.compile(rf"[\s\"'*>\[(:.-]*(?:{pattern})[\s\"'*\])।:.!-]*\Z", re.IGNORECASE))


def _start(reason: str, pattern: str) -> Rule:
    return Rule(reason, re.compile(rf"[\s\"'*>\[(-]*(?:{pattern})", re.IGNORECASE))


def _anywhere(reason: str, pattern: str) -> Rule:
    return Rule(reason, re.compile(rf"(?=.*?(?:{pattern}))", re.IGNORECASE | re.DOTALL))


_READ = r"पढ़(?:ें|े|िए|िये|ना न भूलें)"
_COLON = r"(?: ?[:ःː;>-]+|\.{2,}|\Z)"
_AGENCY = (
    r"(?:भाषा|पीटीआई(?:-?भाषा)?|आईएएनएस|एएनआई|एजेंसी|एजेंसियां|एजेंसियों|न्यूज एजेंसी|वार्ता|यूनीवार्ता|यूएनआई|रॉयटर्स|रायटर|"
    r"एपी|एएफपी|हिन्दुस्थान समाचार|आइएएनएस|एएनएस|PTI|IANS|ANI|UNI|AP|AFP|Reuters|Bhasha|agency|agencies)"
)
_AGENCIES = rf"{_AGENCY}(?: ?(?:,|/|और|-|एवं) ?{_AGENCY})*"
_SITE = r"(?:facebook|twitter|instagram|youtube|telegram|whatsapp|google news|koo|x|फ़?ेसबुक|फेसबुक|फ़ेसबुक|ट्विटर|इंस्टाग्राम|यूट्यूब|यू-ट्यूब|"
_SITE += r"टेलीग्राम|व्हाट्सऐप|व्हाट्सएप|वॉट्सऐप|वॉट्सएप|वाट्सएप|गूगल न्यूज|शेयरचैट)"

# Heads of lists of other stories: the headlines that follow belong to them.
READ_ALSO = (
    _start(
        "link to another story",
        rf"(?:(?:यह|ये|इसे|इन्हें|इससे जुड़ी खबरें|यह खबर|ये खबर|इस खबर को|इनको|खबरें|इसको)(?: खबरें?)? (?:भी|जरूर|ज़रूर) {_READ}{_COLON}|"
        rf"{_READ} ?[:-]|(?:also|must|do) read{_COLON}|read (?:also|more){_COLON}|related (?:stories|news|articles){_COLON}|"
        rf"(?:यह|ये|इसे) भी (?:देखें|देखिए|जानें|सुनें){_COLON})",
    ),
    _whole(
        "head of a list of other stories",
        r"(?:ट्रेंडिंग|ट्रेन्डिंग|ताजा|ताज़ा|संबंधित|सम्बंधित|टॉप|बड़ी|अन्य|प्रमुख|लेटेस्ट|आज की (?:अन्य )?(?:बड़ी|प्रमुख|ताजा)) "
        r"(?:न्यूज|न्यूज़|ख(?:़)?बरें?|स्टोरीज?|स्टोरी|वीडियो)(?: पढ़ें)?|trending(?: news| now)?|top (?:stories|news)|latest news|"
        r"related (?:news|stories|articles)|recommended(?: for you)?|you may (?:also )?like|आपके लिए",
    ),
)

RULES = (
    _whole(
        "player or advertisement label",
        r"live ?tv|लाइव टीवी|live updates?|advertisement|sponsored(?: content)?|विज्ञापन|प्रायोजित|"
        r"video|वीडियो|photos?|watch (?:video|live)|देखें वीडियो|देखें video",
    ),
    _whole(
        "agency credit",
        rf"(?:(?:with )?inputs?(?: from)?|इनपुट्?स?|एजेंसी इनपुट|स्रोत|सोर्स|साभार|सौजन्य|source)(?: ?[:=-]+ ?| से ?:? ?| )?(?:{_AGENCIES})?(?: के साथ| से)?",
    ),
    _whole(
        "agency credit",
        rf"(?:{_AGENCIES}|समाचार एजेंसी {_AGENCIES}) ?(?:के |से |की )?(?:इनपुट्?स?|inputs?|रिपोर्ट)?(?: के साथ| के आधार पर| सहित)?",
    ),
    _start(
        "by-line or page credit",
        r"(?:edited|published|posted|written|reported|updated|compiled|translated|curated|story|report)[ -]?by\b ?[:-]?|"
        r"by ?: |(?:first )?published ?(?:on|at|date)? ?:|first published|(?:last )?updated(?: on)? ?: |posted on|"
        r"(?:संपादन|सम्पादन|संपादक|लेखक|रिपोर्टर|संवाददाता|प्रस्तुति|प्रकाशित|अपडेटेड) ?:",
    ),
    _whole(
        "by-line or page credit",
        r"[^\s,:।.]{2,20}(?: [^\s,:।.]{1,20}){0,3}(?:, ?(?:वरिष्ठ |विशेष |मुख्य )?(?:संवाददाता|ब्यूरो|संपादक)| की रिपोर्ट)|"
        r"(?:[^\s,:।.]{2,20} ){1,3}ब्यूरो",
    ),
    _start(
        "photo credit",
        r"(?:(?:फाइल|फ़ाइल|सांकेतिक|प्रतीकात्मक) (?:फोटो|फ़ोटो|तस्वीर|चित्र)(?: ?[:-]|\W*\Z)|"
        r"(?:फोटो|फ़ोटो|तस्वीर|चित्र|इमेज)(?: ?(?:क्रेडिट|साभार|सौजन्य|सोर्स))? ?[:-] ?|(?:photo|image|picture|pic|video)s?(?: ?(?:credit|source|courtesy))? ?[:-] |"
        r"(?:photo|image) (?:credit|source|courtesy)|(?:getty|reuters|ap|afp|pti) (?:images?|photo))",
    ),
    _start(
        "copyright notice",
        r"(?:©|\(c\) ?\d{4}|copyright\b|कॉपीराइट ?[©:(]|all rights reserved|सर्वाधिकार सुरक्षित|disclaimer\b ?:|डिस्क्लेमर ?[:-])",
    ),
    _anywhere(
        "promotion of an app or channel",
        rf"(?:{_SITE}|हमारे?|हमारा|हमारी)[^।]{{0,60}}(?:ऐप|एप|app|चैनल|channel|ग्रुप|पेज|page|न्यूजलेटर|newsletter|{_SITE})"
        r"[^।]{0,40}(?:डाउनलोड|download|फॉलो|फ़ॉलो|follow|सब्सक्राइब|subscribe|ज्वाइन|ज्वॉइन|जॉइन|join|लाइक|क्लिक|जुड़ें|जुड़िए|जुड़े\b)[^।]{0,40}\W*\Z",
    ),
    _anywhere(
        "promotion of an app or channel",
        r"(?:ऐप|एप|एप्प|app) (?:के )?लिए[^।]{0,20}(?:क्लिक|करें|आप)|(?:follow|फॉलो|फ़ॉलो) us\b|फ़ॉलो भी कर सकते हैं|"
        r"(?:हमें|हमसे|हमारे साथ)[^।]{0,60}(?:फॉलो|फ़ॉलो|लाइक|सब्सक्राइब|follow|जुड़ें|जुड़िए)[^।]{0,20}\W*\Z|(?:download|get) (?:the|our) [^।]{0,30}app\b|"
        r"(?:ताजा|ताज़ा|हर|सभी|अन्य|लेटेस्ट|ब्रेकिंग)[^।]{0,40}(?:खबर|ख़बर|न्यूज|न्यूज़|अपडेट)[^।]{0,70}(?:क्लिक|डाउनलोड|फॉलो|फ़ॉलो|सब्सक्राइब|जुड़ें|जाएं|जुड़े रहें|बने रहें)",
    ),
    _anywhere(
        "link text",
        r"(?:यहां|यहाँ|यहा|लिंक पर|नीचे|फोटो पर|link)[^।]{0,12} (?:क्लिक|click)|click here|पूरी (?:खबर|ख़बर|रिपोर्ट|स्टोरी) (?:पढ़ें|पढ़िए|यहां|देखें)|"
        r"(?:पढ़ें|पढ़िए|देखें) पूरी (?:खबर|ख़बर|रिपोर्ट)|read (?:full|more|the full)|पढ़ने के लिए (?:यहां |इस |नीचे )?.{0,20}क्लिक",
    ),
    _start(
        "share or comment prompt",
        r"(?:share (?:this|on)|शेयर करें|इस (?:खबर|ख़बर|आर्टिकल|लेख|पोस्ट) को (?:[^।]{0,30} )?(?:शेयर|लाइक)|subscribe|सब्सक्राइब करें|follow us|फॉलो करें|"
        r"(?:post a |leave a |write a )?comments?\b\W*\Z|सभी कॉमेंट्स|अपना कॉमेंट|कमेंट (?:करें|में)|आपकी राय|अपनी राय|(?:twitter|facebook|whatsapp|email)(?: ?,? ?(?:twitter|facebook|whatsapp|e?mail)){1,}|"
        r"आपको यह (?:खबर|लेख|आर्टिकल) कैस[ाी])",
    ),
    _whole("hashtags or tags", r"(?:tags?|टैग्स?|topics?|keywords?) ?:.*|#\w+(?:[ ,]+#\w+)*"),
    _whole(
        "date line of the page",
        r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ?)?(?:\d{1,2}:\d{2} ?(?:am|pm)?,? )?(?:\d{1,2}[ -/.](?:\d{1,2}|[^\W\d]{3,10})[ -/.,]+\d{2,4}|[a-z]{3,9} \d{1,2}, \d{4})"
        r"(?:[, |]+\d{1,2}:\d{2}(?::\d{2})? ?(?:am|pm|बजे)?)?(?: ?\(?(?:ist|gmt)\)?)?",
    ),
)

# Boilerplate that pages glue to the end of a sentence; a sentence boundary is forced before it.
INLINE = re.compile(
    rf"(?<=[।.?!'\")\]])(?= ?(?:{_READ} ?[:-]|{_READ} पूरी|इनपुट्?स? ?[:-]|\(?(?:{_AGENCY} )?इनपुट|posted by|edited by|published by|"
    rf"\((?:{_AGENCIES})\)|-+ ?{_AGENCY}\b|पूरी खबर {_READ}|also read|\(?बीबीसी हिन्दी के))"
    rf"|(?=(?:यह|ये|इसे|इन्हें)(?: खबरें?)? भी {_READ} ?(?:[:ःː>-]|\.\.))|(?=also read ?:)",
    re.IGNORECASE,
)


def match_rule(text: str) -> str:
    """The reason why this line or sentence is boilerplate, "" when no rule says so."""
    return next((rule.reason for rule in RULES if len(text) < 500 and rule.pattern.match(text)), "")


def match_read_also(text: str) -> re.Match[str] | None:
    """A match when the text opens a link to, or a list of, other stories; `text[match.end():]` is the first headline."""
    return next((m for rule in READ_ALSO if (m := rule.pattern.match(text))), None)
