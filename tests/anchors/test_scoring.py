import pytest

from summarizer.anchors import consistency, enforce, leaks
from summarizer.document import Anchor


def anchor(hi: str, en: str, **more) -> Anchor:
    return Anchor(hi, en, 0, 0, len(hi), **more)


KOREA = anchor("उत्तर कोरिया", "North Korea")
KIM = anchor("किम जोंग उन", "Kim Jong Un")
PYONGYANG = anchor("प्योंगयांग", "Pyongyang")
UKRAINE = anchor("यूक्रेन", "Ukraine")
MISSILE = anchor("मिसाइल", "missile")
LETTER = anchor("पत्र", "Letter")


def spellings(text: str, *anchors: Anchor) -> list[str]:
    return [text[u.start : u.end] for u in consistency(text, anchors).kept]


def test_plural_possessive_and_case_count_as_kept():
    text = "North Korea's missiles followed a letter."
    report = consistency(text, [KOREA, MISSILE, LETTER])
    assert [text[u.start : u.end] for u in report.kept] == ["North Korea's", "missiles", "letter"]
    assert [u.exact for u in report.kept] == [True, True, False]
    assert report.missing == () and report.recall == 1.0


def test_a_token_serves_one_anchor_and_the_longest_first():
    south = anchor("कोरिया", "Korea")
    report = consistency("North Korea fired.", [south, KOREA])
    assert [u.anchor.en for u in report.kept] == ["North Korea"] and report.missing == (south,)


@pytest.mark.parametrize("text", ["Northern Koreans came.", "Ukrainian troops", "Korea North", ""])
def test_other_words_do_not_count(text):
    report = consistency(text, [KOREA, UKRAINE])
    assert report.kept == () and report.recall == 0.0


def test_each_spelling_counts_once_and_unusable_anchors_never():
    report = consistency("Ukraine and Ukraine", [UKRAINE, UKRAINE, anchor("तेल", "", status="placeholder")])
    assert len(report.kept) == 2 and report.recall == 1.0
    assert consistency("anything", []).recall == 1.0


def test_a_gloss_that_the_glossary_spells_with_capitals_keeps_them():
    sea, inflation = anchor("काला सागर", "Black Sea"), anchor("खुदरा महंगाई", "Retail Inflation")
    text = "Ships left the black sea as retail inflation rose."
    assert enforce(text, [sea, inflation]) == "Ships left the Black Sea as retail inflation rose."


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Pyong Yang said so.", "Pyongyang said so."),
        ("Pyongyong said so.", "Pyongyang said so."),
        ("War in Ukarine's east.", "War in Ukraine's east."),
        ("He met kim jong un today.", "He met Kim Jong Un today."),
        ("He met Kim Jung Un today.", "He met Kim Jong Un today."),
    ],
)
def test_near_misses_are_mended(text, mended):
    assert enforce(text, [PYONGYANG, UKRAINE, KIM]) == mended


@pytest.mark.parametrize(
    ("text", "hindi", "english"),
    [
        ("Ukrainian troops fired.", "यूक्रेन", "Ukraine"),
        ("The Indonesian navy.", "इंडोनेशिया", "Indonesia"),
        ("Austria won.", "ऑस्ट्रेलिया", "Australia"),
        ("The Minister spoke.", "मिनिस्ट्री", "Ministry"),
        ("Iraq agreed.", "ईरान", "Iran"),
        ("They wrote a letter.", "पत्र", "Letter"),
        ("In 2025 it rose.", "टी20", "T2025"),
        ("Patan voted.", "पटना", "Patna"),
        ("Kim Jong Il was his father.", "किम जोंग उन", "Kim Jong Un"),
    ],
)
def test_correct_words_are_left_alone(text, hindi, english):
    assert enforce(text, [anchor(hindi, english)]) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (
            "Ballistic missiles and the first missles since 2017.",
            "Ballistic missiles and the first missiles since 2017.",
        ),
        ("A ballistic missle fell.", "A ballistic missile fell."),
        ("A balllistic missiile fell.", "A ballistic missile fell."),
        ("A missive came.", "A missive came."),  # another letter is another word
        ("The missiles' range.", "The missiles' range."),
        ("The issue of ballistic tests.", "The issue of ballistic tests."),
        ("Missle tests.", "Missle tests."),  # capitalised: may be a name
    ],
)
def test_slips_in_a_term_are_mended(text, mended):
    assert enforce(text, [anchor("बैलिस्टिक मिसाइल", "ballistic missile")]) == mended


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("The Turkiye's Defence Ministry spoke.", "Turkiye's Defence Ministry spoke."),
        ("It met the Turkiye’s minister.", "It met Turkiye’s minister."),
        ("The Turkiye of today.", "The Turkiye of today."),
        ("The Vatican's flag and the Army's men.", "The Vatican's flag and the Army's men."),
    ],
)
def test_a_places_genitive_has_no_article(text, mended):
    anchors = [anchor("तुर्किये", "Turkiye"), anchor("वेटिकन", "Vatican"), anchor("सेना", "Army")]
    assert enforce(text, anchors) == mended


def test_glossary_words_near_a_term_are_left_alone():
    assert enforce("The minster spoke.", [anchor("मंत्री", "minister", origin="lexicon")]) == "The minster spoke."


def test_another_anchors_spelling_is_never_replaced():
    text = "Mandvi and Mandwa voted."
    anchors = [anchor("मांडवी", "Mandvi"), anchor("मांडवा", "Mandwa"), anchor("मंडवी", "Mandavi")]
    assert enforce(text, anchors) == text


def test_broken_glosses_that_surface_are_leaks():
    anchors = [
        anchor("परमाणु", "nuclear", gloss="unclear", status="placeholder", origin="repair"),
        anchor("राजस्थान", "Rajasthan", gloss="Rajsthan", status="misspelt", origin="repair"),
        anchor("रूस", "Russia", gloss="Russia"),
    ]
    assert leaks("Unclear talks in Rajsthan, said Russia.", anchors) == ["unclear", "Rajsthan"]
    assert leaks("Nuclear talks in Rajasthan, said Russia.", anchors) == []


def test_a_misplaced_gloss_that_another_anchor_owns_is_no_leak():
    wrong = anchor("रूस", "Russia", gloss="China", status="misplaced", origin="repair")
    assert leaks("China spoke.", [wrong]) == ["China"]
    assert leaks("China spoke.", [wrong, anchor("चीन", "China")]) == []
