"""The Summarizer from article to Summary, with an engine that says what the test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from summarizer import Summary
from summarizer.api import Failure, Summarizer
from summarizer.errors import InputError, ModelError, UsageError

ARTICLE = (
    "Seoul: रूस (Russia) ने सोमवार को 25 मिसाइलें दागीं।\n\n"
    "बातचीत का दौर\n"
    "बता दें कि परमाणु (unclear) बातचीत पेरिस (Paris) में होगी। किसानों ने दिल्ली में प्रदर्शन किया।\n\n"
    "यह भी पढ़ें:\n\nSalman Rushdie Attacked: लेखक पर हमला"
)
SCRIPT = {
    "Russia": ["Russia fired 99 missiles in 98 minutes.", "Russia fired 25 missiles on Monday."],
    "Paris": ["The nuclear talks will be held in Paris."],
    "दिल्ली": ["Farmers protested in Delhi."],
}


def test_bullets_carry_anchors_sources_and_offsets(scripted: Callable) -> None:
    summary = scripted(SCRIPT)[0].summarize(ARTICLE, id="a1", title="शीर्षक")
    assert [b.text for b in summary.bullets] == [
        "Russia fired 25 missiles on Monday.",
        "The nuclear talks will be held in Paris.",
        "Farmers protested in Delhi.",
    ]
    first, second = summary.bullets[:2]
    assert [(a.hi, a.en, a.origin) for a in first.anchors][0] == ("रूस", "Russia", "article")
    for bullet in summary.bullets:
        for source in bullet.sources:
            assert ARTICLE[source.start : source.end] == source.text
        for anchor in bullet.anchors:
            assert ARTICLE[anchor.start : anchor.end] == anchor.hi
    assert any(a.en == "nuclear" and a.origin == "repair" for a in second.anchors)
    assert any("unclear" in note and "nuclear" in note for note in summary.notes)
    assert (summary.id, summary.title) == ("a1", "शीर्षक")


def test_the_model_reads_marked_sentences_only(scripted: Callable) -> None:
    summarizer, engine = scripted(SCRIPT)
    summarizer.summarize(ARTICLE)
    assert "परमाणु (nuclear) बातचीत पेरिस (Paris) में होगी।" in engine.seen
    assert not any("unclear" in s or "Rushdie" in s or "Seoul" in s or "बता दें" in s for s in engine.seen)


def test_anchor_modes(scripted: Callable) -> None:
    def seen(mode: str) -> str:
        summarizer, engine = scripted(SCRIPT, anchors=mode)
        summarizer.summarize(ARTICLE)
        return " ".join(engine.seen)

    assert "(" not in seen("none")
    assert "पेरिस (Paris)" in seen("article") and "(Delhi)" not in seen("article")
    assert "दिल्ली (Delhi)" in seen("lexicon")
    shuffled = seen("shuffled")
    assert "(Paris)" in shuffled and "पेरिस (Paris)" not in shuffled


def test_rare_names_are_read_as_they_sound_and_said_so(scripted: Callable) -> None:
    text = "रूस (Russia) के राजदूत विक्टर ग्रिनकोव ने सोमवार को दिल्ली में बैठक की।"
    script = {"Russia": ["Ambassador Viktor Grinkov of Russia held a meeting in Delhi on Monday."]}
    summarizer, engine = scripted(script)
    (bullet,) = summarizer.summarize(text, bullets=1).bullets
    assert any("ग्रिनकोव (Grinkov) ने" in s for s in engine.seen)
    anchor = next(a for a in bullet.anchors if a.en == "Grinkov")
    assert (anchor.origin, anchor.reason, text[anchor.start : anchor.end]) == ("sound", "name", "ग्रिनकोव")
    summarizer, engine = scripted(script, anchors="lexicon")
    summarizer.summarize(text, bullets=1)
    assert not any("Grinkov" in s for s in engine.seen)


def test_a_refused_group_gives_way_to_a_reserve(scripted: Callable) -> None:
    script = {
        **SCRIPT,
        "Russia": ["Russia fired 99 missiles in 98 minutes.", "Russia fired 77 missiles in 76 minutes."],
    }
    summary = scripted(script)[0].summarize(ARTICLE, bullets=2)
    texts = [b.text for b in summary.bullets]
    assert len(texts) == 2 and not any("99" in t or "77" in t for t in texts)
    assert any("number '99' is not in its source" in note for note in summary.notes)


def test_without_rescoring_the_first_hypothesis_stands_or_falls(scripted: Callable) -> None:
    summary = scripted(SCRIPT, rescoring=False)[0].summarize(ARTICLE)
    assert not any("Russia" in b.text for b in summary.bullets)


def test_groups_of_ones_own(scripted: Callable) -> None:
    summarizer, _ = scripted(SCRIPT)
    whole = summarizer.summarize(ARTICLE)
    index = whole.bullets[2].sources[0].index
    assert [b.text for b in summarizer.summarize(ARTICLE, groups=[(index,)]).bullets] == ["Farmers protested in Delhi."]


def test_round_trip_json_and_markdown(scripted: Callable) -> None:
    summary = scripted(SCRIPT)[0].summarize(ARTICLE, title="T")
    assert Summary.from_dict(json.loads(summary.to_json())) == summary
    assert summary.to_markdown().splitlines()[:3] == ["## T", "", "- Russia fired 25 missiles on Monday."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("The minister said on Monday that talks would go on.", "no Hindi text found"),
        ("A long English article about farmers. " * 9 + "किसान", "mostly not Hindi"),
        ("यह भी पढ़ें: एक और खबर", "no body sentence"),
    ],
)
def test_what_cannot_be_summarised_is_named(scripted: Callable, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        scripted(SCRIPT)[0].summarize(text)


def test_many_keep_order_stream_and_survive_bad_ones(scripted: Callable) -> None:
    summarizer, _ = scripted(SCRIPT)
    taken: list[int] = []

    def records():
        for number in range(10):
            taken.append(number)
            text = ARTICLE if number % 3 else "English only."
            yield SimpleNamespace(id=f"r{number}", text=text, title=None)

    results = summarizer.summarize_many(records(), window=4)
    first = next(results)
    assert isinstance(first, Failure) and first.id == "r0" and "no Hindi" in first.error
    assert len(taken) <= 8  # a window, or the next one while the first is decoded; never the whole input
    rest = list(results)
    assert [r.id for r in [first, *rest]] == [f"r{n}" for n in range(10)]
    assert sum(isinstance(r, Failure) for r in [first, *rest]) == 4


def test_translate_keeps_lines_and_never_refuses(scripted: Callable) -> None:
    summarizer, _ = scripted({**SCRIPT, "किसानों": ["Farmers spoke 99."]})
    lines = ["रूस (Russia) ने 25 मिसाइलें दागीं।", "", "किसानों ने प्रदर्शन किया।"]
    assert summarizer.translate(lines) == ["Russia fired 25 missiles on Monday.", "", "Farmers spoke 99."]


def test_direct_strategy_splits_checks_and_traces(scripted: Callable) -> None:
    output = "Russia fired 25 missiles on Monday. • Talks will be held in Paris. • 77 people of 78 died."
    summarizer, engine = scripted({"Russia": [output]}, strategy="direct")
    engine.codec.family = SimpleNamespace(name="mt5", tasks=("summarise",), max_source=512, max_target=128)
    summary = summarizer.summarize(ARTICLE)
    assert [b.text for b in summary.bullets] == ["Russia fired 25 missiles on Monday.", "Talks will be held in Paris."]
    assert ["25" in b.sources[0].text for b in summary.bullets] == [True, False]
    assert "Paris" in summary.bullets[1].sources[0].text
    assert any("77" in note for note in summary.notes)


def test_one_summarizer_in_several_threads(scripted: Callable) -> None:
    summarizer, _ = scripted(SCRIPT)
    expected = summarizer.summarize(ARTICLE)
    found: list[Summary] = []
    threads = [threading.Thread(target=lambda: found.append(summarizer.summarize(ARTICLE))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_unknown_options_and_missing_models_are_named(tmp_path) -> None:
    with pytest.raises(UsageError, match="strategy 'both' is unknown; known: auto, extract, direct"):
        Summarizer.load(strategy="both")
    with pytest.raises(ModelError, match="no such folder"):
        Summarizer.load(tmp_path / "nothing")
