import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.text import looks_like_html, segment
from summarizer.text.html import title, to_text

LONG = "यह एक लंबा वाक्य है जिसमें लेख की बात कही गई है। " * 6
PAGE = f"""<!DOCTYPE html><html><head><title>साइट | खबर</title><script>var a = "<p>नहीं</p>";</script>
<style>p {{ color: red }}</style></head><body><nav><a href="/">होम</a></nav>
<div>दूसरी खबरें</div><article><header><h1>बाघ की <b>वापसी</b></h1></header>
<p>वन विभाग ने कहा कि बाघ (tiger)
 लौट आया है।&nbsp;संख्या &#2410;&#x96B; &amp; बढ़ी&hellip;</p>
<figure><img src=x alt="a > b"><figcaption>तस्वीर किसी की</figcaption></figure>
<!-- <p>टिप्पणी</p> --><p>दूसरी बात यहां है।<br>नई पंक्ति है।</p><p>{LONG}</p></article>
<aside><p>विज्ञापन</p></aside><footer>संपर्क</footer></body></html>"""


def test_detection():
    assert looks_like_html(PAGE)
    assert looks_like_html("<p>खबर</p>")
    assert not looks_like_html("भाव 5 < 6 और a > b")
    assert not looks_like_html("उसने कहा <हां> और <p")


def test_only_the_article_is_read():
    text = to_text(PAGE).text
    for gone in ("नहीं", "color", "होम", "दूसरी खबरें", "तस्वीर", "टिप्पणी", "विज्ञापन", "संपर्क", "साइट", 'b">'):
        assert gone not in text
    assert "संख्या ४५ & बढ़ी…" in text


def test_offsets_and_ends_count_the_page():
    for sentence in segment(PAGE):
        assert PAGE[sentence.offsets[0]] in "वसदनय"
    ellipsis = next(s for s in segment(PAGE) if s.text.startswith("संख्या"))
    assert PAGE[ellipsis.start : ellipsis.end].endswith("बढ़ी&hellip;")
    assert [s.text for s in segment(PAGE)][2:4] == ["दूसरी बात यहां है।", "नई पंक्ति है।"]


def test_title():
    assert title(PAGE) == "बाघ की वापसी"
    assert title("<title>एक &amp; दो</title><p>क</p>") == "एक & दो"
    assert title("<p>क</p>") is None


@pytest.mark.parametrize(
    "broken",
    [
        "<p>खबर यहां है।",
        "<div><p>खबर यहां है।</div></p></b>",
        '<p class="x>खबर यहां है।</p><p>y</p>',
        "<nav><p>खबर यहां है।</p>",
        "<p>खबर यहां है।</p><script>a",
        "<p>खबर यहां है।</p><!-- x",
        "<p>खबर यहां है।</p><a href='",
        "<body><aside><main><p>खबर यहां है।</p></main>",
    ],
)
def test_broken_markup(broken):
    assert "खबर यहां है।" in to_text(broken).text or '"x>' in broken


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<", ">", "<!--", "-->", "<script>", "</script>", "<article>", "</nav>", "<nav>", "&", "&#"]
        )
        | st.sampled_from(
            ["&amp;", "'", '"', "<a href=", "क", "\x00", "\ud800", "<![", "<?", "&#9999999;", "&#xd800;", "\u0130"]
        )
        | st.text(max_size=5)
    ).map("".join)
)
def test_any_markup(html):
    mapped = to_text(html)
    assert len(mapped.text) == len(mapped.offsets)
    assert list(mapped.offsets) == sorted(mapped.offsets)
    assert all(0 <= i < len(html) for i in mapped.offsets)
    title(html)


@pytest.mark.parametrize(
    "piece", ["<p>", "<!--", "<a ", "<a b='", '<a href="', "<script>", "</", "&#", "<nav>", "<a b='\"'>"]
)
def test_linear_time_on_unclosed_markup(piece):
    html = "<p>क</p>" + piece * 30_000
    started = time.process_time()
    to_text(html)
    assert time.process_time() - started < 3
