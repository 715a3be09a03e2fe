"""Facts of a model card's front matter."""

from __future__ import annotations

import pytest

from summarizer.cli.info import card_facts, versions
from summarizer.errors import ModelError

CARD = """---
license: mit
datasets:
  - name: Samanantar
    license: CC0
---
# A model
---
"""


def test_front_matter_of_a_card(tmp_path):
    (tmp_path / "README.md").write_text(CARD)
    assert card_facts(tmp_path) == {"license": "mit", "datasets": [{"name": "Samanantar", "license": "CC0"}]}
    (tmp_path / "MODEL_CARD.md").write_text("# No front matter")
    assert card_facts(tmp_path) == {}


@pytest.mark.parametrize("front", ["a: [", "- a\n- b", "!!python/object/apply:os.getcwd []"])
def test_broken_front_matter_names_the_card(tmp_path, front):
    (tmp_path / "MODEL_CARD.md").write_text(f"---\n{front}\n---\n")
    with pytest.raises(ModelError, match="MODEL_CARD.md: its front matter"):
        card_facts(tmp_path)


def test_no_card_at_all(tmp_path):
    assert card_facts(tmp_path) == {}


def test_versions_name_the_libraries():
    assert {"python", "torch", "ctranslate2"} <= set(versions())
