"""What may become a bullet: every check refuses what it should and lets the rest pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from summarizer.anchors import Lexicon
from summarizer.document import Anchor
from summarizer.pipeline.prepare import Unit, prepare
from summarizer.pipeline.rescoring import (
    TRANSLATION,
    Weights,
    best,
    contest,
    echoes,
    foreign_names,
    judge,
    repeats,
    returns,
    tidy,
)

ARTICLE = (
    "रूस (Russia) ने सोमवार को 25 मिसाइलें दागीं और कीव (Kyiv) में 3 लोग मारे गए। "
    "परमाणु (unclear) बातचीत पेरिस (Paris) में होगी। "
    "राष्ट्रपति पुतिन (Putin) ने 95 लाख टन अनाज भेजने की बात कही।"
)


@pytest.fixture(scope="module")
def article():
    return prepare(ARTICLE, Lexicon.load())


def unit(article, index: int) -> tuple[Unit, list[Anchor]]:
    group = (article.body[index].index,)
    return article.unit(group), [a for a in article.anchors if a.sentence not in group]


def reasons(article, index: int, text: str) -> str:
    one, others = unit(article, index)
    return "; ".join(judge(text, -0.5, one, others).reasons)


def test_a_made_up_negation_is_refused(article) -> None:
    assert "says no" in reasons(article, 1, "The nuclear talks will not be held in Paris.")


def test_a_fall_for_a_rise_is_refused() -> None:
    prices = prepare("इस साल गेहूं (Wheat) के दाम 5 फीसदी से ज्यादा उछल गए।", None)
    assert "falls where it rises" in reasons(prices, 0, "Wheat prices dropped more than 5 per cent this year.")
    assert reasons(prices, 0, "Wheat prices jumped more than 5 per cent this year.") == ""


def test_a_faithful_bullet_passes(article) -> None:
    assert reasons(article, 0, "Russia fired 25 missiles on Monday and 3 people were killed in Kyiv.") == ""
    assert reasons(article, 1, "The nuclear talks will be held in Paris.") == ""
    assert reasons(article, 2, "President Putin spoke of sending 95 lakh tonnes of grain.") == ""
    assert reasons(article, 2, "President Putin spoke of sending 9.5 million tonnes of grain.") == ""


@pytest.mark.parametrize(
    ("index", "text", "why"),
    [
        (0, "Russia fired 35 missiles from 46 sites on Monday.", "number '35'"),
        (0, "Russia fired 25 missiles and 300 of 400 people were killed in Kyiv.", "number '300'"),
        (2, "President Putin spoke of sending 95 crore tonnes of grain in 2 ships.", "number '95 crore'"),
        (1, "The unclear talks will be held in Paris.", "broken gloss 'unclear'"),
        (0, "Russia fired 25 missiles for unclear reasons on Monday.", "broken gloss 'unclear'"),
        (1, "The nuclear talks will be held with Putin in Paris.", "'Putin' is glossed elsewhere"),
        (0, "Russia.", "too short"),
        (0, "", "too short"),
        (0, "Russia fired missiles at कीव on Monday.", "Devanagari"),
        (0, "Russia fired missiles, Russia fired missiles on Monday, on Monday.", "repeats itself"),
    ],
)
def test_what_the_source_does_not_support_is_refused(article, index: int, text: str, why: str) -> None:
    assert why in reasons(article, index, text)


def test_keeping_anchors_and_numbers_counts(article) -> None:
    one, others = unit(article, 0)
    whole = judge("Russia fired 25 missiles on Monday and 3 people were killed in Kyiv.", -0.6, one, others)
    vague = judge("The country fired missiles on the first day and people were killed in the city.", -0.5, one, others)
    assert best([vague, whole]) is whole
    assert whole.score > vague.score and vague.model_score > whole.model_score


def test_hypotheses_that_cannot_win_are_not_read(article) -> None:
    sentence, others = unit(article, 0)
    texts = [
        " ".join(a.en for a in sentence.anchors) + " agreed on it.",
        "They agreed on it at last.",
        "Nobody agreed.",
    ]
    readings, read = [], []
    for text, score in zip(texts, (-0.5, -0.4, -9.0), strict=True):
        readings.append((score, lambda text=text, score=score: (read.append(text), (text, score))[1]))
    chosen = best(contest(readings, sentence, others, Weights()))
    assert read == [texts[1], texts[0]], "best first by the bound, and the last cannot win"
    assert chosen == best([judge(t, s, sentence, others) for t, s in zip(texts, (-0.5, -0.4, -9.0), strict=True)])
    assert contest(readings, sentence, others, Weights(), beaten=-0.1) == []


def test_no_acceptable_candidate_is_none(article) -> None:
    one, others = unit(article, 0)
    assert best([judge("Nothing 99.", -0.1, one, others)]) is None
    assert best([]) is None


def test_spelling_is_enforced_before_judging(article) -> None:
    one, others = unit(article, 0)
    assert "Kyiv" in judge("Russia fired 25 missiles and 3 people were killed in Kyyiv.", -0.5, one, others).text


def test_a_name_that_the_sentence_says_without_a_gloss_is_no_stranger(article) -> None:
    again = prepare(ARTICLE + " कीव पर हमला जारी है और पुतिन चुप हैं।", Lexicon.load())
    one, others = unit(again, 3)
    assert foreign_names("Attacks on Kyiv go on while Putin is silent.", one, others) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the army said the army said the attack went on", True),
        ("It was was closed on Monday after the rain", False),  # short words may follow themselves: "had had"
        ("It had had rain on Monday and on Tuesday", False),
        ("She won the final 6-3, 6-3 in Delhi", False),
        ("He said Korea Korea would answer", True),
        ("Winds of 90 per hour per hour were felt", True),
        ("The ships of ships left the port", True),
        ("Talks broke between the nuclear talks and sank between the nuclear offers", True),
        ("More and more people came from door to door", False),
        ("The minister said that the minister would meet officials of the ministry on Friday in Delhi", False),
    ],
)
def test_repetition(text: str, expected: bool) -> None:
    assert repeats(text) is expected


def test_echoes_are_counted() -> None:
    assert echoes("Putin wrote a letter on Monday (15 August) on Monday.") == 2, "the pair, and the word within four"
    assert echoes("They died in an explosion in the explosion.") == 1
    assert echoes("The figures include the sales tax tax.") == 1
    assert echoes("It had had rain, and scores of 101, 101 and 7.") == 0
    assert echoes("He went from door to door in the city of the lakes.") == 0


def test_words_that_come_back_are_counted_unless_the_source_has_one_that_does() -> None:
    source = ["निपाह के 18 मामलों में 17 मरीजों की जान चली गई थी, जिनमें एक नर्स भी थी."]
    assert returns("Of the 18 cases of Nipah, 17 patients, the nurses of a nurse, had died.", source) == 1
    assert returns("Of the 18 cases of Nipah, 17 patients had died, among them a nurse.", source) == 0
    assert returns("Officials of Nepal met other officials of Nepal.", ["नेपाल के अधिकारी दूसरे अधिकारियों से मिले."]) == 0
    assert returns("Nepal and Nepal's neighbours, which rivers divide and which roads join.", ["नेपाल."]) == 0


def test_the_bullet_task_is_asked_where_the_translation_lost_something(scripted: Callable) -> None:
    source = "बंदरगाहों से अनाज के 18 जहाजों की आवाजाही बुधवार को फिर शुरू हो गई है।"
    for english, asked in (
        ("The movement of 18 grain ships began again on Wednesday.", False),
        ("The movement of grain ships began again on Wednesday.", True),
        ("The movement of 18 grain ships began on Wednesday, with much movement.", True),
        ("The movement of 18 grain ships did not begin again on Wednesday.", True),
    ):
        summarizer, engine = scripted({"आवाजाही": [english]})
        summarizer.summarize(source)
        assert ("bullet" in engine.codec.tasks) == asked, english


def test_tidy() -> None:
    assert tidy("• the talks failed , he said") == "The talks failed, he said."
    assert tidy('He said "yes"') == 'He said "yes"'
    assert (
        tidy("The results of the CUET) came on Sunday ( October 29.")
        == "The results of the CUET came on Sunday October 29."
    )
    assert tidy("The tests (CUET) ( ) of the agency (NTA) ended") == "The tests (CUET) of the agency (NTA) ended."


def test_a_translation_gains_by_its_words_and_a_summary_does_not(article) -> None:
    one, others = unit(article, 0)
    text = "Russia fired 25 missiles on Monday and 3 people were killed in Kyiv."
    plain, longer = judge(text, -0.6, one, others), judge(text, -0.6, one, others, TRANSLATION)
    assert plain.model_score == -0.6
    assert longer.score - plain.score == pytest.approx(longer.model_score - plain.model_score) == pytest.approx(0.13)


def test_a_printed_gloss_weighs_more_than_a_mention(scripted: Callable) -> None:
    text = "रूस (Russia) ने पत्र लिखा है। रूस ने मुक्ति दिवस (Liberation Day) पर पेरिस में जहाज भेजे।"
    lost = ["Russia sent ships to Paris on that day.", "They sent ships to Paris on the Liberation Day."]
    summarizer, _ = scripted({"मुक्ति": lost})
    bullets = summarizer.summarize(text, groups=[[1]]).bullets
    assert [b.text for b in bullets] == lost[1:]
