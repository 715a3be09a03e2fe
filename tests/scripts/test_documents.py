"""The documents agree with the project: links lead somewhere, every dependency is listed at its tested version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "fuzz" / "README.md"])
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_files_lead_somewhere(page: Path) -> None:
    broken = [link for link in _LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not broken


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert not [
        page.name for page in (ROOT / "docs").glob("*.md") if page.name not in index and page.name != "README.md"
    ]


def test_dependencies_are_listed_with_a_licence_at_their_tested_version() -> None:
    lines = (ROOT / "docs" / "dependencies.md").read_text("utf-8").splitlines()
    listed = {cells[1]: (cells[2], cells[3]) for line in lines if len(cells := re.split(r"\s*\|\s*", line)) > 4}
    pins = [Requirement(line) for line in (ROOT / "constraints.txt").read_text().splitlines() if line[0] != "#"]
    assert len(pins) > 50
    for pin in pins:
        version, licence = listed[canonicalize_name(pin.name)]
        assert pin.specifier.contains(version, prereleases=True), f"{pin.name}: run scripts/list_licences.py"
        assert licence and licence != "not stated", pin.name
