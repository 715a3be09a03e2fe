import pytest

from summarizer.anchors.vocabulary import non_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ballistic missdes and the ofrahship of suchcrafts.", ["missdes", "ofrahship", "suchcrafts"]),
        ("After the governments announced it, which several reports reportedly confirmed.", []),  # frequent words
        ("The connectedness of multiplying lentils, unconcerned.", []),  # endings and beginnings
        ("A half-qwertyish Zzyzx of qwerty's, asdfgh's and e.g.", []),  # hyphened, a name, possessive, an abbreviation
    ],
)
def test_words_that_no_news_use(text, found):
    assert non_words(text) == found


def test_words_of_anchors_may_stand():
    assert non_words("The kachoris and a matar.", ["matar kachori"]) == []
    assert non_words("The kachoris and a matar.") == ["kachoris", "matar"]
