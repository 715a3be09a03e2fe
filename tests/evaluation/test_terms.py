"""Anchor metrics by hand-worked cases: kept, rendered otherwise, missing, leaked."""

import pytest

from summarizer.document import Anchor
from summarizer.evaluation.terms import anchor_metrics, is_derived, report


def anchor(hi, en, gloss=None, status="valid", origin="article"):
    return Anchor(hi, en, 0, 0, len(hi), en if gloss is None else gloss, status, origin)


RUSSIA = anchor("रूस", "Russia")
KOREA = anchor("उत्तर कोरिया", "North Korea")
PYONGYANG = anchor("प्योंगयांग", "Pyongyang")
KIM = anchor("किम जोंग उन", "Kim Jong Un")
TURKIYE = anchor("तुर्किये", "Turkiye")
MISSILE = anchor("मिसाइल", "missile")
OIL = anchor("सूरजमुखी तेल", "sunflower oil", "unclear", "placeholder")
RAJASTHAN = anchor("राजस्थान", "Rajasthan", "Rajsthan", "misspelt")


def names(found):
    return [a.en for a in found]


def test_kept_and_missing():
    found = report("Russia fired missiles.", [RUSSIA, MISSILE, KOREA])
    assert sorted(names(found.kept)) == ["Russia", "missile"]
    assert names(found.missing) == ["North Korea"]
    assert not found.variants


@pytest.mark.parametrize(
    ("text", "term", "surface"),
    [
        ("The blast shook Pyong Yang.", PYONGYANG, "Pyong Yang"),
        ("Pyongyong denied it.", PYONGYANG, "Pyongyong"),
        ("Kim Jong Oon spoke.", KIM, "Kim Jong Oon"),
        ("Turkey agreed.", TURKIYE, "Turkey"),
        ("talks with russia failed", RUSSIA, "russia"),
    ],
)
def test_another_spelling_is_inconsistent(text, term, surface):
    found = report(text, [term])
    assert [v.surface for v in found.variants] == [surface]
    assert not found.kept


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("The blast shook Wuhan.", PYONGYANG),  # another place is a missing anchor, not a spelling of it
        ("Russian ships left.", RUSSIA),
        ("Kim spoke.", KIM),
        ("Prussia fell.", RUSSIA),
    ],
)
def test_another_word_is_missing_not_inconsistent(text, term):
    found = report(text, [term])
    assert not found.kept
    assert not found.variants
    assert found.missing == (term,)


def test_matches_are_exclusive_and_maximal():
    korea = anchor("कोरिया", "Korea")
    found = report("North Korea fired.", [korea, KOREA])
    assert names(found.kept) == ["North Korea"]
    assert names(found.missing) == ["Korea"]


def test_leaks():
    assert [leak.kind for leak in report("Sunflower (unclear) was shipped.", [OIL]).leaks] == ["placeholder"]
    assert [leak.surface for leak in report("Rajsthan votes today.", [RAJASTHAN]).leaks] == ["Rajsthan"]
    assert not report("Sunflower oil was shipped from Rajasthan.", [OIL, RAJASTHAN]).leaks
    assert [leak.surface for leak in report("The ship () left.", [RUSSIA]).leaks] == ["()"]


def test_a_placeholder_word_of_the_reference_is_no_leak():
    text = "Its future is unclear."
    assert report(text, [OIL], reference="").leaks
    assert not report(text, [OIL], reference="The future remains unclear.").leaks


def test_corpus_figures_by_hand():
    anchors = [[RUSSIA, KOREA], [PYONGYANG, RAJASTHAN]]
    references = ["Russia and North Korea met.", "Pyongyang thanked Rajasthan."]
    hypotheses = ["Russia met Kim.", "Pyong Yang thanked Rajsthan."]
    scores = anchor_metrics(hypotheses, anchors, references)
    assert scores["anchor_recall"] == 1 / 4
    assert scores["anchor_consistency"] == 1 / 3  # kept Russia; Pyong Yang and Rajsthan are rendered otherwise
    assert scores["misspelt_leaks"] == 1
    assert scores["placeholder_leaks"] == 0


def test_perfect_output_and_shuffled_output():
    anchors = [[RUSSIA, KOREA], [PYONGYANG, RAJASTHAN], [TURKIYE]]
    references = ["Russia and North Korea met.", "Pyongyang thanked Rajasthan.", "Turkiye agreed."]
    perfect = anchor_metrics(references, anchors, references)
    assert (perfect["anchor_recall"], perfect["anchor_consistency"]) == (1.0, 1.0)
    shuffled = anchor_metrics(references[1:] + references[:1], anchors, references)
    assert shuffled["anchor_recall"] == 0.0


def test_a_common_noun_printed_in_capitals_follows_the_reference():
    park = anchor("सौर पार्क", "Solar Park")
    assert report("A solar park opened.", [park]).variants
    assert report("A solar park opened.", [park], "The solar park is new.").kept == (park,)


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="1 hypotheses, 0 anchor"):
        anchor_metrics(["a"], [], ["a"])


def test_derived_words():
    assert is_derived("Indonesian", "Indonesia")
    assert is_derived("Punjabi", "Punjab")
    assert not is_derived("Pyongyong", "Pyongyang")
    assert not is_derived("Russia", "Russia")
