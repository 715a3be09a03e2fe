"""Shared fixtures: tiny checkpoints of every family, a cache of the tests' own, the embedded checkpoint."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"  # before anything imports the hub client
os.environ.setdefault("OMP_NUM_THREADS", "1")  # tests run side by side

import pytest
import tiny_checkpoints

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Converted models go to the tests' own folder, one for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "converted"
    os.environ["SUMMARIZER_CACHE"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The tiny checkpoint folder of a family by its name; built at first use, read-only by agreement."""
    folder, built = tmp_path_factory.mktemp("tiny"), {}

    def of(family: str) -> Path:
        if family not in built:
            built[family] = tiny_checkpoints.BUILDERS[family](folder / family)
        return built[family]

    return of


@pytest.fixture(scope="session")
def tiny_mt5(tiny: Callable[[str], Path]) -> Path:
    return tiny("mt5")


@pytest.fixture(scope="session")
def tiny_indicbart(tiny: Callable[[str], Path]) -> Path:
    return tiny("indicbart")


@pytest.fixture(scope="session")
def tiny_compact(tiny: Callable[[str], Path]) -> Path:
    return tiny("compact")


@pytest.fixture(scope="session", params=sorted(tiny_checkpoints.BUILDERS))
def checkpoint(request: pytest.FixtureRequest, tiny: Callable[[str], Path]) -> Path:
    """Each family's tiny checkpoint in turn."""
    return tiny(request.param)


@pytest.fixture(scope="session")
def default_checkpoint() -> Path:
    """The embedded checkpoint, else the first compact one of the shared folder beside the project."""
    for folder in (ROOT / "summarizer" / "default", ROOT.parent / "shared" / "checkpoints" / "compact"):
        if (folder / "model.safetensors").exists():
            return folder
    pytest.skip("no trained checkpoint: summarizer/default has no weights, nor is ../shared/checkpoints/compact there")


@pytest.fixture(scope="session")
def hindi() -> list[str]:
    """A dozen news sentences, some with glosses."""
    return tiny_checkpoints.HINDI


@pytest.fixture(scope="session")
def english() -> list[str]:
    """Their translations."""
    return tiny_checkpoints.ENGLISH
