"""Engines that turn source ids into hypotheses: CTranslate2 (the default) and torch.

Importing this package imports neither library; `load_engine` does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from summarizer.engines.base import DecodingOptions, Engine, Hypothesis
from summarizer.errors import UsageError

__all__ = ["KINDS", "DecodingOptions", "Engine", "Hypothesis", "load_engine"]

KINDS = ("auto", "ctranslate2", "torch")


def load_engine(path: str | Path, kind: str = "auto", device: str = "auto", threads: int | None = None) -> Engine:
    """The engine of a checkpoint.

    path: a checkpoint folder or a hub id. kind: "ctranslate2", "torch", or "auto": CTranslate2 where it runs on that
    device and can convert the checkpoint, else torch, with a note on stderr. device: "auto", "cpu", "cuda", for torch
    also "mps". threads: CPU threads of one generation, default the cores, at most 4
    (torch: its own).
    Raises ModelError when the checkpoint cannot be used, UsageError for an unknown kind or device.
    """
    from summarizer.models.loading import resolve

    if kind not in KINDS:
        raise UsageError(f"engine {kind!r} is unknown; engines: {', '.join(KINDS)}")
    if threads is not None and threads < 1:
        raise UsageError(f"threads is {threads}; it must be 1 or more")
    folder = resolve(path)
    if kind == "ctranslate2" or (kind == "auto" and device in ("auto", "cpu", "cuda")):
        from summarizer.engines.ct2 import ConversionError, CTranslate2Engine

        try:
            return CTranslate2Engine(folder, device, threads)
        except ConversionError as error:
            if kind == "ctranslate2":
                raise
            print(f"note: {error}; using torch", file=sys.stderr)
    from summarizer.engines.torch_engine import TorchEngine

    return TorchEngine(folder, device, threads)
