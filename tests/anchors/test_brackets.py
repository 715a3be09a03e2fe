import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.anchors.brackets import acronym_of, find_brackets, is_placeholder, is_tag, main_term, not_a_gloss


def test_brackets_of_all_shapes_with_positions():
    text = "रूस (Russia), चीन [China] और जापान（Japan）"
    found = find_brackets(text)
    assert [b.inner for b in found] == ["Russia", "China", "Japan"]
    assert [text[b.start] + text[b.end - 1] for b in found] == ["()", "[]", "（）"]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("ब्यूरो (Central Bureau (CBI))", ["Central Bureau (CBI)"]),
        ("खुला ( रूस (Russia) के", ["Russia"]),
        ("बंद ) रूस (Russia", []),
        ("मिला (Russia] रूस", []),
        ("राहत शिविरों () में", [""]),
    ],
)
def test_nested_and_unbalanced_brackets(text, inner):
    assert [b.inner for b in find_brackets(text)] == inner


@pytest.mark.parametrize("text", ["(" * 100_000, "(" * 50_000 + "अ" + ")" * 50_000, "()" * 50_000, ")(" * 50_000])
def test_linear_time_on_nested_brackets(text):
    start = time.process_time()
    find_brackets(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "gloss",
    "unclear|UNCLEAR.|sic|[sic]|?|??|…|...|-|–|n/a|N/A|xxx|XXXX|translation|अस्पष्ट||  |not clear|to be added|___".split(
        "|"
    ),
)
def test_placeholders(gloss):
    assert is_placeholder(gloss)


@pytest.mark.parametrize("gloss", "Russia|nuclear|NA Khan|Sicily|English|missing persons|X Corp|clear|5".split("|"))
def test_no_placeholders(gloss):
    assert not is_placeholder(gloss)


@pytest.mark.parametrize(
    "inner",
    "15 अगस्त|61|1-1|२४|2013, 2014 और 2022|2021-22|120 km|भाजपा|देखें VIDEO|@narendra|#Lakshya|a.gov.in|120 people".split(
        "|"
    ),
)
def test_never_a_gloss_by_form(inner):
    assert not_a_gloss(inner)


@pytest.mark.parametrize("inner", "Russia|COVID-19|G20|T20 World Cup|N95 Mask|World Food Programme - WFP".split("|"))
def test_may_be_a_gloss_by_form(inner):
    assert not not_a_gloss(inner)


@pytest.mark.parametrize(
    ("inner", "term", "rest"),
    [
        ("World Food Programme - WFP", "World Food Programme", "WFP"),
        ("Central Bureau of Investigation, CBI", "Central Bureau of Investigation", "CBI"),
        ("CBI - Central Bureau of Investigation", "Central Bureau of Investigation", "CBI"),
        ("Department of Telecom (DoT)", "Department of Telecom", "DoT"),
        ("Lewotobi Laki-laki", "Lewotobi Laki-laki", ""),
        ("Covid-19", "Covid-19", ""),
        ("Guntur, Andhra Pradesh", "Guntur, Andhra Pradesh", ""),
        (" “Letter” ", "Letter", ""),
    ],
)
def test_main_term_keeps_the_name_and_drops_its_acronym(inner, term, rest):
    assert main_term(inner) == (term, rest)


def test_acronyms_and_tags():
    assert acronym_of("DRDO", "Defence Research and Development Organisation")
    assert acronym_of("DoT", "Department of Telecom")
    assert not acronym_of("CBI", "World Food Programme")
    assert is_tag("WATCH VIDEO") and is_tag("IANS") and not is_tag("Video Conference")


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.sampled_from("()[]（）रूस ab1"), max_size=60))
def test_brackets_are_balanced_disjoint_and_in_order(text):
    position = 0
    for bracket in find_brackets(text):
        assert position <= bracket.start < bracket.end <= len(text)
        assert text[bracket.start + 1 : bracket.end - 1].strip() == bracket.inner
        position = bracket.end
