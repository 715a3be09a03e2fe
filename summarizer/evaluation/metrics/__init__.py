"""Metric modules for the `evaluate` library, each a folder that `evaluate.load(folder)` takes without a network."""

from __future__ import annotations

from pathlib import Path

ROUGE = Path(__file__).with_name("rouge")
