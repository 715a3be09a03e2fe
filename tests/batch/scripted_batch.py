"""`summarizer batch` with an engine of the test's own, which takes its time and dies on request: a script, so that the
processes that it spawns import it too."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from types import SimpleNamespace

from summarizer.api import Summarizer
from summarizer.batch.work import Settings
from summarizer.cli import main
from summarizer.engines import DecodingOptions, Hypothesis

PAUSE = float(os.environ.get("PAUSE", "0"))  # seconds a generation takes


class Codec:
    family = SimpleNamespace(name="compact", tasks=("translate", "bullet"), max_source=256, max_target=128)

    def encode_sources(self, texts: Sequence[str], task: str = "translate") -> list[list[int]]:
        return [[ord(c) for c in text] for text in texts]

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(map(chr, ids))


class Engine:
    name, codec = "scripted", Codec()

    aligns = False

    def generate(self, sources: Sequence[Sequence[int]], options: DecodingOptions) -> list[list[Hypothesis]]:
        time.sleep(PAUSE)
        return [[Hypothesis(tuple(map(ord, self._answer(self.codec.decode(s)))), -0.5)] for s in sources]

    def _answer(self, source: str) -> str:
        if "विष" in source:
            os.kill(os.getpid(), signal.SIGKILL)
        if "दोष" in source:
            raise ZeroDivisionError("a fault of the program")
        return "" if "चुप" in source else f"The minister spoke about {'tea and ' * (len(source) % 2)}trade with farmers."


def load(settings: Settings) -> Summarizer:
    return Summarizer(Engine(), name=settings.model or "scripted")


Settings.load = load  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(main())
