"""The saved reading page as text: complete, self-contained, and safe whatever an article holds. Looks: tests/web."""

from __future__ import annotations

import base64
import hashlib
import json
import re

from summarizer.document import Summary
from summarizer.formats.html_page import as_html
from summarizer.pipeline.prepare import prepare
from summarizer.web.view import Article, article_view

TEXT = "रूस (Russia) ने सोमवार को 3 समझौते किए. भारत (India) ने स्वागत किया."


def _result(text: str = TEXT, **fields: str) -> tuple[Summary, Article]:
    return Summary((), (), **fields), article_view(prepare(text, None, "article"))


def test_several_articles_make_one_page_with_their_data() -> None:
    page = "".join(as_html([_result(id="a", title="पहली"), _result(id="b")]))
    data = [json.loads(d) for d in re.findall(r'class="reading-data">(.*?)</script>', page, re.DOTALL)]
    assert [d["summary"]["id"] for d in data] == ["a", "b"]
    assert data[0]["article"]["anchors"][0]["en"] == "Russia"
    assert page.count("<html") == page.count("</html>") == 1 and page.index("भारत") < page.index("reading-data")


def test_nothing_is_asked_of_elsewhere_and_only_its_own_scripts_run() -> None:
    page = "".join(as_html([_result()]))
    assert not re.search(r"""(?:src|href)=["']|https?://|@import|url\(""", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and "unsafe" not in policy.group(1) and "default-src 'none'" in policy.group(1)
    for tag in ("style", "script"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert text
        digest = base64.b64encode(hashlib.sha256(text.group(1).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy.group(1)


def test_mark_up_in_an_article_stays_text() -> None:
    hostile = TEXT + " उसने कहा </script><script>alert(1)</script> <!-- और <b>खबर."
    page = "".join(as_html([_result(hostile, title="</title><script>alert(2)</script>", id='"><script>')]))
    assert page.count("<script>") == 1 and page.count("</script>") == 2 and "<!--" not in page


def test_nothing_is_written_for_no_article() -> None:
    assert "".join(as_html([])) == ""
