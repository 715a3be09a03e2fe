import subprocess
import sys
import time

import pytest

from summarizer.anchors import Entry, Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("hindi", "english"),
    [
        ("रूस", "Russia"),
        ("सम्बन्ध विच्छेद", None),
        ("मुम्बई", "Mumbai"),
        ("मुंबई", "Mumbai"),
        ("हिन्द महासागर", "Indian Ocean"),
        ("राहत शिविरों", "relief camp"),
        ("केंद्रीय जांच ब्यूरो", "Central Bureau of Investigation"),
    ],
)
def test_lookup_in_any_spelling_and_case_form(hindi, english):
    entry = LEXICON.lookup(hindi)
    assert (entry.english if entry else None) == english


def test_find_gives_whole_words_longest_first():
    text = "कोलकाता नाइट राइडर्स ने कोलकाता में कहा"
    found = [(text[m.start : m.end], m.english) for m in LEXICON.find(text)]
    assert found[:2] == [("कोलकाता नाइट राइडर्स", "Kolkata Knight Riders"), ("कोलकाता", "Kolkata")]
    assert LEXICON.find("कोलकातावासी") == []


def test_a_certainly_plural_noun_gets_plural_english():
    small = Lexicon(
        [Entry("मिसाइल", "missile", "term"), Entry("इलाका", "area", "term"), Entry("नेता", "leader", "term")]
    )
    assert [m.english for m in small.find("मिसाइलों इलाके नेताओं")] == ["missiles", "area", "leaders"]


def test_names_are_not_inflected_into_other_words():
    small = Lexicon([Entry("सोना", "Sona", "person")])
    assert small.find("सोने का") == [] and len(small.find("सोना ने")) == 1


def test_the_first_entry_of_a_spelling_wins():
    small = Lexicon([Entry("पाक", "Pakistan", "place"), Entry("पाक", "pure", "term")])
    assert small.lookup("पाक") == Entry("पाक", "Pakistan", "place") and len(small) == 1
    assert small.lookup("") is None and small.find("") == []


def test_reading_the_shipped_files_is_fast_and_needs_no_model_library():
    code = (
        "import sys, time; from summarizer.anchors import Lexicon; t = time.process_time(); Lexicon.load();"
        "print(time.process_time() - t); assert 'torch' not in sys.modules and 'babel' not in sys.modules"
    )
    times = []
    for _ in range(2):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        times.append(float(run.stdout))
    assert min(times) < 0.3
    start = time.process_time()
    assert Lexicon.load() is LEXICON
    assert time.process_time() - start < 0.01
