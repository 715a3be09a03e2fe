"""The article's text out of an HTML page, with offsets into the page. Not a browser: no styles, no scripts.

A scanner of its own instead of `html.parser`, whose time grows with the square of the length on unclosed mark-up and
which raises on some of it; a page from the web may hold either.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from html import unescape

from .mapped import Mapped


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCK = _names(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section table tbody td th thead tr ul"
)
_RAW = _names("script style template noscript textarea iframe title svg math xmp object")
_ASIDE = _names("nav header footer aside form figure figcaption button select menu dialog")
_MAIN = frozenset(("article", "main"))
_SHORTEST_MAIN = 200

_LOOKS = re.compile(
    r"<!doctype html|<(?:html|head|body|article|div|p|br|span|section|h[1-6]|table|ul|script)(?=[\s/>])", re.IGNORECASE
)
_CLOSES = re.compile(
    r"</(?:html|head|body|article|div|p|span|section|h[1-6]|table|ul|script|a|b|strong)\s*>|<br ?/?>|<p>", re.IGNORECASE
)
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_WHITE = re.compile(r"\s")
_TAG_END = re.compile(r"""[<>"']""")
_LONGEST_TAG = 20_000


def looks_like_html(text: str) -> bool:
    """Whether the text is mark-up: a known tag opens and one closes. A lone "<" in prose is not enough."""
    return bool(_LOOKS.search(text)) and bool(_CLOSES.search(text))


def to_text(html: str) -> Mapped:
    """The readable text with offsets into `html`: blocks on their own lines, entities decoded, page furniture left out.

    `<article>` or `<main>` is preferred when it holds enough text. Accepts any string, however broken, in linear time.
    """
    for skipped in (_ASIDE, frozenset[str]()):
        pieces = _Pieces(html, skipped)
        text = pieces.mapped()
        if text.text.strip():
            return text
    return Mapped.of("")


def end_of_character(html: str, at: int) -> int:
    """Offset behind the character that stands at `at`, which may be written as an entity."""
    entity = _ENTITY.match(html, at)
    return entity.end() if entity else at + 1


def title(html: str) -> str | None:
    """The first `<h1>` with text, else the `<title>`, else None."""
    for name in ("h1", "title"):
        for match in re.finditer(rf"<{name}(?=[\s>])[^>]{{0,500}}>", html, re.IGNORECASE):
            inner = html[match.end() : match.end() + 1000]
            inner = re.split(rf"</{name}", inner, maxsplit=1, flags=re.IGNORECASE)[0]
            found = " ".join(unescape(re.sub(r"<[^<>]*>", " ", inner)).split())
            if found:
                return found
    return None


def _scan(html: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end): kind "" is text, a name an opening tag, "/" + name a closing tag. Comments are dropped."""
    at = 0
    lower = html.lower() if len(html.lower()) == len(html) else html
    missing: set[str] = set()  # end marks that do not occur any more: never searched for twice
    while at < len(html):
        opened = html.find("<", at)
        if opened < 0:
            opened = len(html)
        if opened > at:
            yield "", at, opened
        if opened == len(html):
            return
        name = _NAME.match(html, opened + 1)
        if name:
            at = _tag_end(html, name.end())
            kind = name[0].lower()
            yield kind, opened, at
            if kind in _RAW and html[at - 2 : at - 1] != "/":
                at = _find(lower, f"</{kind}", at, missing, at)
        elif html.startswith(("<!", "<?", "</"), opened):
            comment = html.startswith("<!--", opened)
            end = _find(html, "-->", opened + 4, missing, -1) if comment else -1
            at = end + 3 if end >= 0 else _find(html, ">", opened, missing, len(html) - 1) + 1
        else:
            yield "", opened, opened + 1
            at = opened + 1


def _find(text: str, mark: str, start: int, missing: set[str], default: int) -> int:
    found = -1 if mark in missing else text.find(mark, start)
    if found < 0:
        missing.add(mark)
        return default
    return found


def _tag_end(html: str, at: int) -> int:
    """Offset behind the ">" of a tag; quoted values may hold ">". A tag that never ends stops at the next "<"."""
    limit = at + _LONGEST_TAG
    while match := _TAG_END.search(html, at, limit):
        if match[0] == ">":
            return match.end()
        if match[0] == "<":
            return match.start()
        closing = html.find(match[0], match.end(), limit)
        at = closing + 1 if closing >= 0 else match.end()
    return min(limit, len(html))


class _Pieces:
    """Collects the text outside skipped elements, and remembers which part of it is the main element's."""

    def __init__(self, html: str, skipped: frozenset[str]) -> None:
        self.html = html
        self.parts: list[str] = []
        self.offsets = array("I")
        self.mains: list[tuple[int, int]] = []
        depth = main_depth = main_start = 0
        for kind, start, end in _scan(html):
            name = kind.lstrip("/")
            if name in skipped:
                depth = max(0, depth - 1) if kind[0] == "/" else depth + 1
            elif name in _MAIN:
                depth = 0  # an aside never spans the main element: one left open ends here
                if kind[0] != "/":
                    main_depth += 1
                    main_start = len(self.offsets) if main_depth == 1 else main_start
                elif main_depth:
                    main_depth -= 1
                    if not main_depth:
                        self.mains.append((main_start, len(self.offsets)))
            if name in _BLOCK:
                self._add("\n", start)
            elif not kind and not depth:
                self._text(start, end)
        if main_depth:
            self.mains.append((main_start, len(self.offsets)))

    def _add(self, text: str, offset: int) -> None:
        self.parts.append(text)
        self.offsets.extend([offset] * len(text))

    def _text(self, start: int, end: int) -> None:
        at = start
        for entity in _ENTITY.finditer(self.html, start, end):
            self._plain(at, entity.start())
            self._add(unescape(entity[0]), entity.start())
            at = entity.end()
        self._plain(at, end)

    def _plain(self, start: int, end: int) -> None:
        self.parts.append(_WHITE.sub(" ", self.html[start:end]))
        self.offsets.extend(range(start, end))

    def mapped(self) -> Mapped:
        whole = Mapped("".join(self.parts), self.offsets)
        start, end = max(self.mains, key=lambda span: span[1] - span[0], default=(0, 0))
        main = whole[start:end]
        return main if len("".join(main.text.split())) >= _SHORTEST_MAIN else whole
