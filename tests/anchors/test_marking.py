from anchor_tools import sentence

from summarizer.anchors import Lexicon, annotate, mark, visible
from summarizer.document import Anchor

LEXICON = Lexicon.load()


def marked(text: str, lexicon: Lexicon | None = None, **more) -> str:
    source = sentence(text)
    return mark(source, annotate([source], lexicon), **more)


def test_glosses_stand_right_after_their_words_with_one_space():
    assert marked("लॉकडाउन( lockdown )में,रूस  (Russia) ने") == "लॉकडाउन (lockdown) में,रूस (Russia) ने"


def test_full_width_and_square_brackets_become_plain():
    assert marked("रूस［Russia］और चीन（China）ने") == "रूस (Russia) और चीन (China) ने"


def test_broken_brackets_go_and_repairs_come():
    assert marked("अब परमाणु (unclear) बातचीत, झिंगालाला (sic) के बीच", LEXICON).startswith(
        "अब परमाणु (nuclear) बातचीत, झिंगालाला के बीच"
    )
    assert marked("अब परमाणु (unclear) बातचीत") == "अब परमाणु बातचीत"


def test_brackets_that_are_no_gloss_stay():
    assert "(15 अगस्त)" in marked("रूस (Russia) ने सोमवार (15 अगस्त) को कहा", LEXICON)


def test_a_tail_and_nested_brackets_are_not_shown():
    text = "जांच केंद्रीय जांच ब्यूरो (Central Bureau of Investigation (CBI)) करेगा"
    assert marked(text) == "जांच केंद्रीय जांच ब्यूरो (Central Bureau of Investigation) करेगा"


def test_a_term_is_glossed_once_a_sentence():
    assert marked("रूस (Russia) ने रूस में और रूस (Russia) से") == "रूस (Russia) ने रूस में और रूस से"


def test_punctuation_after_a_removed_bracket_closes_up():
    assert marked("यह झिंगालाला (unclear), है (sic).") == "यह झिंगालाला, है."


def test_overlaps_go_to_the_article_then_the_longer():
    source = sentence("व्लादिमीर पुतिन ने कहा")
    own = Anchor("पुतिन", "Putin", 0, 10, 15)
    listed = Anchor("व्लादिमीर पुतिन", "Vladimir Putin", 0, 0, 15, origin="lexicon")
    short = Anchor("व्लादिमीर", "Vladimir", 0, 0, 9, origin="lexicon")
    assert source.text[10:15] == own.hi
    assert [a.en for a in visible(source, [listed, own])] == ["Putin"]
    assert [a.en for a in visible(source, [short, listed])] == ["Vladimir Putin"]


def test_limit_keeps_the_articles_own_first():
    source = sentence("चीन और रूस (Russia) ने")
    anchors = annotate([source], LEXICON)
    assert mark(source, anchors, limit=1) == "चीन और रूस (Russia) ने"
    assert mark(source, anchors, limit=0) == "चीन और रूस ने"
