"""Raw files to splits: cleaned, without repeats, and no near-duplicate in two splits."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.errors import InputError, UsageError
from summarizer.training.prepare import Options, prepare_corpus, split_of

ROOT = Path(__file__).resolve().parents[2]
WORDS = "सरकार किसान योजना बारिश सड़क अस्पताल मरीज चुनाव मतदान पुलिस अदालत बैठक समझौता व्यापार बाजार फसल".split()


def article(seed: int) -> str:
    rng = random.Random(seed)
    sentences = [" ".join(rng.choice(WORDS) for _ in range(14)) + " है।" for _ in range(6)]
    return "नई दिल्ली: " + " ".join(sentences) + "\n\nयह भी पढ़ें:\n\nदूसरी खबर का शीर्षक यहां"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    rows = [{"id": f"a{i}", "text": article(i), "summary": f"Bullet number {i} about farmers."} for i in range(60)]
    for i in range(10):  # the same article with a new ending: a near-duplicate
        rows.append(
            {
                "id": f"near{i}",
                "text": article(i).split("\n")[0] + " नया वाक्य यहां है।",
                "summary": "Bullet about it all.",
            }
        )
    rows += [
        rows[3],
        {"id": "e", "text": "An English article.", "summary": "x y z w"},
        {"id": "n", "text": article(99)},
    ]
    path = tmp_path / "raw.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\nnot json\n", "utf8")
    return path


def test_splits_are_clean_and_share_no_wording(raw: Path, tmp_path: Path) -> None:
    options = Options(shares={"train": 0.5, "dev": 0.25, "test": 0.25})
    counts = prepare_corpus([str(raw)], tmp_path / "out", options, "MIT")
    assert sum(counts.values()) == 70 and all(counts.values())
    where: dict[str, str] = {}
    for name in counts:
        for line in (tmp_path / "out" / f"{name}.jsonl").read_text("utf8").splitlines():
            row = json.loads(line)
            where[row["id"]] = name
            assert "नई दिल्ली" not in row["text"] and "पढ़ें" not in row["text"]
    assert all(where[f"a{i}"] == where[f"near{i}"] for i in range(10))
    card = (tmp_path / "out" / "README.md").read_text("utf8")
    for expected in ("Licence: MIT", "not Hindi", "not JSON", "no summary", "repeated article", "one split: 10"):
        assert expected in card


def test_a_groups_split_does_not_depend_on_the_others() -> None:
    shares = {"train": 0.9, "dev": 0.05, "test": 0.05}
    found = [split_of(i * 7919, shares) for i in range(4000)]
    assert 0.87 < found.count("train") / 4000 < 0.93
    assert split_of(42, shares) == split_of(42, dict(shares))


def test_nothing_usable_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "short", "summary": "x"}), "utf8")
    with pytest.raises(InputError, match="no article left"):
        prepare_corpus([str(tmp_path / "a.jsonl")], tmp_path / "out", Options(), "MIT")


def test_shares_that_split_nothing_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    for shares in ({"train": 0.0, "dev": 0.0}, {"train": 1.5, "dev": -0.5}):
        with pytest.raises(UsageError, match="shares"):
            prepare_corpus(["no-such-file.jsonl"], tmp_path / "out", Options(shares=shares), "MIT")


def test_the_script(raw: Path, tmp_path: Path) -> None:
    command = [sys.executable, "scripts/prepare_corpus.py", str(raw), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["train", "dev", "test"]
