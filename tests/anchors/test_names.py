"""Names that the source does not support, in both directions: real ones pass, invented ones are found."""

import pytest

from summarizer.anchors.names import EXCLUDED, opens_with_name, unsupported_names

KIM = "उत्तर कोरिया (North Korea) के नेता किम जोंग उन ने सोमवार को प्योंगयांग में रूस के राजदूत से मुलाकात की."
RAIN = "चेन्नई में भारी बारिश के बाद भारतीय मौसम विभाग ने अलर्ट जारी किया, रमेश तेंदुलकर ने बताया."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("North Korea's leader Kim Jong Un met the Russian ambassador in Pyongyang on Monday.", KIM),
        ("In Chennai, the India Meteorological Department issued an alert after heavy rain.", RAIN),
        ("Heavy rain lashed Chennai, said Ramesh Tendulkar.", RAIN),
        ("The President and the Prime Minister spoke in March.", RAIN),  # titles and months are no names
    ],
)
def test_supported(text, source):
    assert unsupported_names(text, [source]) == []


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("Kim Jong Un met the ambassador in Wuhan.", KIM, ["Wuhan"]),
        ("Talks with Xi Jinping went on.", KIM, ["Xi Jinping"]),
        ("NATO met the Russian ambassador.", KIM, ["NATO"]),
        ("Mumbai saw heavy rain.", RAIN, ["Mumbai"]),
        ("Heavy rain in Chennai, said Suresh Malhotra.", RAIN, ["Suresh Malhotra"]),
    ],
)
def test_invented(text, source, names):
    assert unsupported_names(text, [source]) == names


def test_anchors_support_their_own_spelling():
    text = "The rocket left Sriharikota's Vikram Gaggi pad."
    source = "रॉकेट सतीश धवन केंद्र से रवाना हुआ."
    assert unsupported_names(text, [source]) == ["Sriharikota's Vikram Gaggi"]
    assert unsupported_names(text, [source], ["Sriharikota", "Vikram Gaggi"]) == []


def test_swapped_sources_are_found():
    assert unsupported_names("Kim Jong Un met the Russian ambassador in Pyongyang.", [RAIN])
    assert unsupported_names("Rain lashed Chennai.", [KIM]) == ["Chennai"]


def test_weekdays_and_months_never_count():
    assert {"monday", "november"} <= EXCLUDED
    assert unsupported_names("It rained on Tuesday, November 3.", [KIM]) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chennai saw heavy rain.", True),
        ("Chennai's roads were flooded.", True),
        ("Tuesday will be dry.", True),
        ("IMD issued an alert.", True),
        ("North India stays dry.", True),
        ("Prime Minister Modi spoke.", True),
        ("I saw it.", True),
        ("The Chennai office warned of rain.", False),
        ("Northern parts stay dry.", False),
        ("One Chennai resident died.", False),
        ("Heavy rain lashed the city.", False),
        ("However, roads were flooded.", False),
        ("25 people were saved.", False),
        ("", False),
    ],
)
def test_a_first_word_is_a_name_or_only_first(text, name):
    assert opens_with_name(text, [RAIN]) is name
