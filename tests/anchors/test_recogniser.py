import numpy as np

from summarizer.anchors import Lexicon, annotate, mark, unlisted
from summarizer.anchors.recogniser import BUCKETS, CLASSES, Recogniser, features, known
from summarizer.text import segment


def found(text):
    sentence = segment(text)[0]
    lexicon = Lexicon.load()
    return unlisted(sentence, annotate([sentence], lexicon), lexicon)


def test_rare_names_are_found_and_spelt():
    anchors = found("19वें मिनट में हरजोत तिर्की ने बराबरी का गोल कर दिया।")
    assert [(a.hi, a.en) for a in anchors] == [("हरजोत", "Harjot"), ("तिर्की", "Tirkey")]
    assert {(a.origin, a.reason, a.gloss, a.bracket) for a in anchors} == {("sound", "name", "", None)}


def test_rare_loan_words_are_found_in_small_letters():
    (anchor,) = found("ड्रोन के प्रोपेलर में खराबी आ गई।")
    assert (anchor.en, anchor.reason) == ("propeller", "loan word")


def test_letters_spelt_out():
    assert [a.en for a in found("इस दवा को आईएनएमएएस ने बनाया है।")] == ["INMAS"]


def test_glosses_glossary_terms_known_and_everyday_words_are_left():
    assert not found("पुतिन और किम जोंग उन ने सोमवार को प्योंगयांग में मुलाकात की।")
    assert not found("हरजोत बैंस (Harjot Bains) ने बराबरी का गोल कर दिया।")
    assert not found("किसानों ने सड़क पर धरना दिया और सरकार के खिलाफ नारे लगाए।")
    assert "सरकार" in known() and "हरजोत" not in known()


def test_a_broken_gloss_leaves_its_word_to_the_sound():
    text = "हरजोत (unclear) ने बराबरी का गोल कर दिया।"
    (anchor,) = found(text)
    sentence = segment(text)[0]
    marked = mark(sentence, [*annotate([sentence], Lexicon.load()), anchor])
    assert "हरजोत (Harjot) ने" in marked and "unclear" not in marked


def test_features_and_probabilities():
    words = ["राम", "ने", "कहा"]
    assert all(0 <= f < BUCKETS for f in features(words, 0)) and features(words, 0) != features(words[::-1], 0)
    probabilities = Recogniser.load().probabilities(words, 0)
    assert probabilities.shape == (len(CLASSES),) and np.isclose(probabilities.sum(), 1)


def test_long_and_strange_words_are_no_trouble():
    assert found("ख" * 5000 + " ने कहा कि वह आएगा।") == []
    found("ऽॐ\u200d्् ने कहा कि वह आएगा।")
