"""Cleaning of articles: normal forms, HTML, sentences with roles, numbers. Pure Python on the standard library."""

from .html import looks_like_html
from .mapped import Mapped
from .normalise import normalise
from .segmenter import segment

__all__ = ["Mapped", "looks_like_html", "normalise", "segment"]
