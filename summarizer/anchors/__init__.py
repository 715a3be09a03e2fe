"""Glosses of Hindi news, रूस (Russia): found, judged, repaired, put before the model and looked for in its English."""

from summarizer.anchors.annotate import annotate, keep_origins
from summarizer.anchors.brackets import is_placeholder
from summarizer.anchors.lexicon import Entry, Lexicon
from summarizer.anchors.marking import mark, visible
from summarizer.anchors.scoring import AnchorReport, consistency, enforce, leaks
from summarizer.anchors.transliteration import transliterate
from summarizer.anchors.unlisted import unlisted

__all__ = [
    "AnchorReport",
    "Entry",
    "Lexicon",
    "annotate",
    "consistency",
    "enforce",
    "is_placeholder",
    "keep_origins",
    "leaks",
    "mark",
    "transliterate",
    "unlisted",
    "visible",
]
