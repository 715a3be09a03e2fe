"""Print constraints.txt: the version of everything that the project and its extras need, as installed here.

Needs Python 3.11 or newer:
    .venv/bin/python scripts/pin_constraints.py > constraints.txt

Run it in an environment that passes the tests. Local version tags (torch's +cpu) are dropped: which build of a version
is installed is the machine's choice. A release that does not run on an older Python is pinned from the first one that
has it; older ones take what the ranges of pyproject.toml allow.
"""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.10", "3.11", "3.12", "3.13")


def declared() -> list[Requirement]:
    """What pyproject.toml asks for, all extras included: the installed metadata of the project may be older."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (line for lines in project["optional-dependencies"].values() for line in lines)
    return [r for r in map(Requirement, [*project["dependencies"], *extras]) if r.name != project["name"]]


def needed(requirements: list[Requirement]) -> set[str]:
    """Names of the installed distributions that these need, directly or not."""
    seen: set[tuple[str, str]] = set()
    todo = [(canonicalize_name(r.name), extra) for r in requirements for extra in (*r.extras, "")]
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        for line in metadata.distribution(at[0]).requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": at[1]}):
                todo += [(canonicalize_name(requirement.name), e) for e in (*requirement.extras, "")]
    return {found for found, _ in seen}


def pin(name: str) -> str:
    distribution = metadata.distribution(name)
    versions = SpecifierSet(distribution.metadata.json.get("requires_python") or "")
    first = next(python for python in PYTHONS if f"{python}.9" in versions)
    marker = "" if first == PYTHONS[0] else f' ; python_version >= "{first}"'
    return f"{name}=={distribution.version.split('+')[0]}{marker}"


def main() -> None:
    print("# Tested versions, for `pip install -c constraints.txt`. Made by scripts/pin_constraints.py.")
    for name in sorted(needed(declared())):
        print(pin(name))


if __name__ == "__main__":
    main()
