"""Readers of articles and writers of summaries. Nothing is cleaned, selected or translated here."""

from summarizer.formats.readers import read, read_all
from summarizer.formats.records import BadRecord, Record

__all__ = ["BadRecord", "Record", "read", "read_all"]
