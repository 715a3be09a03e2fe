"""English text as pseudo-Hindi."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.training.codeswitch import count_links, postpositions, read_lexicon, shuffled, switch
from summarizer.training.corpora import Drops, Limits, read_source, require_files

ROOT = Path(__file__).resolve().parents[2]
LINES = [
    "delhi\tदिल्ली\t40",
    "in\tमें\t90",
    "in\tकी\t3",  # below the share
    "police\tपुलिस\t50",
    "arrested\tगिरफ्तार\t20",
    "prime minister\tप्रधानमंत्री\t9",
    "minister\tमंत्री\t30",
    "kerala\tकेरल\t5",
]


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    path = tmp_path / "words.tsv"
    path.write_text("\n".join(LINES) + "\n", "utf8")
    return path


def test_links_are_counted_without_case_and_marks() -> None:
    counts = count_links([("दिल्ली, में", "In Delhi."), ("दिल्ली।", "delhi")], [[(0, 1), (1, 0)], [(0, 0)]])
    assert counts == {("delhi", "दिल्ली"): 2, ("in", "में"): 1}


def test_entries_keep_what_is_common_enough(lexicon: Path) -> None:
    assert read_lexicon(str(lexicon))["in"] == (["में"], [90])


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("arrested in Delhi on Monday", "arrested Delhi in Monday on"),
        ("the visit to Kerala, he said", "the visit Kerala to, he said"),
        ("met officials of the new ministry and left", "met officials the new ministry of and left"),
        ("from one two three four five six seven", "one two three four five from six seven"),
        ("turned in.", "turned in."),
        ("", ""),
    ],
)
def test_prepositions_go_behind_their_phrase(english: str, expected: str) -> None:
    assert " ".join(postpositions(english.split())) == expected


def test_known_words_are_switched_and_nothing_is_lost(lexicon: Path) -> None:
    text = 'The police arrested 14 men in Delhi; "Prime Minister" Xyz met Kerala\'s minister.'
    switched = switch(text, read_lexicon(str(lexicon)), random.Random(3)).split()
    expected = 'पुलिस गिरफ्तार 14 men दिल्ली में; "प्रधानमंत्री" Xyz met केरल के मंत्री.'
    assert sorted(switched) == sorted(expected.split())


def test_no_word_moves_far() -> None:
    words = [str(i) for i in range(200)]
    for seed in range(5):
        order = [int(w) for w in shuffled(words, random.Random(seed))]
        assert order != sorted(order)
        assert max(abs(place - word) for place, word in enumerate(order)) <= 3


def test_the_reader_is_the_same_in_every_run(lexicon: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    news.write_text("Police arrested a minister in Delhi\n\nNothing here is known to it\n", "utf8")
    source = {"paths": str(news), "reader": "code_switch", "task": "code_switch", "lexicon": str(lexicon)}
    drops = Drops()
    first = read_source("s", source, Limits(), drops)
    assert first == read_source("s", source, Limits(), Drops())
    assert [e.target for e in first] == ["Police arrested a minister in Delhi"]
    assert first[0].task == "code_switch" and "दिल्ली" in first[0].source
    assert drops.table() == {"s": {"empty or too short": 1, "source is not Hindi": 1}}


def test_a_missing_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="words.tsv.*build_word_lexicon"):
        read_lexicon(str(tmp_path / "words.tsv"))
    with pytest.raises(InputError, match="words.tsv.*build_word_lexicon"):  # before anything is loaded or aligned
        require_files({"english": {"lexicon": str(tmp_path / "words.tsv")}})


def test_the_script_counts_a_lexicon_over_alignments_and_lists(tmp_path: Path) -> None:
    """Words that no alignment gives come from the lists; what is seen once is left out."""
    pairs = [
        ("दिल्ली में बहुत बारिश हुई", "It rained a lot in Delhi"),
        ("दिल्ली में पुलिस", "police in delhi"),
        ("केरल में", "in Kerala"),
    ]
    (tmp_path / "pairs.tsv").write_text("".join(f"{h}\t{e} .\n" for h, e in pairs), "utf8")
    (tmp_path / "terms.tsv").write_text("तेल\toil\nडेल्ही\tdelhi\n", "utf8")
    command = [
        sys.executable,
        str(ROOT / "scripts/build_word_lexicon.py"),
        "corpus=empty",
        "evaluation=none",
        f"output_dir={tmp_path}/run",
        f"+corpus.sources.pairs={{paths: {tmp_path}/pairs.tsv, plain: 1.0, glossed: 1.0, licence: MIT}}",
        f"+corpus.sources.terms={{paths: {tmp_path}/terms.tsv, plain: 1.0, licence: MIT}}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "words.tsv").read_text("utf8").splitlines()
    assert {"delhi\tदिल्ली\t2", "in\tमें\t3", "oil\tतेल\t3"} <= set(lines)
    assert not any("केरल" in line or "डेल्ही" in line for line in lines)
