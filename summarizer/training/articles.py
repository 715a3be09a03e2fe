"""Whole articles as the strategy "direct" feeds them: body sentences in a row, each gloss judged, mended and marked.

One path for training and inference: a model is asked in the words it was taught with.
"""

from __future__ import annotations

from dataclasses import replace

from summarizer.anchors import Lexicon
from summarizer.errors import InputError
from summarizer.pipeline.direct import article_unit
from summarizer.pipeline.prepare import prepare
from summarizer.training.corpora import Example

# The modes of a run's glosses → those of `summarizer summarize --anchors`.
ANCHORS = {"none": "none", "inline": "sound", "shuffled": "shuffled"}


def as_fed(example: Example, mode: str) -> Example | None:
    """An example with a raw article as its source → the same with what the model reads of it; None for a text without
    a Hindi body.

    mode: none = no gloss at all; inline = as by default at inference: the article's own glosses, broken ones mended or
    left out, those of the glossary and those by sound; shuffled = the same spellings on the wrong words.
    """
    try:
        article = prepare(example.source, Lexicon.load(), ANCHORS[mode])
    except InputError:
        return None
    return replace(example, source=article_unit(article).source)
