"""The whole path with an engine that needs no weights: what it says is made of the glosses and numbers it was shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from summarizer.api import Summarizer
from summarizer.engines import DecodingOptions, Hypothesis

_GLOSS = re.compile(r"\(([A-Za-z][^()]*)\)")


class ParrotCodec:
    """Texts by number in place of token ids."""

    family = SimpleNamespace(name="compact", tasks=("translate", "bullet"), max_source=256, max_target=128)

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode_sources(self, texts: Sequence[str], task: str = "translate") -> list[list[int]]:
        start = len(self.texts)
        self.texts += texts
        return [[start + i] for i in range(len(texts))]

    def decode(self, ids: Sequence[int]) -> str:
        return self.texts[ids[0]]


class ParrotEngine:
    name = "parrot"
    aligns = False

    def __init__(self) -> None:
        self.codec = ParrotCodec()
        self.sources: list[str] = []

    def generate(self, sources: Sequence[Sequence[int]], options: DecodingOptions) -> list[list[Hypothesis]]:
        found = []
        for source in sources:
            text = self.codec.texts[source[0]]
            self.sources.append(text)
            said = ", ".join(_GLOSS.findall(text)[:3]) or f"part {len(text)}"
            ids = self.codec.encode_sources([f"Officials spoke about {said}", f"Reporters heard of story {hash(text)}"])
            found.append([Hypothesis(tuple(i), -0.5 - n) for n, i in enumerate(ids)][: options.n_best])
        return found


@pytest.fixture
def parrot() -> Summarizer:
    return Summarizer(ParrotEngine())  # type: ignore[arg-type]  # only what the path uses of an engine and its codec
