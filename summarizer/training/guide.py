"""Guided alignment: one layer's cross-attention is told which source tokens a target token comes from.

After Chen et al. 2016 (arXiv:1607.01628). The word links come from the encoder's alignments; for a faithful gloss they
point from the target's words to the gloss, token by token, which is how copying is learnt from little data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.models.codec import Codec
from summarizer.training.corpora import Example


def word_spans(pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Token range of each word: SentencePiece marks the first piece of a word with "▁"."""
    starts = [i for i, piece in enumerate(pieces) if piece.startswith("▁")]
    return list(zip(starts, [*starts[1:], len(pieces)], strict=True))


def triples(codec: Codec, example: Example, source_ids: Sequence[int], labels: Sequence[int]) -> list[int]:
    """Flat list of (target token, first source token, one past the last) for each linked target token.

    Empty when the example has no links, or when its words are not those of its tokens (brackets that the codec spaces).
    """
    prefix = codec.family.task_prefix.get(example.task, "")
    if not example.links or codec.source_text(example.source, example.task) != prefix + example.source:
        return []
    before, after = len(codec.source_prefix), len(codec.source_suffix)
    inner = source_ids[before : len(source_ids) - after]
    of_source = word_spans(codec.tokenizer.pieces(inner))[len(prefix.split()) :]
    of_target = word_spans(codec.tokenizer.pieces(labels[: len(labels) - len(codec.target_suffix)]))
    if len(of_source) != len(example.source.split()) or len(of_target) != len(example.target_text.split()):
        return []
    flat: list[int] = []
    for i, j in example.links:
        (s0, s1), (t0, t1) = of_source[i], of_target[j]
        one_to_one = list(inner[s0:s1]) == list(labels[t0:t1])
        for k, t in enumerate(range(t0, t1)):
            first, last = (s0 + k, s0 + k + 1) if one_to_one else (s0, s1)
            flat += [t, before + first, before + last]
    return flat


def mask(rows: Sequence[Sequence[int]], targets: int, sources: int) -> Any:
    """Boolean tensor rows × targets × sources of the linked positions."""
    import torch

    linked = torch.zeros(len(rows), targets, sources, dtype=torch.bool)
    for r, flat in enumerate(rows):
        for k in range(0, len(flat), 3):
            t, first, last = flat[k : k + 3]
            linked[r, t, first:last] = True
    return linked


def guide_loss(attention: Any, linked: Any) -> Any:
    """Mean negative log of the attention that falls on linked positions, over target tokens that have any.

    attention: rows × heads × targets × sources; the first half of the heads is guided, the others stay free.
    """
    heads = attention[:, : max(1, attention.shape[1] // 2)].float().mean(1)
    guided = linked.any(-1)
    mass = (heads * linked).sum(-1)[guided]
    return -(mass + 1e-6).log().sum() / guided.sum().clamp(min=1)
