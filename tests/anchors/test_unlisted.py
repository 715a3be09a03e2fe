import numpy as np
import pytest

from summarizer.anchors import Lexicon, annotate, mark, unlisted
from summarizer.anchors.lexicon import Entry
from summarizer.anchors.recogniser import BUCKETS, CLASSES, Recogniser, features, known
from summarizer.anchors.words import STOP, fold
from summarizer.text import segment


def found(text, **options):
    sentence = segment(text)[0]
    lexicon = Lexicon.load()
    return unlisted(sentence, annotate([sentence], lexicon), lexicon, **options)


def test_names_and_words_of_the_dictionary():
    anchors = found("हरजोत ने दो शावकों को बचाया।")
    assert [(a.hi, a.en, a.reason) for a in anchors] == [("हरजोत", "Harjot", "person"), ("शावकों", "cubs", "noun")]
    assert {(a.origin, a.gloss, a.bracket, a.status) for a in anchors} == {("lexicon", "", None, "valid")}


def test_case_forms_of_nouns_are_found_and_plurals_are_plural():
    entries = [Entry("खंडर", "ruin", "noun"), Entry("राणा", "Rana", "person"), Entry("लूका", "Luca", "person")]
    lexicon = Lexicon([], dictionary={e.hindi: e for e in entries})
    assert lexicon.word("खंडरों").english == "ruins" and lexicon.word("खंडर").english == "ruin"
    assert lexicon.word("राणा").english == "Rana" and lexicon.word("राणे") is None and lexicon.word("लूके") is None
    assert not lexicon.find("खंडरों में राणा") and lexicon.lookup("खंडर") is None


def test_rare_names_in_no_list_are_found_and_spelt_by_sound():
    (anchor,) = found("राजदूत विक्टर ग्रिनकोव ने सोमवार को बैठक की।")
    assert (anchor.hi, anchor.en, anchor.origin, anchor.reason) == ("ग्रिनकोव", "Grinkov", "sound", "name")
    assert (anchor.gloss, anchor.bracket) == ("", None)
    assert not found("राजदूत विक्टर ग्रिनकोव ने सोमवार को बैठक की।", by_sound=False)


def test_rare_loan_words_are_found_in_small_letters():
    (anchor,) = found("ड्रोन के प्रोपेलर में खराबी आ गई।")
    assert (anchor.en, anchor.reason) == ("propeller", "loan word")


def test_letters_spelt_out():
    assert [a.en for a in found("इस दवा को आईएनएमएएस ने बनाया है।")] == ["INMAS"]


def test_glosses_glossary_terms_known_and_everyday_words_are_left():
    assert not found("पुतिन और किम जोंग उन ने सोमवार को प्योंगयांग में मुलाकात की।")
    assert not found("हरजोत बैंस (Harjot Bains) ने बराबरी का गोल कर दिया।")
    assert not found("किसानों ने सड़क पर धरना दिया और लोगों ने सरकार के खिलाफ नारे लगाए।")
    assert "सरकार" in known() and "हरजोत" not in known()


def test_a_broken_gloss_leaves_its_word_to_the_dictionary():
    text = "हरजोत (unclear) ने बराबरी का गोल कर दिया।"
    (anchor,) = found(text)
    sentence = segment(text)[0]
    marked = mark(sentence, [*annotate([sentence], Lexicon.load()), anchor])
    assert "हरजोत (Harjot) ने" in marked and "unclear" not in marked


@pytest.fixture(scope="module")
def entries():
    return list(Lexicon.load()._dictionary.values())


def test_the_dictionary_is_clean(entries):
    assert len(entries) > 25_000
    kinds = {"person", "place", "org", "noun", "adjective"}
    for entry in entries:
        assert entry.kind in kinds and entry.hindi == fold(entry.hindi) and entry.hindi not in STOP, entry
        assert entry.english == entry.english.strip() and entry.english.isprintable(), entry
        assert not set(entry.english) & set("()[]/;,\t") and len(entry.english.split()) <= 4, entry
        assert not any("\u0900" <= c <= "\u097f" for c in entry.english), entry


def test_features_and_probabilities():
    words = ["राम", "ने", "कहा"]
    assert all(0 <= f < BUCKETS for f in features(words, 0)) and features(words, 0) != features(words[::-1], 0)
    probabilities = Recogniser.load().probabilities(words, 0)
    assert probabilities.shape == (len(CLASSES),) and np.isclose(probabilities.sum(), 1)


def test_long_and_strange_words_are_no_trouble():
    assert found("ख" * 5000 + " ने कहा कि वह आएगा।") == []
    found("ऽॐ\u200d्् ने कहा कि वह आएगा।")
