"""The cache of converted models: found by content, whole or rebuilt, shared by processes."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.engines import cache
from summarizer.errors import ModelError


class Converter:
    """Writes two files from the source's bytes and counts how often it had to."""

    def __init__(self, source: Path) -> None:
        self.source, self.calls = source, 0

    def __call__(self, target: Path) -> None:
        self.calls += 1
        (target / "model.bin").write_bytes(self.source.read_bytes() * 3)
        (target / "shared_vocabulary.json").write_text("[]")

    def use(self, recipe: str = "int8") -> Path:
        with cache.converted_model([self.source], recipe, self) as folder:
            assert (folder / "model.bin").read_bytes() == self.source.read_bytes() * 3
            return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("SUMMARIZER_CACHE", str(folder))
    return folder


@pytest.fixture
def converter(tmp_path: Path, home: Path) -> Converter:
    source = tmp_path / "model.safetensors"
    source.write_bytes(os.urandom(100_000))
    return Converter(source)


def test_converts_once(converter: Converter, home: Path) -> None:
    assert converter.use() == converter.use()
    assert converter.calls == 1
    assert [f.name for f in home.iterdir()] == [converter.use().name]


def test_another_content_or_recipe_is_another_model(converter: Converter) -> None:
    first = converter.use()
    assert converter.use("float32") != first
    data = bytearray(converter.source.read_bytes())
    stamp = converter.source.stat()
    data[50_000] ^= 1
    converter.source.write_bytes(data)
    os.utime(converter.source, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))  # same size, same time
    assert converter.use() != first and converter.calls == 3


def test_the_same_content_elsewhere_is_the_same_model(converter: Converter, tmp_path: Path) -> None:
    first = converter.use()
    (tmp_path / "moved").mkdir()
    converter.source = converter.source.rename(tmp_path / "moved" / "model.safetensors")
    assert converter.use() == first and converter.calls == 1


def truncate(folder: Path) -> None:
    os.truncate(folder / "model.bin", 1000)


def flip_a_bit(folder: Path) -> None:
    data = bytearray((folder / "model.bin").read_bytes())
    data[77] ^= 1
    (folder / "model.bin").write_bytes(data)


def drop_vocabulary(folder: Path) -> None:
    (folder / "shared_vocabulary.json").unlink()


def drop_manifest(folder: Path) -> None:
    (folder / cache.MANIFEST).unlink()


def garble_manifest(folder: Path) -> None:
    (folder / cache.MANIFEST).write_text('{"model.bin": 3}')


def file_in_the_way(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


@pytest.mark.parametrize(
    "damage", [truncate, flip_a_bit, drop_vocabulary, drop_manifest, garble_manifest, file_in_the_way]
)
def test_damage_is_seen_and_mended(converter: Converter, home: Path, damage: Callable[[Path], None]) -> None:
    folder = converter.use()
    damage(folder)
    assert converter.use() == folder and converter.calls == 2
    assert converter.use() == folder and converter.calls == 2
    assert [f.name for f in home.iterdir()] == [folder.name]


def test_two_processes_at_once(converter: Converter, home: Path) -> None:
    program = """
import sys, time
from pathlib import Path
from summarizer.engines.cache import converted_model
def convert(target):
    time.sleep(0.5)
    (target / "model.bin").write_bytes(b"x" * 100_000)
with converted_model([Path(sys.argv[1])], "int8", convert) as folder:
    print(folder, (folder / "model.bin").stat().st_size)
"""
    command = [sys.executable, "-c", program, str(converter.source)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = {process.communicate(timeout=60)[0] for process in started}
    assert [process.returncode for process in started] == [0, 0, 0]
    assert len(outputs) == 1 and outputs.pop().endswith(" 100000\n")
    assert len(list(home.iterdir())) == 1


def test_an_unwritable_cache_costs_a_warning(
    converter: Converter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "file" / "cache"))
    folder = converter.use()
    captured = capsys.readouterr()
    assert "SUMMARIZER_CACHE" in captured.err and captured.out == ""
    assert not folder.exists()


def test_no_home(converter: Converter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: None)
    converter.use()
    assert "no home folder" in capsys.readouterr().err


def test_a_full_disk_is_said(converter: Converter, home: Path) -> None:
    def convert(target: Path) -> None:
        (target / "model.bin").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with (
        pytest.raises(ModelError, match="no space left.*SUMMARIZER_CACHE"),
        cache.converted_model([converter.source], "int8", convert),
    ):
        pass
    assert list(home.iterdir()) == []
    assert converter.use().exists()


def test_a_failed_conversion_leaves_nothing(converter: Converter, home: Path) -> None:
    def convert(target: Path) -> None:
        raise ModelError("cannot")

    with pytest.raises(ModelError, match="cannot"), cache.converted_model([converter.source], "int8", convert):
        pass
    assert list(home.iterdir()) == []


def test_leavings_of_killed_processes_go(converter: Converter, home: Path) -> None:
    old, running = home / "1.part", home / "2.part"
    old.mkdir(parents=True)
    running.mkdir()
    past = time.time() - 7200
    os.utime(old, (past, past))
    converter.use()
    assert not old.exists() and running.exists()


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SUMMARIZER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.cache_folder() == tmp_path / "xdg" / "hindi-news-summarizer"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.cache_folder() == tmp_path / ".cache" / "hindi-news-summarizer"
