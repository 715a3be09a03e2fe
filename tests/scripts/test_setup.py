"""The set-up files agree: every dependency of pyproject.toml is pinned at a version that it allows."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "hindi-news-summarizer"


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [r for r in map(Requirement, [*project["dependencies"], *extras]) if r.name != PROJECT]


def test_every_dependency_is_pinned_within_its_range():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    pins = {canonicalize_name(r.name): next(iter(r.specifier)).version for r in map(Requirement, lines)}
    assert len(declared()) > 20
    for requirement in declared():
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name}: run scripts/pin_constraints.py"
        assert requirement.specifier.contains(pins[name], prereleases=True), requirement
    assert not any("+" in version for version in pins.values())


@pytest.mark.parametrize("script", ["scripts/environment.sh", "scripts/quickstart.sh", "scripts/test.sh", ".ci/run"])
def test_scripts_parse(script):
    assert subprocess.run(["bash", "-n", ROOT / script]).returncode == 0


def test_an_old_python_is_refused_with_the_remedy(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\ncase $2 in *sys.exit*) exit 1;; *) echo 3.8;; esac\n")
    old.chmod(0o755)
    line = f"source {ROOT}/scripts/environment.sh; PYTHON={old}; find_python"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
    assert done.returncode == 1 and "no Python 3.11 or newer found (found: 3.8)" in done.stderr


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    bare = tmp_path / "python3"
    bare.write_text("#!/bin/sh\ncase $2 in *ensurepip*) exit 1;; *) echo 3.11;; esac\n")
    bare.chmod(0o755)
    line = f"source {ROOT}/scripts/environment.sh; PYTHON={bare}; find_python"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
    assert done.returncode == 1 and "apt install python3-venv" in done.stderr
