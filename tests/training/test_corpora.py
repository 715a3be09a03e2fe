"""Corpus files of many shapes, and the counting of what is left out."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.training.corpora import Drops, Limits, read_source

HINDI = "सरकार ने किसानों के लिए नई योजना की घोषणा की।"
ENGLISH = "The government announced a new scheme for farmers."


def read(source: dict, **limits) -> tuple[list, dict]:
    drops = Drops()
    examples = read_source("s", source, Limits(**limits), drops)
    return examples, drops.table().get("s", {})


def test_tsv_csv_jsonl_and_parquet_give_the_same_example(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with gzip.open(tmp_path / "a.tsv.gz", "wt", encoding="utf8") as file:
        file.write(f"{HINDI}\t{ENGLISH}\n")
    with open(tmp_path / "a.csv", "w", encoding="utf8", newline="") as file:
        csv.writer(file).writerows([["hi", "en"], [HINDI, ENGLISH]])
    (tmp_path / "a.jsonl").write_text(json.dumps({"hi": HINDI, "en": ENGLISH}), "utf8")
    pq.write_table(pa.table({"hi": [HINDI], "en": [ENGLISH]}), tmp_path / "a.parquet")
    columns = {"source": "hi", "target": "en"}
    found = [read({"paths": str(tmp_path / "a.tsv.gz")})[0]]
    found += [
        read({"paths": str(tmp_path / f"a.{kind}"), "columns": columns})[0] for kind in ("csv", "jsonl", "parquet")
    ]
    assert all(examples == found[0] and len(examples) == 1 for examples in found)


def test_crosssum_rows_and_lists_of_bullets(tmp_path: Path) -> None:
    rows = [
        {"source_url": "u", "target_url": "v", "text": HINDI * 3, "summary": ENGLISH},
        {"text": HINDI * 2, "summary": [{"en": ENGLISH}, {"en": "Farmers welcomed it."}]},
    ]
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps(r) for r in rows), "utf8")
    columns = {"source": "text", "target": "summary"}
    examples, _ = read({"paths": str(tmp_path / "c.jsonl"), "task": "summarise", "columns": columns})
    assert examples[0].target == ENGLISH
    assert examples[1].target == (ENGLISH, "Farmers welcomed it.")


def test_news_with_translations_and_bullets(tmp_path: Path) -> None:
    row = {
        "sentences": [{"hi": HINDI, "en": ENGLISH}] * 1,
        "bullets": [{"en": "A scheme for farmers.", "sentences": [0]}],
    }
    (tmp_path / "n.jsonl").write_text(json.dumps(row), "utf8")
    sentences, _ = read({"paths": str(tmp_path / "n.jsonl"), "reader": "news_translations"})
    bullets, _ = read({"paths": str(tmp_path / "n.jsonl"), "reader": "news_bullets", "task": "bullet"})
    assert (sentences[0].source, bullets[0].target, bullets[0].task) == (HINDI, "A scheme for farmers.", "bullet")


def test_every_drop_is_counted_with_its_reason(tmp_path: Path) -> None:
    lines = [
        f"{HINDI}\t{ENGLISH}",
        f"{HINDI}\t{ENGLISH}",
        f"{HINDI}\t",
        f"{ENGLISH}\t{ENGLISH}",
        f"{HINDI}\t{HINDI}",
        f"{HINDI}\tYes, indeed. {'So it is said and said again. ' * 20}",
    ]
    (tmp_path / "a.tsv").write_text("\n".join(lines), "utf8")
    examples, drops = read({"paths": str(tmp_path / "a.tsv")})
    assert len(examples) == 1
    assert drops == {
        "repeated": 1,
        "empty or too short": 1,
        "source is not Hindi": 1,
        "target is not English": 1,
        "lengths do not match": 1,
    }


def test_broken_lines_and_rows_without_fields_do_not_stop_the_rest(tmp_path: Path) -> None:
    good = json.dumps({"sentences": [{"hi": HINDI, "en": ENGLISH}], "bullets": []})
    (tmp_path / "b.jsonl").write_text(f'{good}\n{{"sentences": \n{{"bullets": []}}\n', "utf8")
    examples, drops = read({"paths": str(tmp_path / "b.jsonl"), "reader": "news_translations"})
    assert len(examples) == 1
    assert drops == {"not JSON": 1, "row without 'sentences'": 1}


def test_missing_files_unknown_kinds_and_an_unreachable_hub_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.tsv: no such file"):
        read({"paths": str(tmp_path / "nothing.tsv")})
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(InputError, match=r"a\.docx: unknown kind"):
        read({"paths": str(tmp_path / "a.docx")})
    with pytest.raises(InputError, match="hub dataset nobody/nothing"):
        read({"hub": "nobody/nothing"})


def test_a_folder_gives_all_its_files_and_saved_datasets_are_read(tmp_path: Path) -> None:
    from datasets import Dataset

    folder = tmp_path / "parallel" / "more"
    folder.mkdir(parents=True)
    (tmp_path / "parallel" / "MANIFEST.md").write_text("what is here", "utf8")
    (tmp_path / "parallel" / "a.tsv").write_text(f"{HINDI}\t{ENGLISH}\n", "utf8")
    with gzip.open(folder / "b.tsv.gz", "wt", encoding="utf8") as file:
        file.write(f"{HINDI} एक\t{ENGLISH}\n")
    assert len(read({"paths": str(tmp_path / "parallel")})[0]) == 2
    Dataset.from_dict({"hi": [HINDI], "en": [ENGLISH]}).save_to_disk(tmp_path / "saved")
    examples, _ = read({"paths": str(tmp_path / "saved"), "columns": {"source": "hi", "target": "en"}})
    assert [(e.source, e.target) for e in examples] == [(HINDI, ENGLISH)]


def test_hub_datasets_stream_and_scripts_are_read_from_the_hubs_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datasets

    rows = [{"text": HINDI, "summary": ENGLISH}] * 3
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf8")
    columns = {"source": "text", "target": "summary"}
    examples, drops = read({"hub": str(tmp_path), "columns": columns, "task": "summarise"})
    assert len(examples) == 1 and drops == {"repeated": 2}
    asked = []

    def load_dataset(path: str, config: str | None = None, **options):
        asked.append((path, config, options))
        if path != "parquet":
            raise RuntimeError("Dataset scripts are no longer supported, but found CrossSum.py")
        return iter(rows)

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    source = {"hub": "csebuetnlp/CrossSum", "config": "hindi-english", "columns": columns, "task": "summarise"}
    assert len(read(source)[0]) == 1
    assert asked[1][2]["data_files"].endswith("CrossSum@refs/convert/parquet/hindi-english/train/*.parquet")
    assert all(options["streaming"] for _, _, options in asked)


def test_denoising_reads_one_language_and_its_noise_loses_and_moves_words(tmp_path: Path) -> None:
    import random

    from summarizer.training.encoding import mask

    (tmp_path / "m.jsonl").write_text(json.dumps({"text": ENGLISH}), "utf8")
    examples, _ = read({"paths": str(tmp_path / "m.jsonl"), "reader": "denoise", "task": "denoise"})
    assert (examples[0].source, examples[0].target, examples[0].task) == (ENGLISH, ENGLISH, "denoise")
    noisy = [mask(ENGLISH, random.Random(seed)).split() for seed in range(30)]
    assert all(set(words) <= set(ENGLISH.split()) for words in noisy)
    assert any(len(words) < len(ENGLISH.split()) for words in noisy) and any(
        words != ENGLISH.split() for words in noisy
    )
