"""The report's articles: source with anchors marked, beside the reference and every system's bullets, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from summarizer.evaluation import tables
from summarizer.evaluation.scoring import BY_KEY


def articles_section(results: dict[str, Any]) -> str:
    articles = "".join(_article(results, place, article) for place, article in enumerate(results["articles"]))
    return (
        '<section><h2>Articles</h2><p class="controls"><label>sort by <select id="sort-metric"></select></label> '
        '<label>of <select id="sort-system"></select></label> '
        '<button id="sort-order" type="button">lowest first</button> '
        '<button id="open-all" type="button">open all</button></p>'
        '<p class="marks">Source: <mark class="valid">gloss kept</mark> <mark class="placeholder">placeholder</mark> '
        '<mark class="misspelt">misspelt</mark> <mark class="misplaced">misplaced</mark>; '
        "tinted lines are what the first system chose. "
        'Bullets: <mark>gloss</mark>, <mark class="bad">unsupported name or number, other spelling, leak</mark>.</p>'
        f'<div id="articles">{articles}</div></section>'
    )


def _article(results: dict[str, Any], place: int, article: dict[str, Any]) -> str:
    names = [s["name"] for s in results["systems"]]
    used = {i for b in article["systems"][names[0]]["bullets"] for i in b["sources"] or ()}
    source = "".join(
        f'<p class="{s["role"]}{" used" if s["index"] in used else ""}" data-index="{s["index"]}">{_source(s)}</p>'
        for s in article["sentences"]
    )
    columns = "".join(
        f"<h4>{escape(name)} {_facts(article['systems'][name])}</h4>"
        f"{_bullets(article['systems'][name], article['anchors'])}"
        for name in names
    )
    reference = "".join(f"<li>{_mark(line, article['anchors'], ())}</li>" for line in article["reference"])
    return (
        f'<details class="article" data-place="{place}"><summary><b>{escape(article["id"])}</b> '
        f'<span lang="hi">{escape(article["title"])}</span> <span class="score"></span></summary>'
        f'<div class="columns"><div class="source" lang="hi">{source}</div>'
        f"<div><h4>reference</h4><ul>{reference}</ul>{columns}</div></div></details>"
    )


def _facts(one: dict[str, Any]) -> str:
    shown = []
    for key in ("rouge2", "anchor_recall", "similarity"):
        value = tables.article_value(one, key)
        if value is not None:
            shown.append(f"{BY_KEY[key].title} {tables.show(BY_KEY[key], value)}")
    return f'<span class="facts">{" · ".join(shown)}</span>'


def _bullets(one: dict[str, Any], anchors: Sequence[str]) -> str:
    bad = [v["surface"] for v in one["variants"]] + one["leaks"]
    items = "".join(
        f'<li data-sources="{escape(" ".join(map(str, b["sources"] or ())))}">'
        f"{_mark(b['text'], anchors, [*b['names'], *b['numbers'], *bad])}</li>"
        for b in one["bullets"]
    )
    missing = f'<p class="missing">not there: {escape(", ".join(one["missing"]))}</p>' if one["missing"] else ""
    notes = "".join(f"<li>{escape(note)}</li>" for note in one["notes"])
    more = f"<details><summary>notes</summary><ul>{notes}</ul></details>" if notes else ""
    return f"<ul>{items}</ul>{missing}{more}"


def _source(sentence: dict[str, Any]) -> str:
    text, out, last = sentence["text"], [], 0
    for span in sorted(sentence["anchors"], key=lambda a: (a["start"], -a["end"])):
        if span["start"] >= last:
            out.append(escape(text[last : span["start"]]))
            inner = escape(text[span["start"] : span["end"]])
            out.append(f'<mark class="{span["status"]}" title="{escape(span["en"])}">{inner}</mark>')
            last = span["end"]
    return "".join(out) + escape(text[last:])


def _mark(text: str, good: Iterable[str], bad: Iterable[str]) -> str:
    """Text with anchors and findings marked; findings come first where both hold."""
    kinds = {g.casefold(): "" for g in good} | {b.casefold(): ' class="bad"' for b in bad}
    words = sorted(filter(None, kinds), key=len, reverse=True)
    if not words:
        return escape(text)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    parts = pattern.split(text)
    return "".join(
        f"<mark{kinds.get(part.casefold(), '')}>{escape(part)}</mark>" if i % 2 else escape(part)
        for i, part in enumerate(parts)
    )
