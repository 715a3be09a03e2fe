"""An engine that says what a test tells it to: hypotheses by a word of the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest

from summarizer.api import Summarizer
from summarizer.engines import DecodingOptions, Hypothesis


class ScriptedCodec:
    family = SimpleNamespace(name="compact", tasks=("translate", "bullet"), max_source=256, max_target=128)

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.tasks: list[str] = []

    def encode_sources(self, texts: Sequence[str], task: str = "translate") -> list[list[int]]:
        self.tasks.append(task)
        start = len(self.texts)
        self.texts += texts
        return [[start + i] for i in range(len(texts))]

    def decode(self, ids: Sequence[int]) -> str:
        return self.texts[ids[0]]

    def split(self, ids: Sequence[int]) -> list[str]:
        return [part.strip() for part in self.decode(ids).split("•") if part.strip()]


class ScriptedEngine:
    name = "scripted"
    aligns = False

    def __init__(self, script: dict[str, list[str]]) -> None:
        self.codec, self.script = ScriptedCodec(), script
        self.seen: list[str] = []

    def generate(self, sources: Sequence[Sequence[int]], options: DecodingOptions) -> list[list[Hypothesis]]:
        results = []
        for source in sources:
            text = self.codec.texts[source[0]]
            self.seen.append(text)
            outputs = next((out for word, out in self.script.items() if word in text), ["Nothing was said about it."])
            ids = self.codec.encode_sources(outputs)
            results.append([Hypothesis(tuple(i), -0.5 - 0.1 * n) for n, i in enumerate(ids)][: options.n_best])
        return results


@pytest.fixture
def scripted() -> Callable[..., tuple[Summarizer, ScriptedEngine]]:
    def make(script: dict[str, list[str]], **options) -> tuple[Summarizer, ScriptedEngine]:
        engine = ScriptedEngine(script)
        return Summarizer(engine, **options), engine

    return make
