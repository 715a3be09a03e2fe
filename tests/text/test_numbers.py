import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.text import find_numbers, missing, unsupported


def values(text):
    return [n.value for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("95 लाख टन", 9_500_000),
        ("95 lakh tonnes", 9_500_000),
        ("9.5 million tonnes", 9_500_000),
        ("९५ लाख", 9_500_000),
        ("1.07 लाख करोड़ रुपये", 1_070_000_000_000),
        ("Rs 1.07 trillion", 1_070_000_000_000),
        ("2 लाख 50 हजार", 250_000),
        ("दो लाख पचास हज़ार तीन सौ", 250_300),
        ("2 हजार 600 करोड़", 26_000_000_000),
        ("छह सौ 70", 670),
        ("two hundred and fifty thousand", 250_000),
        ("three hundred fifty crore", 3_500_000_000),
        ("61 thousand 351", 61_351),
        ("one hundred and six", 106),
        ("forty-two", 42),
        ("निन्यानवे", 99),
        ("पैंतालिस", 45),
        ("ढाई करोड़", 25_000_000),
        ("डेढ़ सौ", 150),
        ("साढ़े तीन लाख", 350_000),
        ("सवा लाख", 125_000),
        ("सवा दो सौ", 225),
        ("पौने दो सौ", 175),
        ("two and a half lakh", 250_000),
        ("half a million", 500_000),
        ("आधा दर्जन", 6),
        ("दो दर्जन", 24),
        ("a dozen", 12),
        ("1,50,000.50", Fraction(300_001, 2)),
        ("68 दशमलव छह आठ प्रतिशत", Fraction(6868, 100)),
        ("four point five", Fraction(9, 2)),
        ("एक तिहाई", Fraction(1, 3)),
        ("two-thirds", Fraction(2, 3)),
        ("10वीं", 10),
        ("बारहवीं", 12),
        ("twenty-first", 21),
        ("3rd", 3),
        ("दोनों", 2),
        ("$1.5bn", 1_500_000_000),
        ("G20", 20),
    ],
)
def test_one_number(text, expected):
    assert values(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3-1", [3, 1]),
        ("15 अगस्त 2022", [15, 8, 2022]),
        ("August 15", [8, 15]),
        ("15/08/2022", [15, 8, 2022]),
        ("10:30", [10, 30]),
        ("सुबह 7.10 बजे", [7, 10]),
        ("2013, 2014 और 2022", [2013, 2014, 2022]),
        ("ten crore seven years ago", [100_000_000, 7]),
        ("15 quarters", [15]),
        ("in 2010 thousands of people", [2010]),
        ("सऊदी अरब ने कहा", []),
        ("dozens of people, thousands more", []),
        ("he may march", []),
    ],
)
def test_several_or_none(text, expected):
    assert values(text) == expected


def test_kinds_and_positions():
    text = "करीब ४४ प्रतिशत लोग 21वें दिन आए"
    percent, ordinal = find_numbers(text)
    assert (percent.kind, ordinal.kind) == ("percent", "ordinal")
    assert text[percent.start : percent.end] == percent.text == "४४ प्रतिशत"
    assert ordinal.text == "21वें"


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("Some 9.5 million tonnes were sent", "करीब 95 लाख टन भेजा गया"),
        ("He is 67 years old", "वह सड़सठ साल के हैं"),
        ("The meeting was on August 15", "बैठक 15 अगस्त को हुई"),
        ("Held in 2021-22", "2021-22 में हुआ"),
        ("Between 18 and 35", "18-35 के बीच"),
        ("18 to 20 lakh people", "18-20 लाख लोग"),
        ("At 9.45 am", "सुबह नौ बजकर 45 मिनट पर"),
        ("At 3:30 pm", "दोपहर साढ़े तीन बजे"),
        ("At 5 pm", "17:00 बजे"),
        ("In the 1990s", "90 के दशक में"),
        ("One of the ministers first said", "मंत्री ने कहा"),
        ("Both sides, two countries", "दोनों देश"),
        ("A third of the seats", "एक तिहाई सीटें"),
        ("100 per cent", "शत प्रतिशत"),
    ],
)
def test_supported(english, hindi):
    assert unsupported(english, [hindi]) == []


@pytest.mark.parametrize(
    ("english", "hindi", "wrong"),
    [
        ("95 crore tonnes", "95 लाख टन", "95 crore"),
        ("95 tonnes", "95 लाख टन", "95"),
        ("August 16", "15 अगस्त", "16"),
        ("15 July", "15 अगस्त", "July"),
        ("25 per cent", "2.5 प्रतिशत", "25 per cent"),
        ("won 3-2", "3-1 से जीता", "2"),
        ("1 of them died", "कई लोग मरे", "1"),
        ("Five people died", "चार लोग मरे", "Five"),
        ("2,450 megawatts", "2,540 मेगावाट", "2,450"),
        ("half a million", "पांच हजार", "half a million"),
        ("9.54 am", "नौ बजकर 45 मिनट", "54"),
    ],
)
def test_unsupported(english, hindi, wrong):
    assert [n.text for n in unsupported(english, [hindi])] == [wrong]


def test_extra_spellings_support_their_numbers():
    assert [n.text for n in unsupported("The G20 met", ["समूह की बैठक हुई"])] == ["20"]
    assert unsupported("The G20 met", ["समूह की बैठक हुई"], ["G20"]) == []


def test_several_sources():
    assert unsupported("From 5 to 9", ["पांच", "नौ"]) == []


def test_missing():
    assert [n.text for n in missing("It rose 5 per cent", ["यह 5 प्रतिशत बढ़कर 120 रुपये हुआ"])] == ["120"]
    assert missing("It rose five per cent to Rs 120", ["यह 5 प्रतिशत बढ़कर 120 रुपये हुआ"]) == []
    assert missing("Two leaders met", ["दो नेता मिले"]) == []


@settings(deadline=None, max_examples=100)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ["हजार", "लाख", "crore", "million", "half", "a", "and", "one", "twenty", "दशमलव", "point", "5", "12.5"]
            + ["1,000", ":", "/", "-", "साढ़े", "quarter", "%", "बजे", "10:30", "st", "वीं"]
        )
    ).map(" ".join)
)
def test_any_text(text):
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text != ""
    assert unsupported(text, [text]) == []


@pytest.mark.parametrize(
    "piece", ["हजार ", "9", "1,", "5 दशमलव ", "hundred and ", "twenty-", "दो लाख ", "2-3-", "half a "]
)
def test_linear_time(piece):
    started = time.process_time()
    find_numbers(piece * 10_000)
    assert time.process_time() - started < 3
