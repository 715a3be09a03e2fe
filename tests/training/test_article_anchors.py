"""Whole articles: fed as inference feeds them, in each of the modes of the ablation, and cut rather than dropped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer import Summarizer
from summarizer.models import load_codec
from summarizer.training.articles import ANCHORS, as_fed
from summarizer.training.corpora import Example
from summarizer.training.encoding import encode_corpus
from summarizer.training.evaluator import Evaluator

ARTICLE = (
    "नई दिल्ली: रूस (Russia) के राष्ट्रपति व्लादिमीर पुतिन (Vladimir Putin) ने सोमवार को अपने मंत्री (unclear) से बात की।\n\n"
    "पुतिन ने बताया कि उत्तर कोरिया (North Korea) से समझौता हो गया है और यह समझौता दस साल चलेगा।\n\n"
    "यह भी पढ़ें: दूसरी खबर का शीर्षक यहां"
)
SUMMARY = "Vladimir Putin said that Russia has made a deal with North Korea."


def fed(mode: str, text: str = ARTICLE) -> str:
    example = as_fed(Example(text, SUMMARY, "summarise", "t"), mode)
    assert example is not None and example.target == SUMMARY
    return example.source


def test_inline_keeps_the_articles_glosses_and_leaves_broken_ones_out() -> None:
    source = fed("inline")
    for gloss in ("रूस (Russia)", "पुतिन (Vladimir Putin)", "कोरिया (North Korea)"):
        assert gloss in source
    assert "unclear" not in source


def test_none_takes_all_glosses_out() -> None:
    source = fed("none")
    assert "(" not in source and "रूस के राष्ट्रपति" in source


def test_shuffled_has_the_same_spellings_on_other_words() -> None:
    source, right = fed("shuffled"), fed("inline")
    assert source != right and "रूस (Russia)" not in source
    assert {part.split(")")[0] for part in source.split("(")[1:]} == {
        part.split(")")[0] for part in right.split("(")[1:]
    }


@pytest.mark.parametrize("mode", ["none", "inline", "shuffled"])
def test_boilerplate_and_datelines_are_set_aside_as_at_inference(mode: str) -> None:
    assert "पढ़ें" not in fed(mode) and "नई दिल्ली" not in fed(mode)


def test_a_text_without_a_hindi_body_gives_nothing() -> None:
    assert as_fed(Example("Only English here.", SUMMARY, "summarise", "t"), "inline") is None


def article_run(tiny_run: Callable, checkpoint: Path, family: str, folder: Path, rows: list[dict], *more: str):
    (folder / "a.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf8")
    source = f"{{paths: '{folder / 'a.jsonl'}', task: summarise, columns: {{source: text, target: summary}}}}"
    return tiny_run(checkpoint, family, f"+corpus.sources={{tiny: {source}}}", *more)


@pytest.mark.parametrize("family", ["mt5", "indicbart"])
@pytest.mark.parametrize("mode", ["none", "inline", "shuffled"])
def test_training_reads_the_ids_that_the_summarizer_feeds(
    tiny: Callable, tiny_run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, family: str, mode: str
) -> None:
    run = article_run(
        tiny_run, tiny(family), family, tmp_path, [{"text": ARTICLE, "summary": SUMMARY}], f"anchors.mode={mode}"
    )
    trained = encode_corpus(run, load_codec(tiny(family)), tmp_path / "cache").dataset[0]["input_ids"]
    summarizer = Summarizer.load(tiny(family), engine="torch", anchors=ANCHORS[mode])
    seen: list[list[int]] = []

    def generate(sources, *_, **__):
        seen.extend(map(list, sources))
        return [[] for _ in sources]

    monkeypatch.setattr(summarizer.engine, "generate", generate)
    try:
        summarizer.summarize(ARTICLE)
    except Exception as error:  # no hypothesis, no bullet
        assert "bullet" in str(error) or "output" in str(error)
    assert seen == [trained]


def test_articles_and_summaries_are_cut_and_counted_pairs_are_dropped_and_counted(
    tiny: Callable, tiny_run: Callable, tmp_path: Path, hindi: list[str], english: list[str]
) -> None:
    rows = [{"text": ARTICLE, "summary": SUMMARY}, {"text": "Nothing in Hindi.", "summary": SUMMARY}]
    rows += [{"text": f"{ARTICLE}\nअंत।", "summary": [SUMMARY, SUMMARY]}]
    (tmp_path / "p.tsv").write_text(f"{hindi[1]}\t{english[1]}\n", "utf8")
    codec = load_codec(tiny("mt5"))
    one = len(codec.encode_targets([SUMMARY])[0])
    run = article_run(
        tiny_run,
        tiny("mt5"),
        "mt5",
        tmp_path,
        rows,
        f"+corpus.sources.pairs={{paths: '{tmp_path / 'p.tsv'}', task: translate}}",
        "training.max_source=40",
        f"training.max_target={one}",
    )
    run.corpus.sources["pairs"]["columns"] = {"source": "0", "target": "1"}
    encoded = encode_corpus(run, codec, tmp_path / "cache")
    assert encoded.drops.table() == {
        "pairs": {"more tokens than the limits": 1},
        "tiny": {
            "cut, not dropped: article over max_source": 2,
            "cut, not dropped: summary over max_target": 1,
            "source is not Hindi": 1,
        },
    }
    assert [len(row["input_ids"]) for row in encoded.dataset] == [40, 40]
    assert [codec.split(row["labels"]) for row in encoded.dataset] == [[SUMMARY], [SUMMARY]]  # a whole bullet left out
    run.training.max_target = one - 5
    row = encode_corpus(run, codec, tmp_path / "cache").dataset[0]
    assert len(row["labels"]) == one - 5 and row["labels"][-1] == codec.eos_id


def test_an_ablation_is_judged_by_the_articles_own_glosses(tiny: Callable, tiny_run: Callable, tmp_path: Path) -> None:
    run = article_run(tiny_run, tiny("mt5"), "mt5", tmp_path, [{"text": ARTICLE, "summary": SUMMARY}])
    run.evaluation.sets = {"dev": run.corpus.sources["tiny"]}
    found = {}
    for mode in ("none", "inline", "shuffled"):
        run.anchors.mode = mode
        evaluator = Evaluator(run, load_codec(tiny("mt5")))
        found[mode] = evaluator.sets["dev"][0].source, evaluator.anchors["dev"]
    assert len({source for source, _ in found.values()}) == 3
    assert found["none"][1] == found["inline"][1] == found["shuffled"][1]
    assert {"Russia", "Vladimir Putin", "North Korea"} <= {a.en for a in found["none"][1][0]}
