"""Which sentences of an article the bullets rest on."""

from summarizer.selection.select import default_bullets, select

__all__ = ["default_bullets", "select"]
