import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.text import segment
from summarizer.text.sentences import split

BODY = (
    "राज्य सरकार ने सोमवार को नई सिंचाई योजना को मंजूरी दे दी, जिससे हजारों किसानों को पानी मिल सकेगा। यह काम दो साल में पूरा होगा।"
)


def texts(article, role="body"):
    return [s.text for s in segment(article) if s.role == role]


def pieces(text):
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["डॉ. राम ने कहा।", "श्री शर्मा नहीं आए।"],
        ["एस. जयशंकर और जे.पी. नड्डा मिले.", "पी.एम. ने U.S. में भाषण दिया."],
        ["दर 2.57 रुपये है, कुल 1,50,000.50 रुपये.", "बैठक 10.30 बजे होगी."],
        ["उसने पूछा, 'क्या आप आएंगे?'", "फिर वह चला गया."],
        ["उन्होंने कहा, 'हम साथ काम करेंगे.'", "मंत्री ने पत्र लिखा."],
        ["उसने 'हम हारेंगे नहीं.' कहकर बात टाल दी.", "लोग लौट गए."],
        ["नियम (देखें पृष्ठ 5. यह जरूरी है) लागू है.", "सब मानेंगे."],
        ["ब्यौरा www.example.com पर है.", "मेल a.b@example.in पर भेजें."],
        ["वह नहीं आया... लेकिन खबर आई.", "वह चला गया है...", "फिर लौटा."],
        ["1. पहला नियम यह है.", "2. दूसरा नियम यह है."],
        ["मैच 3-1 से जीता!", "क्या बात है?", "सब खुश थे॥"],
        ["Rs. 500 का जुर्माना लगा.", "मकान सं. 12 खाली है."],
        ["राजीव ने 'शोले?' के बारे में बताया.", "सब हंसे."],
        ["वह सबसे आगे आई.", "लोग देखते रहे."],
    ],
)
def test_splitting(sentences):
    assert pieces(" ".join(sentences)) == sentences


def test_splitting_without_a_space_after_the_stop():
    assert pieces("काम पूरा है.इस पर बात होगी.") == ["काम पूरा है.", "इस पर बात होगी."]
    assert pieces('उसने कहा, "चलो."फिर वह गया.') == ['उसने कहा, "चलो."', "फिर वह गया."]


@pytest.mark.parametrize(
    "dateline",
    [
        "Seoul:",
        "नई दिल्ली:",
        "रांची/मझिआंव :",
        "नई दिल्ली, 5 मार्च (भाषा)।",
        "नई दिल्ली (एजेंसी)।",
        "Moscow, Aug 15:",
        "पटना, जेएनएन।",
        "बरेली [जागरण संवाददाता]।",
        "शिमला।",
        "Chitradurga (Karnataka):",
    ],
)
def test_datelines_are_set_aside(dateline):
    sentences = segment(f"{dateline} {BODY}")
    assert sentences[0].role == "dateline"
    assert sentences[0].text.replace(" ", "") == dateline.replace(" ", "")
    assert len(texts(f"{dateline} {BODY}")) == 2


@pytest.mark.parametrize(
    "opening", ["मंत्री ने कहा: ", "राजस्थान (Rajasthan) के मंत्री आए। ", "वह आई। ", "डॉ. रमेश ने बताया कि पानी आया। "]
)
def test_what_only_looks_like_a_dateline_stays(opening):
    assert texts(opening + BODY, "dateline") == []


@pytest.mark.parametrize(
    "filler",
    [
        "बता दें कि",
        "आपको बता दें कि",
        "गौरतलब है कि",
        "ज्ञात हो कि",
        "मालूम हो कि",
        "दरअसल,",
        "वहीं,",
        "उल्लेखनीय है कि",
        "हम आपको बता दें कि",
    ],
)
def test_fillers_are_cut_and_the_span_keeps_them(filler):
    article = f"{BODY} {filler} नदी का पानी पिछले साल घट गया था।"
    last = segment(article)[-1]
    assert last.text == "नदी का पानी पिछले साल घट गया था।"
    assert article[last.start : last.end].startswith(filler)
    assert article[last.offsets[0]] == "न"


def test_meaningful_openings_are_not_fillers():
    for opening in ("हालांकि", "वहीं पर", "इस बीच"):
        assert texts(f"{opening} नदी का पानी घट गया।") == [f"{opening} नदी का पानी घट गया।"]


def test_roles_of_a_whole_page():
    article = f"""खेतों तक पहुंचेगा पानी, सरकार ने दी मंजूरी
जयपुर: {BODY}

किसानों को क्या मिलेगा
{BODY}

यह भी पढ़ेंः

Weather Update: आज इन जिलों में होगी बारिश

कौन हैं नए मुख्य सचिव?

{BODY}

(इनपुट: भाषा)

LIVE TV

ट्रेंडिंग न्यूज

Cricket News: टीम का ऐलान"""
    roles = [s.role for s in segment(article)]
    assert roles == (
        ["subhead", "dateline", "body", "body", "subhead", "body", "body"]
        + ["boilerplate", "boilerplate", "subhead", "body", "body"]
        + ["boilerplate"] * 4
    )
    assert all(s.reason for s in segment(article) if s.role != "body")


@pytest.mark.parametrize(
    "line",
    [
        "यह भी पढ़ें: नए नियम कब से लागू होंगे, जानिए सब कुछ",
        "ये भी पढ़ें- आज का मौसम",
        "इसे भी पढ़ें: आज का मौसम",
        "Also Read: Weather today",
        "हमारा ऐप डाउनलोड करें",
        "हर खबर पाने के लिए हमारा वॉट्सऐप चैनल फॉलो करें",
        "Follow us on Google News",
        "हमारे टेलीग्राम चैनल से जुड़ें।",
        "(एजेंसी इनपुट के साथ)",
        "इनपुट-आईएएनएस",
        "Edited by: किसी का नाम",
        "Published by : Desk",
        "Posted By: Desk",
        "First Published : 12 Aug 2022, 10:30 AM",
        "#Budget #Delhi",
        "© 2022 सर्वाधिकार सुरक्षित",
        "फोटो: राजेश कुमार",
        "इस खबर को शेयर करें",
        "पूरी खबर पढ़ने के लिए यहां क्लिक करें",
    ],
)
def test_boilerplate_lines(line):
    sentences = segment(f"{BODY}\n\n{line}\n\n{BODY}")
    assert [s.role for s in sentences if s.paragraph == 1] == ["boilerplate"]
    assert sum(s.role == "body" for s in sentences) == 4


@pytest.mark.parametrize(
    "sentence",
    [
        "पढ़े-लिखे युवाओं को रोजगार देने की मांग उठी।",
        "पुलिस ने बताया कि ठग लिंक भेजकर लोगों से क्लिक करने को कहते थे।",
        "मंत्री ने व्हाट्सऐप चैनल पर संदेश भेजकर लोगों को जानकारी दी।",
        "कंपनी का ऐप अब तक दस लाख लोग इस्तेमाल कर चुके हैं।",
        "भाषा विभाग के निदेशक ने पुरस्कार दिए।",
    ],
)
def test_news_about_such_things_is_not_boilerplate(sentence):
    assert sentence in texts(f"{BODY} {sentence}")


def test_boilerplate_glued_to_a_sentence():
    assert texts("सड़क अगले साल बनेगी।इनपुट-भाषा") == ["सड़क अगले साल बनेगी।"]
    assert texts("सड़क अगले साल बनेगी। यह भी पढ़ें: आज का मौसम") == ["सड़क अगले साल बनेगी।"]


def test_hard_wrapped_lines_are_joined():
    wrapped = (
        "राज्य सरकार ने सोमवार को नई सिंचाई योजना को मंजूरी दे दी है जिससे\n"
        "हजारों किसानों को पानी मिल सकेगा। अधिकारियों ने बताया कि योजना पर\n"
        "इसी महीने काम शुरू होगा और यह दो साल में पूरी होगी।"
    )
    assert len(texts(wrapped)) == 2
    assert all("\n" not in s for s in texts(wrapped))


def test_a_text_of_loose_lines_only_is_still_read():
    assert texts("प्रधानमंत्री ने आज दिल्ली में बैठक की") == ["प्रधानमंत्री ने आज दिल्ली में बैठक की"]
    assert segment("") == segment(" \n\x00।") == []


ANY = st.text(
    st.characters() | st.sampled_from("कखाि\u200d\u202e\x00\ud800।.?!'\"()[]:,-\n१<>&;"), max_size=300
) | st.lists(
    st.sampled_from(
        ["यह भी पढ़ें:", "बता दें कि ", "Seoul:", "\n", "\n\n", "क ख।", "डॉ.", "(", "')", "<p>", "</p>", "&amp;", "12.5 "]
    )
).map("".join)


@settings(deadline=None, max_examples=100)
@given(ANY)
def test_any_text_gives_sentences_in_order_with_valid_offsets(text):
    end = 0
    for i, sentence in enumerate(segment(text)):
        assert sentence.index == i
        assert len(sentence.text) == len(sentence.offsets) > 0
        assert list(sentence.offsets) == sorted(sentence.offsets)
        assert end <= sentence.start <= sentence.offsets[0] <= sentence.offsets[-1] < sentence.end <= len(text)
        end = sentence.end
        assert "\n" not in sentence.text and sentence.text == sentence.text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "भारत ने कहा " * 40_000,
        "(" * 50_000 + "क" + ")" * 50_000,
        "क\n" + "\n" * 100_000,
        "क ख ग घ\n\n" * 4_000,
        "(" * 100_000,
        "क।" * 10_000,
        "&amp" * 50_000 + "<p>क</p>",
        "हमारे ऐप फॉलो " * 10_000,
        "नई-" * 50_000 + "क/" * 20_000,
    ],
    ids=["no stop", "nested", "newlines", "headlines", "open", "short", "entity", "promotion", "place"],
)
def test_linear_time(text):
    started = time.process_time()
    segment(text)
    assert time.process_time() - started < 4
