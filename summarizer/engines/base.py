"""What every engine offers: token ids in, scored hypotheses out. Text, tasks and anchors are other rooms' business."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from summarizer.errors import ModelError, UsageError
from summarizer.models.codec import Codec


@dataclass(frozen=True)
class DecodingOptions:
    """How to search.

    beam_size: 1 is greedy. n_best: hypotheses per source, at most beam_size.
    max_new_tokens: limit of a hypothesis with its end token; the family's `max_target` caps it further.
    length_penalty: exponent of the length that a hypothesis' log-probability is divided by when hypotheses are ranked.
    patience: beam_size × patience finished hypotheses end the search (Kasai et al. 2022, arXiv:2204.05424). The torch
        engine knows two settings: 1, and above 1 a search that goes on until no running beam can win.
    no_repeat_ngram_size: no n-gram occurs twice in a hypothesis; 0 allows repetition.
    max_batch_tokens: source tokens in one batch, padding included.
    attention: hypotheses come with their attention, where the checkpoint's is trained to align (`Engine.aligns`).

    Raises UsageError on values that make no search.
    """

    beam_size: int = 4
    n_best: int = 1
    max_new_tokens: int = 128
    length_penalty: float = 1.0
    patience: float = 1.0
    no_repeat_ngram_size: int = 4
    max_batch_tokens: int = 1024
    attention: bool = False

    def __post_init__(self) -> None:
        for name in ("beam_size", "n_best", "max_new_tokens", "max_batch_tokens"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} is {getattr(self, name)}; it must be 1 or more")
        if self.n_best > self.beam_size:
            raise UsageError(f"n_best is {self.n_best} with beam_size {self.beam_size}; raise beam_size to n_best")
        if self.no_repeat_ngram_size < 0 or self.patience <= 0:
            raise UsageError("no_repeat_ngram_size must be 0 or more, patience above 0")


DEFAULTS = DecodingOptions()


@dataclass(frozen=True)
class Hypothesis:
    """ids: target token ids without the decoder prefix and the final end token.

    score: mean log-probability per target token that the model gives this hypothesis, its end token included (a
    hypothesis cut at the length limit has none). It is what teacher forcing gives, independent of the length penalty
    and the same for every engine up to rounding, but for one thing: where a repeated n-gram was blocked, CTranslate2
    shares its probability out among the other tokens, so that the hypothesis scores higher there.

    attention: tokens of `ids` × tokens of the source, the mean over the checkpoint's alignment heads; rows sum to 1,
    or are 0 where the engine does not know (the first row of CTranslate2's beam search).
    """

    ids: tuple[int, ...]
    score: float
    attention: Sequence[Sequence[float]] | None = field(default=None, compare=False, repr=False)


BLANK = Hypothesis((), 0.0)


class Engine(Protocol):
    """A loaded checkpoint. One engine may be used by several threads.

    name: "ctranslate2" or "torch". codec: of the checkpoint, for making sources and reading hypotheses. aligns: whether
    the checkpoint's attention tells which source token a target token comes from (config.json has `alignment_layer` and
    `alignment_heads`: the first so many heads of that decoder layer).
    """

    name: str
    codec: Codec
    aligns: bool

    def generate(self, sources: Sequence[Sequence[int]], options: DecodingOptions = DEFAULTS) -> list[list[Hypothesis]]:
        """The hypotheses of each source, best first by the search; at most `options.n_best` each, in the order of
        `sources`. A blank source (an empty text) has one, empty, of score 0.

        sources: ids as `Codec.encode_sources` makes them, of any lengths. Raises UsageError for a source that is empty
        or longer than the checkpoint's positions, ModelError for one with ids that the model does not have.
        """
        ...


def check_sources(sources: Sequence[Sequence[int]], positions: int | None, vocabulary: int) -> None:
    """Refuse what would crash an engine or be cut by it in silence (a cut source loses its end token)."""
    for number, source in enumerate(sources):
        if not source:
            raise UsageError(f"source {number} has no tokens; encode it with Codec.encode_sources")
        if positions is not None and len(source) > positions:
            raise UsageError(
                f"source {number} has {len(source)} tokens, the checkpoint takes {positions}; "
                "encode it with Codec.encode_sources, which cuts it"
            )
        if min(source) < 0 or max(source) >= vocabulary:
            raise ModelError(
                f"source {number} has ids outside the model's vocabulary of {vocabulary}; the tokenizer files must be "
                "those the checkpoint was trained with"
            )


def is_blank(source: Sequence[int], codec: Codec) -> bool:
    """Whether an empty text lies behind a source: models make something up for it."""
    return list(source) == [*codec.source_prefix, *codec.source_suffix]


def token_limit(options: DecodingOptions, codec: Codec) -> int:
    return min(options.max_new_tokens, codec.family.max_target)
