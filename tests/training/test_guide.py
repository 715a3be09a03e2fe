"""Guided alignment: links become token positions, and the loss wants attention there."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from summarizer.models import load_codec
from summarizer.models.codec import space_glosses
from summarizer.training.corpora import Example
from summarizer.training.guide import guide_loss, mask, triples


def test_a_copied_word_is_linked_token_by_token(tiny_compact: Path) -> None:
    codec = load_codec(tiny_compact)
    for task in ("translate", "bullet"):
        example = Example("रूस ( Moscow ) में", "in Moscow", task, "t", ((2, 1), (4, 0)))
        source, labels = codec.encode_sources([example.source], task)[0], codec.encode_targets(["in Moscow"])[0]
        flat = triples(codec, example, source, labels)
        pieces = codec.tokenizer.pieces
        copied = [(t, first) for t, first, last in zip(*[iter(flat)] * 3, strict=True) if last == first + 1]
        assert any(pieces([labels[t]]) == pieces([source[s]]) != ["▁"] for t, s in copied)
        assert all(0 < first < last < len(source) for _, first, last in zip(*[iter(flat)] * 3, strict=True))


def test_brackets_that_the_codec_spaces_give_no_links(tiny_compact: Path) -> None:
    codec = load_codec(tiny_compact)
    example = Example("रूस (Moscow) में", "in Moscow", "translate", "t", ((1, 1),))
    ids = codec.encode_sources([example.source])[0]
    assert triples(codec, example, ids, codec.encode_targets(["in Moscow"])[0]) == []


def test_the_loss_is_low_where_attention_falls_on_links_and_high_elsewhere() -> None:
    linked = mask([[0, 1, 3, 1, 4, 5]], targets=2, sources=6)
    good, bad = torch.full((1, 2, 2, 6), 1e-4), torch.full((1, 2, 2, 6), 1e-4)
    good[0, :, 0, 1:3], good[0, :, 1, 4] = 0.5, 1.0
    bad[0, :, :, 0] = 1.0
    assert guide_loss(good, linked) < 0.01 < 5 < guide_loss(bad, linked)
    free = good.clone()
    free[:, 1] = bad[:, 1]  # the second half of the heads is not guided
    assert guide_loss(free, linked) == pytest.approx(float(guide_loss(good, linked)))


def test_spacing_is_for_latin_glosses_and_idempotent() -> None:
    once = space_glosses("रूस (Russia) में (15 अगस्त) को")
    assert once == "रूस ( Russia ) में (15 अगस्त) को"
    assert space_glosses(once) == once
