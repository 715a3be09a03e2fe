"""Summaries as one self-contained HTML page: the reading view of `summarizer serve`, from file:// and without a server.

The view is built by the page's own scripts from the data beside them; without scripts a plain listing is left to read.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from html import escape

from summarizer.document import Summary
from summarizer.web.assets import READING_SCRIPTS, READING_STYLES, asset
from summarizer.web.view import Article


def as_html(results: Iterable[tuple[Summary, Article]]) -> Iterator[str]:
    """The page in pieces: its head, each article as it comes, its end. Nothing for no results."""
    started = False
    for summary, article in results:
        if not started:
            yield _head(summary)
            started = True
        yield _plain(summary, article) + _data(summary, article)
    if started:
        yield _foot()


def _styles() -> str:
    return "".join(asset(name) for name in (*READING_STYLES, "saved.css"))


def _scripts() -> str:
    return "".join(asset(name) for name in (*READING_SCRIPTS, "saved.js"))


def _head(first: Summary) -> str:
    allowed = f"default-src 'none'; style-src {_hash(_styles())}; script-src {_hash(_scripts())}; base-uri 'none'"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(first.title or first.id or "Hindi news")} · in English</title>
<style>{_styles()}</style>
</head>
<body>
<header class="masthead"><span class="name">Hindi news, in English</span>
<button id="theme" class="plain" type="button" hidden>Theme</button></header>
<main class="wide">
<nav id="contents" class="contents" aria-label="Articles"></nav>
"""


def _plain(summary: Summary, article: Article) -> str:
    heading = escape(summary.title or summary.id or "")
    bullets = "".join(f"<li>{escape(bullet.text)}</li>\n" for bullet in summary.bullets)
    paragraphs: dict[int, list[str]] = {}
    for segment in article.segments:
        paragraphs.setdefault(segment.paragraph, []).append(escape(segment.text))
    text = "".join(f"<p>{' '.join(parts)}</p>\n" for parts in paragraphs.values())
    title = f'<h2 lang="hi">{heading}</h2>\n' if heading else ""
    return f'<article class="plain-listing">\n{title}<ul>\n{bullets}</ul>\n<div lang="hi">\n{text}</div>\n</article>\n'


def _data(summary: Summary, article: Article) -> str:
    data = json.dumps({"summary": summary.to_dict(), "article": article.to_dict()}, ensure_ascii=False)
    return f'<script type="application/json" class="reading-data">{data.replace("<", chr(92) + "u003c")}</script>\n'


def _foot() -> str:
    return f"</main>\n<script>{_scripts()}</script>\n</body>\n</html>\n"


def _hash(text: str) -> str:
    """The CSP source that allows this inline text alone."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
