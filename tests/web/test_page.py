"""The page in headless Chromium: what lights up, what cards say, keyboard, themes, files, the saved page."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web_tools import ARTICLE, FakeSummarizer, serving

from summarizer.formats.html_page import as_html
from summarizer.pipeline.prepare import prepare
from summarizer.web.view import article_view

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed; pip install -e '.[dev]'")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --force-prefers-reduced-motion --window-size=1300,900"
).split()
CONTRAST = """
const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return { rgb: m.slice(0, 3), a: m[3] ?? 1 }; };
const linear = (v) => v / 255 <= .03928 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4;
const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
const ground = (n) => {
  for (; n; n = n.parentElement) {
    const c = getComputedStyle(n).backgroundColor;
    if (c.startsWith("rgb") && parse(c).a === 1) return parse(c).rgb;
  }
  return [255, 255, 255];
};
const shown = (n) => n.checkVisibility() && !n.disabled && !n.closest(".visually-hidden")
  && [...n.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
return [...document.querySelectorAll("body *")].filter(shown).map((n) => {
  const [a, b] = [light(parse(getComputedStyle(n).color).rgb), light(ground(n))];
  return [n.tagName + "." + n.className, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
}).filter(([, contrast]) => contrast < 4.5);  // WCAG 2.2, level AA
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("Chromium and chromedriver are not installed; apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        yield started
        started.quit()


@pytest.fixture
def page(browser: Any, fake: FakeSummarizer) -> Iterator[Any]:
    """The page of a server, opened; afterwards nothing may have complained or gone elsewhere."""
    with serving(fake) as address:
        browser.get_log("browser"), browser.get_log("performance")
        browser.get(address)
        browser.execute_script("localStorage.clear(); sessionStorage.clear()")
        browser.refresh()
        yield browser
        severe = [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]
        assert not [m for m in severe if " 401 " not in m and " 422 " not in m], severe
        events = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
        sent = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
        # Chromium's own start page may still be loading its parts when the first test begins.
        asked = [e["request"]["url"] for e in sent if not e["documentURL"].startswith("chrome:")]
        assert asked and all(url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")) for url in asked), asked


def one(page: Any, selector: str) -> Any:
    return page.find_element(By.CSS_SELECTOR, selector)


def every(page: Any, selector: str) -> list[Any]:
    return list(page.find_elements(By.CSS_SELECTOR, selector))


def until(page: Any, selector: str) -> Any:
    return WebDriverWait(page, 30).until(lambda p: next((n for n in every(p, selector) if n.is_displayed()), None))


def summarise(page: Any, text: str = ARTICLE) -> None:
    page.execute_script("document.getElementById('text').value = arguments[0]", text)
    one(page, "#go").click()
    until(page, ".bullet")


def hover(page: Any, node: Any) -> None:
    webdriver.ActionChains(page).move_to_element(node).perform()


def lit(page: Any, kind: str) -> list[str]:
    return [n.text for n in every(page, f"{kind}.lit")]


def test_hovering_a_bullet_lights_its_sentences_and_anchors(page: Any) -> None:
    summarise(page)
    assert one(page, ".bullet p").text == "About the news and Russia and India."
    assert not every(page, ".lit")
    hover(page, one(page, ".bullet .jump"))
    assert lit(page, ".segment")[0].startswith("रूस (Russia)") and len(lit(page, ".segment")) == 1
    assert {"रूस", "भारत", "(Russia)"} <= set(lit(page, ".words [data-anchor]"))
    hover(page, every(page, ".words .anchor")[0])
    assert len(lit(page, ".bullet")) == 1
    hover(page, one(page, ".masthead"))
    assert not every(page, ".lit")


def test_an_anchor_tells_gloss_english_status_origin_and_reason(page: Any) -> None:
    summarise(page)
    hover(page, one(page, ".words .anchor.unusable"))
    card = until(page, ".card").text
    assert (
        "(unclear)" in card and "placeholder" in card and "says nothing" in card and "printed in this article" in card
    )
    hover(page, one(page, ".words .anchor"))
    assert "Russia" in until(page, ".card").text and "valid" in one(page, ".card").text


def test_what_is_set_aside_is_grey_and_says_why(page: Any) -> None:
    summarise(page)
    aside = every(page, ".set-aside")
    assert [n.get_attribute("class").split()[-1] for n in aside] == ["dateline", "boilerplate"]
    body = one(page, ".segment:not(.set-aside)")
    assert aside[1].value_of_css_property("color") != body.value_of_css_property("color")
    hover(page, aside[1])
    assert "Not summarised" in until(page, ".card").text


def test_the_keyboard_reaches_every_mark_with_one_stop(page: Any) -> None:
    summarise(page)
    assert len(every(page, ".words [tabindex='0']")) == 1
    one(page, ".words [tabindex='0']").send_keys(Keys.ARROW_RIGHT)
    marks = every(page, ".words [tabindex]")
    assert page.switch_to.active_element == marks[1]
    card = until(page, ".card")
    assert marks[1].get_attribute("aria-describedby") == card.get_attribute("id")
    marks[1].send_keys(Keys.END)
    assert page.switch_to.active_element == marks[-1]
    marks[-1].send_keys(Keys.ESCAPE)
    assert not every(page, ".card")
    jump = one(page, ".jump")
    jump.send_keys(Keys.ENTER)
    assert jump.get_attribute("aria-pressed") == "true"
    hover(page, one(page, ".masthead"))
    assert lit(page, ".segment"), "a chosen bullet stays lit"
    jump.send_keys(Keys.ESCAPE)
    assert jump.get_attribute("aria-pressed") == "false"


def test_everything_that_can_be_used_has_a_name(page: Any) -> None:
    for read in (False, True):
        if read:
            summarise(page)
        for node in every(page, "button, select, textarea, a, input:not([type=file]), progress, section"):
            assert not node.is_displayed() or node.accessible_name, node.get_attribute("outerHTML")[:200]
    assert [n.tag_name for n in every(page, "header, main")] == ["header", "main"]
    assert one(page, ".words").get_attribute("lang") == "hi"


def test_text_is_readable_in_both_themes(page: Any) -> None:
    summarise(page)
    grounds = set()
    while len(grounds) < 2:
        one(page, "#theme").click()
        hover(page, one(page, ".bullet"))
        grounds.add(one(page, "html").value_of_css_property("background-color"))
        assert page.execute_script(CONTRAST) == []
    assert "dark" in one(page, "#theme").text or "light" in one(page, "#theme").text
    theme = one(page, "#theme").text
    page.refresh()
    assert one(page, "#theme").text == theme, "remembered"


def test_bullets_are_copied_in_three_forms(page: Any) -> None:
    summarise(page)
    page.execute_script("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    copied = {}
    for button in every(page, ".copy button"):
        button.click()
        WebDriverWait(page, 5).until(lambda p, b=button: b.text in one(p, ".copy [role=status]").text)
        copied[button.text] = page.execute_script("return window.copied")
    first = "About the news and Russia and India."
    assert copied["Text"].startswith(f"• {first}\n") and copied["Markdown"].startswith(f"- {first}\n")
    assert json.loads(copied["JSON"])["bullets"][0]["text"] == first and "article" not in json.loads(copied["JSON"])


def test_the_number_of_bullets_can_be_chosen_again(page: Any) -> None:
    summarise(page)
    assert len(every(page, ".bullet")) > 1
    one(page, "#bullets-again").send_keys("1")
    WebDriverWait(page, 10).until(lambda p: len(every(p, ".bullet")) == 1)


def test_files_of_several_kinds_are_taken(page: Any, tmp_path: Path) -> None:
    several = tmp_path / "news.json"
    several.write_text(json.dumps([{"text": ARTICLE, "title": "पहली"}, {"body": ARTICLE, "title": "दूसरी"}]), "utf-8")
    one(page, "#file").send_keys(str(several))
    which = until(page, "#which")
    assert "दूसरी" in which.text
    which.send_keys("2")
    one(page, "#go").click()
    until(page, ".bullet")
    assert one(page, ".reading-title").text == "दूसरी"
    one(page, "#new").click()
    html = tmp_path / "page.html"
    html.write_text(f"<html><title>शीर्षक</title><body><nav>मेनू</nav><p>{ARTICLE}</p></body></html>", "utf-8")
    one(page, "#file").send_keys(str(html))
    WebDriverWait(page, 5).until(lambda p: one(p, "#text").get_property("value"))
    one(page, "#go").click()
    until(page, ".bullet")
    assert one(page, ".reading-title").text == "शीर्षक" and "मेनू" not in one(page, ".words").text


def test_a_text_that_cannot_be_summarised_is_answered_in_words(page: Any, tmp_path: Path) -> None:
    one(page, "#go").click()
    assert "Paste an article" in until(page, "#error").text
    page.execute_script("document.getElementById('text').value = 'only English here'")
    one(page, "#go").click()
    WebDriverWait(page, 10).until(lambda p: "no Hindi" in one(p, "#error").text)
    assert one(page, "#text").is_displayed()
    bad = tmp_path / "bad.json"
    bad.write_text("{", "utf-8")
    one(page, "#file").send_keys(str(bad))
    WebDriverWait(page, 5).until(lambda p: "bad.json" in one(p, "#error").text)


def test_a_token_is_asked_for_once(page: Any, fake: FakeSummarizer) -> None:
    with serving(fake, token="open-sesame") as address:
        page.get(address)
        page.execute_script("document.getElementById('text').value = arguments[0]", ARTICLE)
        one(page, "#go").click()
        until(page, "#token").send_keys("wrong", Keys.ENTER)
        until(page, "#token-wrong")
        one(page, "#token").send_keys("open-sesame", Keys.ENTER)
        until(page, ".bullet")


def test_a_narrow_screen_scrolls_one_way_only(page: Any) -> None:
    size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= 360
        summarise(page)
        one(page, ".jump").click()
        assert one(page, ".pin p").text == one(page, ".bullet p").text
        assert page.execute_script("return document.documentElement.scrollWidth") <= 360
        one(page, ".pin button").click()
        assert not every(page, ".pin") and page.switch_to.active_element == one(page, ".jump")
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_api_page_is_built_from_the_document(page: Any) -> None:
    page.get(page.current_url + "docs")
    assert "POST /v1/summaries/batch" in until(page, "#SummaryRequest").find_element(By.XPATH, "..").text


def test_the_saved_page_works_from_a_file(page: Any, fake: FakeSummarizer, tmp_path: Path) -> None:
    results = [(fake.summarize(ARTICLE, title=t), article_view(prepare(ARTICLE, None, "article"))) for t in "कख"]
    saved = tmp_path / "saved.html"
    saved.write_text("".join(as_html(results)), "utf-8")
    page.get(saved.as_uri())
    assert len(every(page, ".reading")) == 2 and len(every(page, "#contents li")) == 2
    hover(page, one(page, ".bullet .jump"))
    assert len(lit(page, ".segment")) == 1
    one(page, "#theme").click()
    assert page.execute_script(CONTRAST) == []


def test_the_example_is_summarised_by_the_real_model(browser: Any, real: Any) -> None:
    with serving(real) as address:
        browser.get(address)
        one(browser, "#example").click()
        WebDriverWait(browser, 5).until(lambda p: one(p, "#text").get_property("value"))
        one(browser, "#go").click()
        until(browser, ".bullet")
        hover(browser, one(browser, ".bullet .jump"))
        assert lit(browser, ".segment") and every(browser, ".anchor.mended") and every(browser, ".set-aside.subhead")
