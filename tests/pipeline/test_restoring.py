"""Lost glosses put back by attention: which words give way, which never do."""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.document import Anchor
from summarizer.pipeline.restoring import Alignment, align, restore


def gloss(hi: str, en: str, origin: str = "article") -> Anchor:
    return Anchor(hi, en, 0, 0, 0, origin=origin)


def aligned(source: str, target: str, links: dict[str, str]) -> Alignment:
    """links: a target word → the source word that its attention is on, all of it; other words look at the start."""
    words, english = ["<s>", *source.split(), "</s>"], target.split()
    weights = np.zeros((len(english), len(words)), np.float32)
    for row, word in enumerate(english):
        weights[row, words.index(links[word]) if word in links else 0] = 1.0
    return Alignment(words, english, weights)


def restored(source: str, target: str, links: dict[str, str], *anchors: Anchor) -> str:
    return restore(target, anchors, aligned(source, target, links), [source])[0]


def test_a_translation_gives_way_to_the_gloss() -> None:
    source = "तुर्किये ( Turkiye ) ने मीथेन ( methane ) का पता लगाया"
    links = {"Turkey": "Turkiye", "Meten,": "मीथेन"}
    anchors = gloss("तुर्किये", "Turkiye"), gloss("मीथेन", "methane")
    assert restored(source, "Turkey found Meten, it said.", links, *anchors) == "Turkiye found methane, it said."


def test_a_stretch_gives_way_without_the_small_words_around_it() -> None:
    source = "साझा प्रवेश परीक्षा ( CUET ) के नतीजे"
    links = {"of": "CUET", "the": "CUET", "Commonwealth": "साझा", "Examination": "परीक्षा", "on": "CUET"}
    target = "The results of the Commonwealth Examination on Saturday."
    assert restored(source, target, links, gloss("साझा प्रवेश परीक्षा", "CUET")) == (
        "The results of the CUET on Saturday."
    )


def test_possessives_and_articles_stay_right() -> None:
    links = {"assistance": "पैकेज", "NDCA": "NTCA"}
    package = gloss("राहत पैकेज", "bailout package")
    source = "राहत पैकेज ( bailout package ) और प्राधिकरण ( NTCA )"
    assert restored(source, "It approved an assistance now.", links, package) == "It approved a bailout package now."
    assert restored(source, "A NDCA member spoke.", links, gloss("प्राधिकरण", "NTCA")) == "An NTCA member spoke."
    assert restored("तुर्किये ( Turkiye ) की", "Turkey's army.", {"Turkey's": "Turkiye"}, gloss("तुर्किये", "Turkiye")) == (
        "Turkiye's army."
    )


STAYS = {
    "adjective": ("रूस ( Russia ) की", "The Russian army left.", {"Russian": "Russia"}, [gloss("रूस", "Russia")]),
    "irregular": ("फ्रांस ( France ) की", "The French left.", {"French": "France"}, [gloss("फ्रांस", "France")]),
    "kept already": ("भारत ( India ) में", "India won in India.", {"India": "भारत"}, [gloss("भारत", "India")]),
    "number": ("दर ( rate ) 5", "It is 5.5 now.", {"5.5": "rate"}, [gloss("दर", "rate")]),
    "another's word": (
        "कोरिया ( Korea ) और चीन ( China )",
        "Korea left.",
        {"Korea": "China"},
        [gloss("कोरिया", "Korea"), gloss("चीन", "China")],
    ),
    "glossary's noun": (
        "सरकार ( government ) ने",
        "Officials left.",
        {"Officials": "government"},
        [gloss("सरकार", "government", "lexicon")],
    ),
    "nothing there": ("नाव ( boat ) से", "They left by day.", {}, [gloss("नाव", "boat")]),
}


def test_neighbours_that_say_part_of_the_gloss_go_with_it() -> None:
    anchor = gloss("रुख की वापसी", "Withdrawal of Accommodation")
    links = {"favours": "रुख"}
    source = "रुख की वापसी ( Withdrawal of Accommodation )"
    assert restored(source, "A policy of withdrawal of favours now.", links, anchor) == (
        "A policy of Withdrawal of Accommodation now."
    )
    links = {"Monetary": "कोष"}
    fund = gloss("मुद्रा कोष", "International Monetary Fund")
    source = "मुद्रा कोष ( International Monetary Fund )"
    assert restored(source, "The Monetary fund agreed.", links, fund) == "The International Monetary Fund agreed."


@pytest.mark.parametrize("case", STAYS)
def test_what_stays(case: str) -> None:
    source, target, links, anchors = STAYS[case]
    assert restored(source, target, links, *anchors) == target


def test_a_weak_link_changes_nothing() -> None:
    alignment = aligned("नाव ( boat ) से", "They left by ship.", {"ship.": "boat"})
    assert restore("They left by ship.", [gloss("नाव", "boat")], alignment, ["नाव से"]) == ("They left by boat.", 1)
    alignment.weights[:] *= 0.7
    assert restore("They left by ship.", [gloss("नाव", "boat")], alignment, ["नाव से"]) == ("They left by ship.", 0)


def test_a_text_that_is_not_the_alignments_is_left_alone() -> None:
    alignment = aligned("नाव ( boat ) से", "They left by ship.", {"ship.": "boat"})
    assert restore("They went by ship.", [gloss("नाव", "boat")], alignment, ["नाव से"]) == ("They went by ship.", 0)


def test_an_invented_name_is_spelt_as_it_sounds() -> None:
    """Of the word that it points at; what sounds right, common nouns and unknown directions stay."""
    source = "पर्यटकों को भुंतर हवाई अड्डे लाया गया और शारदा नेगी ( Negi ) ने कहा"
    links = {"Bhutan": "भुंतर", "Nehru's": "Negi"}
    target = "Tourists were brought to Bhutan airport, said Sharda Nehru's aide."
    negi = gloss("नेगी", "Negi")
    assert restored(source, target, links, negi) == "Tourists were brought to Bhuntar airport, said Sharda Negi's aide."
    assert restored(source, target, {}, negi) == target
    assert restored("सरकार ने कहा", "It was Bhutan airport.", {"Bhutan": "सरकार"}) == "It was Bhutan airport."
    joined = restored("यह पेडणेकर है", "He is Omkar Peen Ikar.", {"Peen": "पेडणेकर", "Ikar.": "पेडणेकर"})
    assert joined == "He is Omkar Pednekar."


def test_pieces_become_words() -> None:
    source, target = ["<s>", "▁रू", "स", "▁(", "▁Rus", "sia", "</s>"], ["▁Rus", "sia", "▁left"]
    attention = [[0, 0.1, 0.1, 0, 0.3, 0.5, 0], [0, 0, 0, 0, 0.6, 0.4, 0], [0.5, 0, 0, 0.5, 0, 0, 0]]
    alignment = align(source, target, attention)
    assert alignment.source == ["<s>", "रूस", "(", "Russia", "</s>"] and alignment.target == ["Russia", "left"]
    assert alignment.weights == pytest.approx(np.array([[0, 0.1, 0, 0.9, 0], [0.5, 0, 0.5, 0, 0]]), abs=1e-6)
    attention[0] = [0.0] * 7
    assert align(source, target, attention).weights[0] == pytest.approx([0, 0, 0, 1, 0]), "an unknown row counts not"


def test_a_misheard_name_gives_way_to_the_usual_spelling() -> None:
    source = "याचिका में अनुराधा भसीन के मामले और ट्राई के आदेश का हवाला कनाडाई सांसद ने दिया"
    assert restored(source, "A Canadian MP cited the case of Anurag's aide.", {}) == (
        "A Canadian MP cited the case of Anuradha's aide."
    )
    assert restored(source, "Anuradha Bhasin's case was Anurag's.", {}) == "Anuradha Bhasin's case was Anurag's."
    assert restored(source, "Anurda spoke.", {}) == "Anuradha spoke.", "no word of English news opens the sentence"
    gloss_of = gloss("अनुराधा", "Anurag")
    assert restored("अनुराधा ( Anurag ) ने कहा", "It was said by Anurag.", {}, gloss_of) == "It was said by Anurag."
    assert restored("रमेश ने कहा", "It was said by Rohan.", {}) == "It was said by Rohan.", "nothing sounds like it"
