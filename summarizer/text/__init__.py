"""Cleaning of articles: normal forms, HTML, sentences with roles, numbers. Pure Python on the standard library."""

from .html import looks_like_html
from .mapped import Mapped
from .normalise import normalise
from .numbers import find_numbers, missing, unsupported
from .segmenter import segment

__all__ = ["Mapped", "find_numbers", "looks_like_html", "missing", "normalise", "segment", "unsupported"]
