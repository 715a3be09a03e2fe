"""Rooms import one way only, and what must be instant imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "summarizer"
# Each room with those it may import. `training` and `evaluation` use the path; nothing in the path uses them.
MAY_IMPORT = {
    "errors": set(),
    "document": set(),
    "text": {"document", "errors"},
    "anchors": {"document", "errors", "text"},
    "selection": {"document", "errors", "text", "anchors"},
    "models": {"document", "errors"},
    "engines": {"document", "errors", "models"},
    "pipeline": {"document", "errors", "text", "anchors", "selection"},
    "generation": {"engines", "pipeline"},
    "api": {"document", "errors", "text", "anchors", "selection", "models", "engines", "pipeline", "generation"},
}
PATH = set(MAY_IMPORT)


def rooms_imported(file: Path) -> set[str]:
    found = set()
    parts = file.relative_to(PACKAGE).parts
    for node in ast.walk(ast.parse(file.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                base = ["summarizer", *parts[:-1]][: len(parts) - node.level + 1]
                module = ".".join([*base, module]) if module else ".".join(base)
            if module.startswith("summarizer."):
                found.add(module.split(".")[1])
            elif module == "summarizer":
                found |= {
                    a.name for a in node.names if (PACKAGE / a.name).is_dir() or (PACKAGE / f"{a.name}.py").exists()
                }
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("summarizer.")}
    return found


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_point_one_way(room: str) -> None:
    files = [PACKAGE / f"{room}.py"] if (PACKAGE / f"{room}.py").exists() else sorted((PACKAGE / room).rglob("*.py"))
    assert files
    for file in files:
        strangers = rooms_imported(file) - MAY_IMPORT[room] - {room}
        assert not strangers, f"{file.relative_to(ROOT)} imports {sorted(strangers)}"


def test_nothing_in_the_path_uses_training_or_evaluation() -> None:
    for room in PATH:
        assert not MAY_IMPORT[room] & {"training", "evaluation", "cli", "web"}


@pytest.mark.parametrize(
    "statement",
    [
        "import summarizer",
        "from summarizer import Summary, Bullet, Anchor",
        "import summarizer.api",
        "from summarizer.cli import main; import contextlib\nwith contextlib.suppress(SystemExit): main(['--help'])",
    ],
)
def test_instant_imports_load_nothing_heavy(statement: str) -> None:
    heavy = ("torch", "transformers", "datasets", "evaluate", "hydra", "matplotlib", "fastapi", "pandas")
    code = f"import sys\n{statement}\nprint([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().splitlines()[-1] == "[]"
