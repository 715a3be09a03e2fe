"""The page's files, read from the package. Nothing is looked up by a name that a request gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
READING_STYLES = ("theme.css", "reading.css")
READING_SCRIPTS = (
    "theme.js",
    "card.js",
    "copying.js",
    "linking.js",
    "reading.js",
)  # each uses those before it

# URL path -> (file, media type)
ROUTES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/docs": ("docs.html", "text/html; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
    "/example.json": ("example.json", "application/json"),
    **{f"/{n}": (n, "text/css; charset=utf-8") for n in (*READING_STYLES, "page.css")},
    **{f"/{n}": (n, "text/javascript; charset=utf-8") for n in (*READING_SCRIPTS, "files.js", "page.js", "docs.js")},
}


@cache
def asset(name: str) -> str:
    """The text of one of the page's files."""
    return (FOLDER / name).read_text(encoding="utf-8")
