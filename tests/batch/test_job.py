"""A job's files when the run dies at any step: every call that changes a file is cut off once, before and after it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.batch.job import Job, fingerprint
from summarizer.batch.work import Outcome
from summarizer.errors import InputError, UsageError

CHUNKS = [[Outcome(n % 3 != 1, json.dumps({"id": str(5 * c + n)})) for n in range(5)] for c in range(3)]
SETTINGS = {"bullets": None}


class DeadError(BaseException):
    """Stands for kill -9: nothing catches it."""


def carry_on(out: Path) -> None:
    job = Job(out, SETTINGS)
    if not job.progress.complete:
        for chunk in CHUNKS[job.progress.records // 5 :]:
            job.commit(chunk)
        job.finish()


@pytest.mark.parametrize("after", [False, True])
def test_death_at_any_step_loses_and_repeats_nothing(tmp_path: Path, monkeypatch, after: bool) -> None:
    steps, deaths = 0, 0

    def mortal(call: Callable) -> Callable:
        def wrapped(*arguments, **options):
            nonlocal steps
            steps -= 1
            if steps == 0 and not after:
                raise DeadError
            result = call(*arguments, **options)
            if steps == 0:
                raise DeadError
            return result

        return wrapped

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, mortal(getattr(os, name)))
    monkeypatch.setattr(Path, "unlink", mortal(Path.unlink))
    for limit in range(1, 100):
        folder = tmp_path / str(limit)
        folder.mkdir()
        out, steps, before = folder / "out.jsonl", limit, deaths
        try:
            carry_on(out)
        except DeadError:
            deaths += 1
        steps = 0  # the second run is spared
        carry_on(out)
        good = [o.line for chunk in CHUNKS for o in chunk if o.good]
        bad = [o.line for chunk in CHUNKS for o in chunk if not o.good]
        assert out.read_text().splitlines() == good
        assert (folder / "out.jsonl.errors.jsonl").read_text().splitlines() == bad
        assert len(list(folder.iterdir())) == 3
        if deaths == before:  # no step was left to cut off
            break
    assert deaths > 15


def test_a_line_torn_by_a_kill_is_cut_off(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    job = Job(out, SETTINGS)
    job.commit(CHUNKS[0])
    with open(tmp_path / "out.jsonl.part", "a") as part:
        part.write('{"id": "6"}\n{"id": "to')
    del job
    carry_on(out)
    assert out.read_text().splitlines() == [o.line for chunk in CHUNKS for o in chunk if o.good]


def test_a_part_that_was_shortened_is_refused(tmp_path: Path) -> None:
    job = Job(tmp_path / "out.jsonl", SETTINGS)
    job.commit(CHUNKS[0])
    del job
    (tmp_path / "out.jsonl.part").write_text("")
    with pytest.raises(InputError, match="shorter than"):
        Job(tmp_path / "out.jsonl", SETTINGS)
    Job(tmp_path / "out.jsonl", SETTINGS, restart=True)


def test_a_record_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.job.json").write_text("[]")
    with pytest.raises(UsageError, match="no job's record"):
        Job(tmp_path / "out.jsonl", SETTINGS)


def test_fingerprint_sees_changed_added_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    seen = [fingerprint([str(tmp_path)]), fingerprint([str(tmp_path / "none")])]
    (tmp_path / "a").write_text("longer")
    seen.append(fingerprint([str(tmp_path)]))
    (tmp_path / "b").write_text("")
    seen.append(fingerprint([str(tmp_path)]))
    assert len(set(seen)) == 4 and seen[-1] == fingerprint([str(tmp_path)])
