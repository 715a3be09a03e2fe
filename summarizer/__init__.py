"""Hindi news article in, faithful English bullets out.

    from summarizer import Summarizer
    print(Summarizer.load().summarize(text).to_markdown())

Importing this package is instant: models and torch are imported when a Summarizer is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.document import Anchor, Bullet, Sentence, Summary

if TYPE_CHECKING:
    from summarizer.api import Summarizer

__version__ = "0.1.0"
__all__ = ["Anchor", "Bullet", "Sentence", "Summarizer", "Summary", "__version__"]


def __getattr__(name: str):
    if name == "Summarizer":
        from summarizer.api import Summarizer

        return Summarizer
    raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
