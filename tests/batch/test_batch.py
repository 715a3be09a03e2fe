"""`summarizer batch` as processes: killed and resumed, with bad records, workers that die and disks that are full."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from summarizer.document import Summary

SCRIPT = str(Path(__file__).with_name("scripted_batch.py"))
ARTICLES = 200


def start(*arguments: str | Path, pause: float = 0.0, **options) -> subprocess.Popen[str]:
    environment = {**os.environ, "PAUSE": str(pause)}
    command = [sys.executable, SCRIPT, "batch", *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment, **options
    )


def run(*arguments: str | Path, **options) -> tuple[int, str]:
    process = start(*arguments, **options)
    out, err = process.communicate(timeout=120)
    assert out == ""
    return process.returncode, err


def article(number: int, extra: str = "") -> dict[str, str]:
    return {
        "id": f"a{number}",
        "title": f"समाचार {number}",
        "text": f"दिल्ली: मंत्री ने {'कल ' * (number % 3)}किसानों से व्यापार पर बात की. "
        f"{extra}रूस (Russia) ने भी इस पर सहमति जताई.",
    }


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two hundred articles, three of them bad."""
    lines = [json.dumps(article(n), ensure_ascii=False) for n in range(ARTICLES)]
    lines[20] = "{broken"
    lines[70] = json.dumps({"id": "english", "text": "No Hindi here at all."})
    lines[150] = json.dumps(article(150, "दोष "), ensure_ascii=False)
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def progress(out: Path) -> int:
    try:
        return json.loads(Path(f"{out}.job.json").read_text())["progress"]["records"]
    except FileNotFoundError:
        return 0


def kill_when(process: subprocess.Popen[str], out: Path, done: int) -> None:
    limit = time.monotonic() + 60
    while progress(out) < done and time.monotonic() < limit and process.poll() is None:
        time.sleep(0.005)
    assert process.poll() is None, process.communicate()[1]
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_twice_and_resumed_gives_the_bytes_of_an_uninterrupted_run(articles, tmp_path, workers):
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    code, err = run(articles, "-o", whole, "--workers", "2")
    assert code == 3 and "3 of 200 inputs failed" in err
    for done in (32, 96):
        kill_when(start(articles, "-o", out, "--workers", str(workers), pause=0.3), out, done)
        assert not out.exists() and done <= progress(out) < ARTICLES
    done = progress(out)
    code, err = run(articles, "-o", out, "--workers", str(workers))
    assert code == 3 and f"200 inputs ({ARTICLES - done} in this run)" in err
    assert out.read_bytes() == whole.read_bytes()
    assert Path(f"{out}.errors.jsonl").read_bytes() == Path(f"{whole}.errors.jsonl").read_bytes()
    ids = [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()]
    assert ids == [f"a{n}" for n in range(ARTICLES) if n not in (20, 70, 150)]
    assert sorted(p.name for p in tmp_path.glob("out.*")) == [
        "out.jsonl",
        "out.jsonl.errors.jsonl",
        "out.jsonl.job.json",
    ]


def test_errors_name_their_place_and_reason(articles, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run(articles, "-o", out)[0] == 3
    errors = [json.loads(line) for line in Path(f"{out}.errors.jsonl").read_text("utf-8").splitlines()]
    assert [e["line"] for e in errors] == [21, 71, 151]
    assert "not valid JSON" in errors[0]["error"] and "no Hindi" in errors[1]["error"]
    assert errors[2]["id"] == "a150" and "ZeroDivisionError" in errors[2]["error"]


def test_run_again_when_complete_does_nothing_and_other_settings_are_refused(articles, tmp_path):
    out = tmp_path / "out.jsonl"
    run(articles, "-o", out)
    before = out.stat()
    code, err = run(articles, "-o", out)
    assert code == 3 and "0 in this run" in err and out.stat().st_mtime_ns == before.st_mtime_ns
    code, err = run(articles, "-o", out, "--bullets", "1")
    assert code == 2 and "bullets was None, now 1" in err and "--restart" in err
    assert out.stat().st_mtime_ns == before.st_mtime_ns
    code, _ = run(articles, "-o", out, "--bullets", "1", "--restart")
    rows = [Summary.from_dict(json.loads(line)) for line in out.read_text("utf-8").splitlines()]
    assert code == 3 and {len(r.bullets) for r in rows} == {1}


def test_changed_inputs_and_a_strangers_file_are_refused(articles, tmp_path):
    out = tmp_path / "out.jsonl"
    kill_when(start(articles, "-o", out, pause=0.3), out, 32)
    with open(articles, "a", encoding="utf-8") as more:
        more.write(json.dumps(article(999), ensure_ascii=False) + "\n")
    code, err = run(articles, "-o", out)
    assert code == 2 and "contents was" in err
    other = tmp_path / "notes.jsonl"
    other.write_text("mine\n")
    code, err = run(articles, "-o", other)
    assert code == 2 and "--restart" in err and other.read_text() == "mine\n"


def test_a_record_that_kills_its_process_costs_itself_alone(tmp_path):
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [article(n, "विष " if n == 5 else "") for n in range(40)]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    code, err = run(path, "-o", out)
    assert code == 3, err
    errors = [json.loads(line) for line in Path(f"{out}.errors.jsonl").read_text("utf-8").splitlines()]
    assert [e["id"] for e in errors] == ["a5"] and "died (signal 9)" in errors[0]["error"]
    assert len(out.read_text("utf-8").splitlines()) == 39


def test_workers_end_when_the_run_is_killed(articles, tmp_path):
    process = start(articles, "-o", tmp_path / "out.jsonl", "--workers", "2", pause=0.2, start_new_session=True)
    kill_when(process, tmp_path / "out.jsonl", 32)
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("worker processes outlived the run")


def test_a_full_disk_keeps_what_is_done(articles, tmp_path):
    out, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    run(articles, "-o", whole)
    size = whole.stat().st_size // 2

    def full() -> None:  # a write beyond this size fails, part of it written, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, err = run(articles, "-o", out, preexec_fn=full)
    assert code == 1 and "cannot be written" in err and "make room and run it again" in err and "Traceback" not in err
    assert 0 < progress(out) < ARTICLES and not out.exists()
    assert run(articles, "-o", out)[0] == 3
    assert out.read_bytes() == whole.read_bytes()


def test_two_runs_on_one_output(articles, tmp_path):
    out = tmp_path / "out.jsonl"
    first = start(articles, "-o", out, pause=0.3)
    while not progress(out):
        time.sleep(0.01)
    code, err = run(articles, "-o", out)
    assert code == 2 and "another run is at work on it" in err
    assert first.wait(60) == 3


def test_parquet_holds_the_same_summaries(articles, tmp_path):
    lines, table = tmp_path / "out.jsonl", tmp_path / "out.parquet"
    run(articles, "-o", lines)
    assert run(articles, "-o", table)[0] == 3
    rows = [Summary.from_dict(row) for row in pq.read_table(table).to_pylist()]
    wanted = [Summary.from_dict(json.loads(line)) for line in lines.read_text("utf-8").splitlines()]
    assert [r.to_json() for r in rows] == [w.to_json() for w in wanted]
    # and what comes out of Parquet goes in
    again = tmp_path / "again.jsonl"
    source = tmp_path / "in.parquet"
    pq.write_table(pq.read_table(table).select(["id", "title"]).append_column("text", [[ROW] * len(rows)]), source)
    assert run(source, "-o", again)[0] == 0


ROW = "मंत्री ने किसानों से व्यापार पर बात की."


def test_empty_inputs(tmp_path):
    empty, out = tmp_path / "empty.jsonl", tmp_path / "out.jsonl"
    empty.write_text("")
    code, err = run(empty, "-o", out)
    assert code == 1 and out.read_text() == "" and "1 of 1 inputs failed" in err
    table = tmp_path / "out.parquet"
    assert run(empty, "-o", table)[0] == 1 and pq.read_table(table).num_rows == 0
    code, err = run(tmp_path / "nowhere.jsonl", "-o", tmp_path / "x.jsonl")
    assert code == 1 and "no such file" in Path(tmp_path / "x.jsonl.errors.jsonl").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-", "-o", "x.jsonl"], "summarize for standard input"),
        (["in.jsonl", "-o", "x.txt"], "must end in one of .jsonl, .parquet"),
        (["in.jsonl", "-o", "."], "must end in one of"),
        ([".", "-o", "./x.jsonl"], "lies in the input"),
    ],
)
def test_wrong_usage(tmp_path, arguments, said):
    code, err = run(*arguments, cwd=tmp_path)
    assert code == 2 and said in err


def test_the_bar_shows_rate_and_remaining_time(articles, tmp_path):
    _, err = run(articles, "-o", tmp_path / "out.jsonl", pause=0.1)
    assert "200/200" in err and "articles/s" in err and "<00:00" in err
    _, err = run(articles, "-o", tmp_path / "quiet.jsonl", "--quiet")
    assert err.startswith("error: 3 of 200 inputs failed") and "articles/s" not in err
