"""Any article through the whole path: prepared or refused with a reason, offsets right, broken glosses kept out."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.anchors import Lexicon, is_placeholder
from summarizer.api import Summarizer
from summarizer.document import Summary
from summarizer.errors import InputError
from summarizer.pipeline.prepare import ANCHOR_MODES, prepare

LEXICON = Lexicon.load()
NEWS = "सरकार ने सोमवार को 2,500 करोड़ रुपये की योजना को मंजूरी दी। रूस (Russia) के राष्ट्रपति ने इसका स्वागत किया।"
PIECES = [
    NEWS,
    "रूस (Russia) ",
    "परमाणु (unclear) वार्ता फिर शुरू होगी। ",
    "पुतिन (Putin) ने कहा, 'हम तैयार हैं।' ",
    "दिल्ली [Dehli] में (sic) बैठक हुई। ",
    "संगठन (World Health Organization (WHO)) ने ",
    "(",
    ")",
    "[[",
    "（？）",
    "()",
    "(n/a)",
    "\n\n",
    "\r\n",
    "यह भी पढ़ें: ",
    "<p>",
    "</p><script>alert(1)</script>",
    "&#x0;&amp;&lt;",
    "\u202eउल्टा\u202c ",
    "\u200d\u200c\ufeff",
    "\x00\x1b[31m",
    "\ud800",
    "\udc00",
    "𝔘𝔫𝔦 ",
    "ﷺ",
    "क़ क़ ",
    "१२३.५ लाख ",
    "।।।",
]
ARTICLES = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=25).map("".join)
_INNER = r"([^()\[\]（）［］]*)"
_BRACKETS = [re.compile(pair) for pair in (rf"\({_INNER}\)", rf"\[{_INNER}\]", rf"（{_INNER}）", rf"［{_INNER}］")]


def placeholders(text: str) -> list[str]:
    """Innermost brackets, both halves of one kind, that say nothing."""
    return [inner for bracket in _BRACKETS for inner in bracket.findall(text) if is_placeholder(inner)]


@settings(deadline=None, max_examples=100)
@given(ARTICLES, st.sampled_from(ANCHOR_MODES))
def test_prepared_with_valid_offsets_or_refused(text: str, mode: str) -> None:
    try:
        article = prepare(text, LEXICON, mode)
    except InputError as error:
        assert "\n" not in str(error)
        return
    assert article.body
    for sentence in article.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        span = article.source_span(sentence.index)
        assert span.text == text[span.start : span.end]
    for anchor in article.anchors:
        sentence = article.sentences[anchor.sentence]
        assert sentence.text[anchor.start : anchor.end] == anchor.hi
        if anchor.usable:
            placed = article.bullet_anchor(anchor)
            assert sentence.start <= placed.start < placed.end <= sentence.end
    for sentence in article.body:
        unit = article.unit([sentence.index])
        assert all(anchor.usable for anchor in unit.anchors)
        assert not placeholders(unit.source)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES)
def test_summarised_with_true_sources_or_refused(parrot: Summarizer, text: str) -> None:
    try:
        summary = parrot.summarize(text)
    except InputError:
        return
    for bullet in summary.bullets:
        assert "unclear" not in bullet.text and not re.search("[\u0900-\u097f]", bullet.text)
        for span in bullet.sources:
            assert span.text == text[span.start : span.end]
        for anchor in bullet.anchors:
            assert 0 <= anchor.start < anchor.end <= len(text)
            assert anchor.en.casefold() in bullet.text.casefold()
    assert Summary.from_dict(json.loads(summary.to_json())) == summary


def test_a_broken_gloss_is_neither_read_nor_said(parrot: Summarizer) -> None:
    """What the properties above would miss if their articles never reached the model."""
    summary = parrot.summarize(f"{NEWS} परमाणु (unclear) वार्ता फिर शुरू होगी, ऐसा पुतिन (Putin) ने कहा।")
    shown = " ".join(parrot.engine.sources)  # type: ignore[attr-defined]
    assert "रूस (Russia)" in shown and "(Putin)" in shown and "unclear" not in shown
    assert any("Russia" in bullet.text for bullet in summary.bullets)


def test_a_page_with_more_script_than_text_is_still_hindi(parrot: Summarizer) -> None:
    script = "<script>" + "function track(event) { return window.dataLayer.push(event); }\n" * 500 + "</script>"
    page = f"<html><head>{script}</head><body><p>{NEWS}</p>{script}</body></html>"
    summary = parrot.summarize(page)
    assert any("Russia" in bullet.text for bullet in summary.bullets)
    assert all(page[span.start : span.end] == span.text for bullet in summary.bullets for span in bullet.sources)
    assert "dataLayer" not in " ".join(parrot.engine.sources)  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="mostly not Hindi|no Hindi"):
        parrot.summarize(page.replace(NEWS, "The government approved the scheme on Monday."))
    with pytest.raises(InputError, match="empty"):
        parrot.summarize(page.replace(NEWS, " "))


@pytest.mark.parametrize(
    "text",
    [
        "सरकार ने कहा कि योजना पर काम चल रहा है और " * 22_000,
        "रूस (Russia) " * 10_000,
        NEWS + "(" * 100_000 + "रूस" + ")" * 100_000,
        NEWS * 1_000 + "रूस (" + "a" * 150_000 + ") ने कहा।",
        "".join(f"शब्द{chr(0x915 + i % 30)}{chr(0x915 + i // 30 % 30)} (Term{i}) ने कहा। " for i in range(3_000)),
        "<div>" * 50_000 + NEWS + "</div>",
        NEWS * 2_000,
    ],
    ids=["a megabyte without a stop", "one gloss", "nested", "long gloss", "many glosses", "tags", "repeats"],
)
def test_a_huge_article_is_read_in_time(parrot: Summarizer, text: str) -> None:
    """Processor time, since other processes may hold the machine; what is quadratic takes minutes here."""
    started = time.process_time()
    parrot.summarize(text)
    assert time.process_time() - started < 15
