"""Judging of the annotated articles' brackets must not fall below what docs/anchors.md reports (development split)."""

import runpy
from pathlib import Path

from anchor_tools import DEV, needs_articles

from summarizer.anchors import Lexicon

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "measure_anchors.py"


@needs_articles
def test_development_articles():
    measure = runpy.run_path(str(SCRIPT))
    figures = measure["compare"](DEV, Lexicon.load(), False)
    assert figures["brackets"] == 284 and figures["missing"] == figures["extra"] == 0
    assert figures["span accuracy"] >= 0.94
    for status, least in (("valid", 0.99), ("placeholder", 1.0), ("misspelt", 0.8), ("not_a_gloss", 0.97)):
        assert figures[f"{status} precision"] >= least and figures[f"{status} recall"] >= least, status
    without = measure["compare"](DEV, None, False)
    assert without["span accuracy"] < figures["span accuracy"]
    assert without["misspelt recall"] == 0.0
