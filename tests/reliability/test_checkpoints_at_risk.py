"""A real conversion where something goes wrong around it: two at once, damage, nowhere to write, pickles."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from summarizer.api import Summarizer
from summarizer.errors import ModelError

SENTENCES = ["रूस (Russia) ने सोमवार को बातचीत का प्रस्ताव रखा।", "दिल्ली में बारिश हुई।"]


def english(model: Path) -> list[str]:
    return Summarizer.load(model, engine="ctranslate2", threads=1).translate(SENTENCES)


@pytest.fixture
def converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "converted"
    monkeypatch.setenv("SUMMARIZER_CACHE", str(folder))
    return folder


def start(model: Path, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "summarizer", "translate", "--model", str(model), "--threads", "1", "-"]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        text=True,
        encoding="utf-8",
    )


def ended(processes: Sequence[subprocess.Popen[str]]) -> list[tuple[str, str]]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n".join(SENTENCES) + "\n")
        process.stdin.close()
        process.stdin = None
    return [process.communicate(timeout=240) for process in processes]


@pytest.mark.slow  # two processes that import torch to convert
def test_two_processes_convert_at_once(tiny_compact: Path, converted: Path) -> None:
    processes = [start(tiny_compact) for _ in range(2)]
    (one, two) = ended(processes)
    assert [process.returncode for process in processes] == [0, 0], one[1] + two[1]
    assert one[0] == two[0] == "".join(f"{line}\n" for line in english(tiny_compact))
    assert len(list(converted.iterdir())) == 1


@pytest.mark.slow  # a process that imports torch to convert
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that not even root may write to: /proc")
def test_a_home_that_cannot_be_written(tiny_compact: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Caches of other libraries included: a container often runs with a read-only home."""
    for variable in ("SUMMARIZER_CACHE", "XDG_CACHE_HOME", "HF_HOME"):
        monkeypatch.delenv(variable, raising=False)
    process = start(tiny_compact, HOME="/proc")
    ((out, err),) = ended([process])
    assert process.returncode == 0 and len(out.splitlines()) == len(SENTENCES)
    assert err.startswith("warning: the converted model cannot be kept in /proc/.cache") and "Traceback" not in err


def test_a_damaged_conversion_is_made_again(tiny_compact: Path, converted: Path) -> None:
    first = english(tiny_compact)
    (folder,) = converted.iterdir()
    model = folder / "model.bin"
    good = model.read_bytes()
    for damaged in (good[: len(good) // 2], good[:-8] + bytes(8), b""):
        model.write_bytes(damaged)
        assert english(tiny_compact) == first
        assert model.read_bytes() == good
    shutil.rmtree(folder)
    assert english(tiny_compact) == first


class Bomb:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple:
        return Path.touch, (self.file,)


@pytest.mark.parametrize(
    "name", ["pytorch_model.bin", "model.safetensors", "model.bin", "tokenizer.json", "config.json"]
)
@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
def test_no_file_of_a_checkpoint_is_unpickled(
    tiny_compact: Path, converted: Path, tmp_path: Path, name: str, engine: str
) -> None:
    folder, mark = tmp_path / "checkpoint", tmp_path / "code was run"
    shutil.copytree(tiny_compact, folder)
    if name.endswith(".bin"):
        (folder / "model.safetensors").unlink()
    (folder / name).write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(ModelError, match=str(folder)) as raised:
        Summarizer.load(folder, engine=engine)
    assert not mark.exists() and "\n" not in str(raised.value)
    pickle.loads((folder / name).read_bytes())
    assert mark.exists()  # it was a bomb
