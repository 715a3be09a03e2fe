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


_READ = r"पढ़(?:ें|े|िए|िये)"
_COLON = r"(?: ?[:ःː;>-]+|\.{2,}|\Z)"
_AGENCY = (
    r"(?:भाषा|पीटीआई(?:[- ]?भाषा)?|आई?एएनएस|आइएएनएस|एएनआई|(?:न्यूज |समाचार )?एजेंसी|एजेंसियां|एजेंसियों|(?:यूनी)?वार्ता|यूएनआई|"
    r"रॉ?यटर्स?|एपी|एएफपी|हिन्दुस्थान समाचार|PTI|IANS|ANI|UNI|AP|AFP|Reuters|Bhasha|agency|agencies)"
)
_AGENCIES = rf"{_AGENCY}(?: ?(?:,|/|और|-|एवं) ?{_AGENCY})*"
_INPUT = r"(?:इनपुट्?स?|inputs?)"
_SITE = (
    r"(?:facebook|twitter|instagram|youtube|telegram|whatsapp|google news|फ़?ेसबुक|फेसबुक|फ़ेसबुक|ट्विटर|इंस्टाग्राम|यू-?ट्यूब|"
    r"टेलीग्राम|व्हाट्सए?ऐ?प|वॉट्सए?ऐ?प|वाट्सए?ऐ?प|गूगल न्यूज|शेयरचैट)"
)
_CHANNEL = rf"(?:ऐप|एप|app|चैनल|channel|ग्रुप|पेज|page|न्यूजलेटर|newsletter|{_SITE})"
_JOIN = r"(?:डाउनलोड|download|फॉलो|फ़ॉलो|follow|सब्सक्राइब|subscribe|ज्वाइन|ज्वॉइन|जॉइन|join|लाइक|क्लिक|जुड़ें|जुड़िए|जुड़े रहें)"
_NEWS = r"(?:न्यूज़?|ख़?बरें?|ख़बरें?|ख़बरें?|स्टोरीज?|स्टोरी|वीडियो|अपडेट)"
_PHOTO = r"(?:फोटो|फ़ोटो|फ़ोटो|तस्वीर|चित्र|इमेज)"

# Heads of lists of other stories: the headlines that follow belong to them.
READ_ALSO = (
    _start(
        "link to another story",
        r"(?:(?:यह|ये|इसे|इन्हें|इनको|इसको|खबरें|इस खबर को)(?: ख़?बरें?)? (?:भी|जरूर|ज़रूर) "
        rf"{_READ}{_COLON}|पढ़(?:ें|िए|िये) ?[:ः-]|"
        rf"(?:also|must|do) read{_COLON}|read (?:also|more){_COLON}|related (?:stories|news|articles){_COLON}|"
        rf"(?:यह|ये|इसे) भी (?:देखें|देखिए|जानें|सुनें){_COLON})",
    ),
    _whole(
        "head of a list of other stories",
        r"(?:ट्रे[ंन]्?डिंग|ता[जज़]ा|ताज़ा|संबंधित|सम्बंधित|टॉप|बड़ी|अन्य|प्रमुख|लेटेस्ट|आज की (?:अन्य )?(?:बड़ी|प्रमुख|ताजा)) "
        rf"{_NEWS}(?: पढ़ें)?|trending(?: news| now)?|top (?:stories|news)|latest news|"
        r"related (?:news|stories|articles)|recommended(?: for you)?|you may (?:also )?like",
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
        rf"(?:(?:with )?{_INPUT}(?: from)?|एजेंसी इनपुट|स्रोत|सोर्स|साभार|सौजन्य|source)(?: ?[:=-]+ ?| से ?:? ?| )?"
        rf"(?:{_AGENCIES})?(?: के साथ| से)?",
    ),
    _whole(
        "agency credit",
        rf"{_AGENCIES} ?(?:के |से |की )?(?:{_INPUT}|रिपोर्ट)?(?: के साथ| के आधार पर| सहित)?",
    ),
    _start(
        "by-line or page credit",
        r"(?:edited|published|posted|written|reported|updated|compiled|translated|curated|story)[ -]?by\b|by ?: |"
        r"(?:first )?published ?(?:on|at|date)? ?:|first published|(?:last )?updated(?: on)? ?: |posted on|"
        r"(?:संपादन|सम्पादन|संपादक|लेखक|रिपोर्टर|संवाददाता|प्रस्तुति|प्रकाशित|अपडेटेड|साभार|सौजन्य) ?[:-]",
    ),
    _whole(
        "by-line or page credit",
        r"[^\s,:।.]{2,20}(?: [^\s,:।.]{1,20}){0,3}(?:, ?(?:वरिष्ठ |विशेष |मुख्य )?(?:संवाददाता|ब्यूरो|संपादक)| की रिपोर्ट)|"
        r"(?:[^\s,:।.]{2,20} ){1,3}ब्यूरो",
    ),
    _start(
        "photo credit",
        rf"(?:(?:फाइल|फ़ाइल|सांकेतिक|प्रतीकात्मक) {_PHOTO}(?: ?[:-]|\W*\Z)|"
        rf"{_PHOTO}(?: ?(?:क्रेडिट|साभार|सौजन्य|सोर्स))? ?[:-] ?|"
        r"(?:photo|image|picture|pic|video)s?(?: ?(?:credit|source|courtesy))? ?[:-] |"
        r"(?:photo|image) (?:credit|source|courtesy)|(?:getty|reuters|ap|afp|pti) (?:images?|photo))",
    ),
    _start(
        "copyright notice",
        r"(?:©|\(c\) ?\d{4}|copyright\b|कॉपीराइट ?[©:(]|all rights reserved|सर्वाधिकार सुरक्षित|"
        r"disclaimer ?:|डिस्क्लेमर ?[:-])",
    ),
    _anywhere(
        "promotion of an app or channel",
        rf"(?:{_SITE}|हमारे?|हमारा|हमारी)[^।]{{0,60}}{_CHANNEL}[^।]{{0,40}}{_JOIN}[^।]{{0,40}}\W*\Z",
    ),
    _anywhere(
        "promotion of an app or channel",
        r"(?:ऐप|एप|एप्प|app) (?:के )?लिए[^।]{0,20}(?:क्लिक|करें|आप)|(?:follow|फॉलो|फ़ॉलो) us\b|फ़ॉलो भी कर सकते हैं|"
        rf"(?:हमें|हमसे|हमारे साथ)[^।]{{0,60}}{_JOIN}[^।]{{0,20}}\W*\Z|(?:download|get) (?:the|our) [^।]{{0,30}}app\b",
    ),
    _anywhere(
        "promotion of an app or channel",
        rf"(?:ताजा|ताज़ा|हर|सभी|अन्य|लेटेस्ट|ब्रेकिंग)[^।]{{0,40}}{_NEWS}[^।]{{0,70}}(?:{_JOIN}|जाएं|बने रहें)[^।]{{0,30}}\W*\Z",
    ),
    _anywhere(
        "link text",
        r"(?:यहां|यहाँ|यहा|लिंक पर|नीचे|फोटो पर|वीडियो पर)[^।]{0,12} (?:क्लिक|click) ?(?:करें|करे|कीजिए|कर सकते हैं)?\W*\Z|"
        rf"click here|पूरी (?:ख़?बर|ख़बर|रिपोर्ट|स्टोरी) (?:{_READ}|यहां|देखें)|(?:{_READ}|देखें) पूरी (?:ख़?बर|ख़बर|रिपोर्ट)|"
        r"read (?:full|more|the full)|पढ़ने के लिए[^।]{0,30}क्लिक",
    ),
    _start(
        "share or comment prompt",
        r"(?:share (?:this|on)|शेयर करें|इस (?:खबर|ख़बर|आर्टिकल|लेख|पोस्ट) को (?:[^।]{0,30} )?(?:शेयर|लाइक)|"
        r"subscribe|follow us|सब्सक्राइब करें|"
        r"फॉलो करें|(?:post a |leave a |write a )?comments?\b\W*\Z|सभी कॉमेंट्स|अपना कॉमेंट|कमेंट (?:करें|में)|"
        r"(?:आपकी|अपनी) राय|(?:twitter|facebook|whatsapp|email)(?: ?,? ?(?:twitter|facebook|wp|whatsapp|e?mail)){1,}|"
        r"आपको यह (?:खबर|लेख|आर्टिकल) कैस[ाी])",
    ),
    _whole("hashtags or tags", r"(?:tags?|टैग्स?|topics?|keywords?) ?:.*|#\w+(?:[ ,]+#\w+)*"),
    _whole(
        "date line of the page",
        r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ?)?(?:\d{1,2}:\d{2} ?(?:am|pm)?,? )?"
        r"(?:\d{1,2}[ -/.](?:\d{1,2}|[^\W\d]{3,10})[ -/.,]+\d{2,4}|[a-z]{3,9} \d{1,2}, \d{4})"
        r"(?:[, |]+\d{1,2}:\d{2}(?::\d{2})? ?(?:am|pm|बजे)?)?(?: ?\(?(?:ist|gmt)\)?)?",
    ),
)

# Boilerplate that pages glue to the end of a sentence; a sentence boundary is forced before it.
INLINE = re.compile(
    rf"(?<=[।.?!'\")\]])(?= ?(?:पढ़(?:ें|िए|िये) ?[:ः-]|{_READ} पूरी|पूरी ख़?बर {_READ}|इनपुट्?स? ?[:-]|\(?(?:{_AGENCY} )?इनपुट|"
    rf"(?:posted|edited|published) by|\((?:{_AGENCIES})\)|-+ ?{_AGENCY}\b|also read))"
    rf"|(?=(?:यह|ये|इसे|इन्हें)(?: ख़?बरें?)? भी {_READ} ?(?:[:ःː>-]|\.\.))|(?=also read ?:)"
    r"|(?<=[।.?!'\"])(?=\([^()।]{3,40} (?:एंड्रॉएड|एंड्रॉयड|मोबाइल) )",
    re.IGNORECASE,
)
# What is longer than this is text, whatever it holds.
_LONGEST = 400


def match_rule(text: str) -> str:
    """The reason why this line or sentence is boilerplate, "" when no rule says so."""
    if len(text) > _LONGEST:
        return ""
    return next((rule.reason for rule in RULES if rule.pattern.match(text)), "")


def match_read_also(text: str) -> re.Match[str] | None:
    """A match when the text opens a link to other stories or a list of them; the first headline follows the match."""
    return next((m for rule in READ_ALSO if (m := rule.pattern.match(text))), None)
