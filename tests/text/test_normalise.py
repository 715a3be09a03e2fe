import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.text import Mapped, normalise

# Any code point, lone surrogates, NULs and directional controls among them, mixed with what Hindi pages hold.
ANY = st.text(
    st.characters() | st.sampled_from("क़ि\u200d\u200c\ufeff\u202e\x00\ud800\u0301\u093c।.|'\"()\n\r\t … १%"),
    max_size=200,
)


def check(mapped: Mapped, original: str) -> None:
    assert len(mapped.text) == len(mapped.offsets)
    assert list(mapped.offsets) == sorted(mapped.offsets)
    assert all(0 <= offset < len(original) for offset in mapped.offsets)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("राज\u094d\u200dय क\u094d\u200cया", "राज्य क्या"),
        ("\u095aलत \u095bमीन", "ग\u093cलत ज\u093cमीन"),
        ("प्रति\u00adशत\u202c\ufeff", "प्रतिशत"),
        ("दिल्ली\u00a0 \u2003में\t है ।", "दिल्ली में है।"),
        ("“हम” ‘तुम’ ''वे''", '"हम" \'तुम\' "वे"'),
        ("२४ अक्टूबर — ५.८ लाख", "24 अक्टूबर - 5.8 लाख"),
        ("बात पूरी हुई| फिर मिले |", "बात पूरी हुई। फिर मिले।"),
        ("Edited By A | News", "Edited By A | News"),
        ("पहला\r\n\r\n\r\n\r\nदूसरा\rतीसरा", "पहला\n\nदूसरा\nतीसरा"),
        ("रुको… वह\x00 आया\ud800", "रुको... वह आया"),
        ("caf\u0065\u0301", "caf\u00e9"),
    ],
)
def test_one_spelling(raw, expected):
    mapped = normalise(raw)
    assert mapped.text == expected
    check(mapped, raw)


def test_offsets_point_at_the_original_characters():
    raw = "\ufeffसंख्‍या ४५ है…"
    mapped = normalise(raw)
    at = mapped.text.index("45")
    assert raw[mapped.offsets[at] : mapped.offsets[at + 1] + 1] == "४५"
    assert raw[mapped.offsets[mapped.text.index("...")]] == "…"
    assert raw[mapped.offsets[0]] == "स"


def test_offsets_survive_two_stages():
    raw = "क  \u200dख <b>ग</b>"
    first = Mapped.of(raw).sub(re.compile("<[^>]*>"), "")
    second = normalise(first)
    assert second.text == "क ख ग"
    assert [raw[i] for i in second.offsets] == ["क", " ", "ख", " ", "ग"]


def test_mapped_refuses_unequal_lengths():
    with pytest.raises(ValueError, match="3 characters but 2 offsets"):
        Mapped("abc", Mapped.of("ab").offsets)


def test_edit_maps_longer_shorter_and_inserted_text():
    mapped = Mapped.of("abcdef").edit([(0, 0, "<"), (1, 3, "X"), (4, 5, "YYY")])
    assert mapped.text == "<aXdYYYf"
    assert list(mapped.offsets) == [0, 0, 1, 3, 4, 4, 4, 5]
    assert mapped[2:4].span == (1, 4)
    assert Mapped.of("  a ").strip().span == (2, 3)
    assert len(Mapped.of("   ").strip()) == 0


@settings(deadline=None, max_examples=100)
@given(ANY)
def test_any_text_keeps_valid_offsets(text):
    mapped = normalise(text)
    check(mapped, text)
    mapped.text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", mapped.text)


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from("कराि़्ं a.।\n'\"(|२"), max_size=80))
@example("ं  |")
def test_normalising_twice_changes_nothing(text):
    once = normalise(text).text
    assert normalise(once).text == once


def test_a_long_run_of_marks_is_not_quadratic():
    text = "\u0301\u0323" * 100_000
    assert len(normalise(text)) <= len(text)
