"""CTranslate2 and torch on the trained checkpoint: the same translations up to quantisation."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from summarizer.engines import DecodingOptions, Engine, Hypothesis
from summarizer.engines.ct2 import CTranslate2Engine
from summarizer.engines.torch_engine import TorchEngine

pytestmark = pytest.mark.default_model
GREEDY = DecodingOptions(beam_size=1)


@pytest.fixture(scope="module")
def exact(default_checkpoint: Path) -> Engine:
    return TorchEngine(default_checkpoint, "cpu", threads=1)


@pytest.fixture(scope="module")
def quantised(default_checkpoint: Path) -> Engine:
    return CTranslate2Engine(default_checkpoint, "cpu", threads=1)


@pytest.fixture(scope="module")
def sources(exact: Engine, hindi: list[str]) -> list[list[int]]:
    return exact.codec.encode_sources(hindi)


def agreement(ours: list[list[Hypothesis]], theirs: list[list[Hypothesis]]) -> float:
    """Share of tokens in common, in order (2·matches / both lengths), over all sources."""
    matches = total = 0
    for a, b in zip(ours, theirs, strict=True):
        blocks = SequenceMatcher(None, a[0].ids, b[0].ids, autojunk=False).get_matching_blocks()
        matches += 2 * sum(block.size for block in blocks)
        total += len(a[0].ids) + len(b[0].ids)
    return matches / total


def test_float32_is_the_same(default_checkpoint: Path, exact: Engine, sources: list[list[int]]) -> None:
    options = DecodingOptions(beam_size=1, no_repeat_ngram_size=0)  # blocked n-grams change CTranslate2's scores
    ours = CTranslate2Engine(default_checkpoint, "cpu", 1, "float32").generate(sources, options)
    theirs = exact.generate(sources, options)
    assert [h[0].ids for h in ours] == [h[0].ids for h in theirs]
    assert [h[0].score for h in ours] == pytest.approx([h[0].score for h in theirs], abs=1e-3)


@pytest.mark.parametrize("options", [GREEDY, DecodingOptions()], ids=["greedy", "beam"])
def test_int8_agrees(quantised: Engine, exact: Engine, sources: list[list[int]], options: DecodingOptions) -> None:
    ours, theirs = quantised.generate(sources, options), exact.generate(sources, options)
    assert agreement(ours, theirs) > 0.8
    assert agreement(ours, ours[1:] + ours[:1]) < 0.5, "the measure tells different sentences apart"
    differences = [abs(a[0].score - b[0].score) for a, b in zip(ours, theirs, strict=True)]
    assert sum(differences) / len(differences) < 0.1


def test_n_best(quantised: Engine, sources: list[list[int]]) -> None:
    for hypotheses in quantised.generate(sources, DecodingOptions(n_best=4)):
        assert len({h.ids for h in hypotheses}) == 4
        assert all(h.score < 0 for h in hypotheses)
        scores = [h.score for h in hypotheses]
        assert scores == pytest.approx(sorted(scores, reverse=True), abs=0.3), "best first, blocked n-grams aside"


def test_it_translates(quantised: Engine, sources: list[list[int]]) -> None:
    """Not a measure of quality: a broken layout (a missing end token, a wrong start) gives nothing of this."""
    text = quantised.codec.decode(quantised.generate(sources[:1])[0][0].ids)
    assert "Vladimir Putin" in text and "Russia" in text
