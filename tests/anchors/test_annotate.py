import pytest
from anchor_tools import sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.anchors import Lexicon, annotate, is_placeholder, keep_origins, mark
from summarizer.document import Anchor

LEXICON = Lexicon.load()


def gloss(text: str) -> Anchor:
    """The last bracket's anchor."""
    return [a for a in annotate([sentence(text)], LEXICON) if a.bracket][-1]


@pytest.mark.parametrize(
    ("text", "hindi"),
    [
        ("इस बीच रूस (Russia) ने कहा", "रूस"),
        ("इस दौरान लॉकडाउन( lockdown ) जारी रहा", "लॉकडाउन"),
        ("उत्तर कोरिया (North Korea) में", "उत्तर कोरिया"),
        ("वहां की बंजर जमीन (barren land) पर", "बंजर जमीन"),
        ("सरकार ने तमिलनाडु (Tamil Nadu) को", "तमिलनाडु"),
        ("नेता व्लादिमीर पुतिन (Putin) ने", "पुतिन"),
        ("तानाशाह किम जोंग उन (Kim Jong Un) को", "किम जोंग उन"),
        ("जहाज बंगाल की खाड़ी (Bay of Bengal) में", "बंगाल की खाड़ी"),
        ("नया वस्तु एवं सेवा कर (GST) लागू", "वस्तु एवं सेवा कर"),
        ("जांच केंद्रीय जांच ब्यूरो (CBI) करेगा", "केंद्रीय जांच ब्यूरो"),
        ("अनुबंध भारतीय सौर ऊर्जा निगम (SECI) से हुआ", "भारतीय सौर ऊर्जा निगम"),
        ("परीक्षण रक्षा अनुसंधान एवं विकास संगठन (DRDO) ने किया", "रक्षा अनुसंधान एवं विकास संगठन"),
        ("बैंक स्टेट बैंक ऑफ इंडिया (SBI) ने", "स्टेट बैंक ऑफ इंडिया"),
        ("संस्था आईयूसीएन (IUCN) ने", "आईयूसीएन"),
        ("यान 'पुष्पक' (Pushpak) उतरा", "पुष्पक"),
        ("खतरनाक बादल फटने (cloudburst) से", "बादल फटने"),
        ("पूर्व मुख्यमंत्री जो बाइडेन (Joe Biden) ने", "जो बाइडेन"),
        ("शहर के सेक्टर में मौसम (Weather) बदला", "मौसम"),
        ("सस्ते एन95 मास्क (N95 mask) मिलेंगे", "एन95 मास्क"),
    ],
)
def test_words_that_a_gloss_explains(text, hindi):
    anchor = gloss(text)
    assert (anchor.hi, anchor.status, anchor.origin) == (hindi, "valid", "article")
    assert text[anchor.start : anchor.end] == anchor.hi


@pytest.mark.parametrize(
    ("text", "english", "reason"),
    [
        ("इस पर परमाणु (unclear) बातचीत", "nuclear", '"unclear" says nothing; glossary: nuclear'),
        ("लोग राहत शिविरों () में", "relief camps", "empty; glossary: relief camps"),
        ("रूस (?) ने कहा", "Russia", '"?" says nothing; glossary: Russia'),
        ("यह झिंगालाला (sic) है", "", '"sic" says nothing; not in the glossary'),
    ],
)
def test_placeholders_are_repaired_or_left_without_english(text, english, reason):
    anchor = gloss(text)
    assert (anchor.status, anchor.en, anchor.reason) == ("placeholder", english, reason)
    assert anchor.origin == ("repair" if english else "article")


def test_a_placeholder_takes_the_articles_own_spelling_first():
    anchors = annotate([sentence("परमाणु (atomic) नीति", 0), sentence("परमाणु (unclear) बातचीत", 1)], LEXICON)
    repaired = [a for a in anchors if a.status == "placeholder"]
    assert [(a.en, a.reason) for a in repaired] == [
        ("atomic", '"unclear" says nothing; glossed elsewhere in the article: atomic')
    ]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("राजस्थान (Rajsthan) में", "Rajasthan"),
        ("यूरोपीय संघ (Europian Union) ने", "European Union"),
        ("सक्रिय ज्वालामुखी (Volcono) फटा", "Volcano"),
        ("कम्बोडिया (Combodia) से", "Cambodia"),
    ],
)
def test_misspelt_glosses_take_the_glossarys_spelling(text, english):
    anchor = gloss(text)
    assert (anchor.status, anchor.origin) == ("misspelt", "repair")
    assert anchor.en.casefold() == english.casefold()
    assert "misspelt" in anchor.reason


@pytest.mark.parametrize(
    "text",
    [
        "तुर्किये (Turkiye) ने",
        "ओडेसा (Odessa) में",
        "नरेंद्र मोदी (Modiji) ने",
        "अमेरिका (America) ने",
        "श्रम मंत्री (Labor Minister) ने",
        "आम आदमी पार्टी (AAP) ने",
        "विश्व प्रीमियर (World Premiere) हुआ",
        "ब्रिटेन (United Kingdom) ने",
    ],
)
def test_the_articles_variant_wins(text):
    anchor = gloss(text)
    assert (anchor.status, anchor.en) == ("valid", anchor.gloss)


def test_a_one_off_slip_follows_the_articles_majority():
    texts = ["झिंगारपुर (Jhingarpur) में", "झिंगारपुर (Jhingarpur) से", "झिंगारपुर (Jingarpur) को"]
    anchors = [a for a in annotate([sentence(t, i) for i, t in enumerate(texts)], LEXICON) if a.bracket]
    assert [(a.status, a.en) for a in anchors] == [
        ("valid", "Jhingarpur"),
        ("valid", "Jhingarpur"),
        ("misspelt", "Jhingarpur"),
    ]


@pytest.mark.parametrize(
    ("text", "hindi", "english"),
    [
        ("साइबर सेल (Lucknow) की टीम", "साइबर सेल", "cyber cell"),
        ("वित्त मंत्री (Mumbai) ने", "वित्त मंत्री", "Finance Minister"),
        ("पूर्व मुख्यमंत्री (Akhilesh Yadav) ने", "पूर्व मुख्यमंत्री", "former Chief Minister"),
        ("रूस (China) ने कहा कि चीन तैयार है", "रूस", "Russia"),
    ],
)
def test_misplaced_glosses(text, hindi, english):
    anchor = gloss(text)
    assert (anchor.status, anchor.hi, anchor.en, anchor.origin) == ("misplaced", hindi, english, "repair")


@pytest.mark.parametrize(
    "text",
    [
        "सोमवार (15 अगस्त) को",
        "किसान गुरमेल सिंह (61) ने",
        "स्कोर (1-1) रहा",
        "भारतीय जनता पार्टी (भाजपा) ने",
        "तस्वीर (PHOTO) देखें",
        "खबर (देखें VIDEO) पढ़ें",
        "राहुल गांधी (Congress) ने",
        "बेंगलुरु (Karnataka) में",
        "काम पूरा हुआ। (IANS)",
        "(PHOTO) बाढ़ का पानी",
        "नरेंद्र मोदी (@narendramodi) ने",
    ],
)
def test_brackets_that_are_no_gloss(text):
    anchor = gloss(text)
    assert anchor.status == "not_a_gloss" and anchor.en == "" and anchor.reason


def test_adjacent_brackets_look_past_the_hindi_one():
    anchors = annotate([sentence("संगठन पॉपुलर फ्रंट ऑफ इंडिया (पीएफआई) (PFI) पर रोक")], LEXICON)
    assert [(a.hi, a.en) for a in anchors if a.usable] == [("पॉपुलर फ्रंट ऑफ इंडिया", "PFI")]


def mentions(*texts: str) -> list[tuple[str, str]]:
    anchors = annotate([sentence(t, i) for i, t in enumerate(texts)], LEXICON)
    return [(a.hi, a.en) for a in anchors if a.origin == "mention"]


def test_bare_mentions_before_and_after_in_other_case_forms():
    assert mentions("नई मिसाइलों की", "बैलिस्टिक मिसाइल (missile) दागी", "मिसाइलें गिरीं") == [
        ("मिसाइलों", "missile"),
        ("मिसाइलें", "missile"),
    ]


def test_a_derived_adjective_is_no_mention():
    assert mentions("रूस (Russia) ने", "रूसी सेना") == []


def test_the_last_name_of_a_glossed_person():
    assert mentions("अभिनेता हरजोत बैंस (Harjot Bains) आए", "बैंस ने कहा") == [("बैंस", "Bains")]


def test_an_ambiguous_last_name_stays_bare():
    both = "हरजोत बैंस (Harjot Bains) और गुरमीत बैंस (Gurmeet Baines) आए"
    assert ("बैंस", "Bains") not in mentions(both, "बैंस ने कहा")


def test_a_glossed_last_name_outranks_the_glossarys_full_name():
    anchors = annotate([sentence("व्लादिमीर पुतिन (Putin) ने", 0), sentence("व्लादिमीर पुतिन बोले", 1)], LEXICON)
    assert [(a.hi, a.en, a.origin) for a in anchors if a.sentence == 1] == [("पुतिन", "Putin", "mention")]


def test_lexicon_anchors_longest_match_and_never_inside_a_name():
    anchors = annotate([sentence("दिल्ली कैपिटल्स ने कोलकाता में जीत दर्ज की")], LEXICON)
    assert [(a.hi, a.en, a.origin) for a in anchors][:2] == [
        ("दिल्ली कैपिटल्स", "Delhi Capitals", "lexicon"),
        ("कोलकाता", "Kolkata", "lexicon"),
    ]


def test_spelling_habits_do_not_hide_an_entry():
    for text in ("लश्कर ए तैयबा ने", "लश्कर-ए-तैयबा ने"):
        assert annotate([sentence(text)], LEXICON)[0].en == "Lashkar-e-Taiba"
    with_nukta, without = LEXICON.lookup("ज़ेलेंस्की"), LEXICON.lookup("जेलेंस्की")
    assert with_nukta and without and with_nukta.english == without.english


def test_origins_can_be_switched_off():
    sentences = [sentence("रूस (Russia) और चीन ने परमाणु (unclear) नीति पर", 0), sentence("रूस में", 1)]
    anchors = annotate(sentences, LEXICON)
    article = keep_origins(anchors, {"article", "mention"})
    assert {a.origin for a in article if a.usable} == {"article", "mention"}
    assert mark(sentences[0], article) == "रूस (Russia) और चीन ने परमाणु नीति पर"
    assert "mention" not in {a.origin for a in annotate(sentences, LEXICON, mentions=False)}
    assert {a.origin for a in annotate(sentences)} == {"article", "mention"}


def test_boilerplate_is_left_out():
    assert annotate([sentence("लेखक सलमान रुश्दी (Salman Rushdie) पर हमला", role="boilerplate")], LEXICON) == []


alphabet = st.sampled_from(
    list("()[]（） -?.,'अकरसनमतिोंे़्ंRusiacl1२") + ["रूस", " (Russia)", " (unclear)", "भारत ", "पुतिन"]
)


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.text(max_size=80), st.lists(alphabet, max_size=30).map("".join)))
def test_any_text_gives_valid_positions_and_a_clean_marking(text):
    source = sentence(text)
    anchors = annotate([source], LEXICON)
    for anchor in anchors:
        assert 0 <= anchor.start <= anchor.end <= len(text)
        assert text[anchor.start : anchor.end] == anchor.hi
        if anchor.bracket:
            assert 0 <= anchor.bracket[0] < anchor.bracket[1] <= len(text)
        if anchor.usable:
            assert anchor.start < anchor.end and not is_placeholder(anchor.en)
    marked = mark(source, anchors)
    assert "unclear" not in marked or "unclear" in text.replace("(unclear)", "")
