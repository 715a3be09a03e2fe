"""The torch engine: transformers' `generate` on any device (bfloat16 on CUDA, float32 elsewhere)."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import cross_entropy
from transformers.modeling_outputs import BaseModelOutput

from summarizer.engines.base import BLANK, DEFAULTS, DecodingOptions, Hypothesis, check_sources, is_blank, token_limit
from summarizer.errors import UsageError
from summarizer.models.codec import load_codec
from summarizer.models.loading import load_model


class TorchEngine:
    """device: "auto" (cuda, mps or cpu) or a torch device. threads: torch's, for the whole process (default: its own).

    dtype: of weights and computation; default bfloat16 on CUDA (mT5 overflows in float16), float32 elsewhere.
    Raises ModelError, UsageError.
    """

    name = "torch"

    def __init__(
        self, path: str | Path, device: str = "auto", threads: int | None = None, dtype: torch.dtype | None = None
    ) -> None:
        self.device = _device(device)
        if threads:
            torch.set_num_threads(threads)
        self.codec = load_codec(path)
        if dtype is None:
            dtype = torch.bfloat16 if self.device.type == "cuda" else torch.float32
        self.model = load_model(path, self.device, dtype)
        self.positions: int | None = getattr(self.model.config, "max_position_embeddings", None)
        self.aligns = hasattr(self.model.config, "alignment_layer")
        self._lock = threading.Lock()  # generate keeps its cache and hooks on the model

    def generate(self, sources: Sequence[Sequence[int]], options: DecodingOptions = DEFAULTS) -> list[list[Hypothesis]]:
        """See `Engine.generate`."""
        check_sources(sources, self.positions, self.model.config.vocab_size)
        found = [[BLANK] for _ in sources]
        texts = [row for row, source in enumerate(sources) if not is_blank(source, self.codec)]
        with self._lock, torch.inference_mode():
            for batch in batches([len(sources[row]) for row in texts], options.max_batch_tokens):
                rows = [texts[i] for i in batch]
                for row, hypotheses in zip(rows, self._batch([sources[r] for r in rows], options), strict=True):
                    found[row] = hypotheses
        return found

    def _batch(self, sources: Sequence[Sequence[int]], options: DecodingOptions) -> list[list[Hypothesis]]:
        ids, mask = self._padded(sources)
        states = self.model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
        generated = self.model.generate(
            encoder_outputs=BaseModelOutput(last_hidden_state=states),
            attention_mask=mask,
            do_sample=False,
            num_beams=options.beam_size,
            num_return_sequences=options.n_best,
            max_new_tokens=token_limit(options, self.codec),
            length_penalty=options.length_penalty,
            early_stopping=options.patience <= 1 if options.beam_size > 1 else None,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
        )
        sequences = [self._cut(row) for row in generated[:, len(self.codec.decoder_prefix) :].tolist()]
        scores, attentions = self._scores(states, mask, sequences, options.attention and self.aligns)
        flat = []
        for number, (sequence, score) in enumerate(zip(sequences, scores, strict=True)):
            kept = sequence[:-1] if sequence[-1] == self.codec.eos_id else sequence
            length = len(sources[number // options.n_best])
            attention = attentions[number, : len(kept), :length].tolist() if attentions is not None else None
            flat.append(Hypothesis(tuple(kept), score, attention))
        return [flat[i : i + options.n_best] for i in range(0, len(flat), options.n_best)]

    def _cut(self, sequence: list[int]) -> list[int]:
        """Without the padding after the end token."""
        eos = self.codec.eos_id
        return sequence[: sequence.index(eos) + 1] if eos in sequence else sequence

    def _scores(
        self, states: torch.Tensor, mask: torch.Tensor, sequences: list[list[int]], attention: bool
    ) -> tuple[list[float], torch.Tensor | None]:
        """Mean log-probability of each sequence by teacher forcing, and the alignment heads' attention (sequences,
        longest, source length) where asked for; states: (sources, length, d_model)."""
        copies = len(sequences) // len(states)
        labels, label_mask = self._padded(sequences)
        inputs, _ = self._padded([self.codec.decoder_inputs(s) for s in sequences])
        fast = self.model.config._attn_implementation
        if attention:
            self.model.set_attn_implementation("eager")  # the others give no weights; the search keeps the fast one
        output = self.model(
            encoder_outputs=BaseModelOutput(last_hidden_state=states.repeat_interleave(copies, 0)),
            attention_mask=mask.repeat_interleave(copies, 0),
            decoder_input_ids=inputs,
            use_cache=False,
            output_attentions=attention,
        )
        if attention:
            self.model.set_attn_implementation(fast)
        losses = cross_entropy(output.logits.transpose(1, 2).float(), labels, reduction="none") * label_mask
        config = self.model.config
        heads = output.cross_attentions[config.alignment_layer][:, : config.alignment_heads] if attention else None
        return (-losses.sum(1) / label_mask.sum(1)).tolist(), None if heads is None else heads.float().mean(1)

    def _padded(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids and attention mask, both (rows, longest), padded on the right."""
        longest = max(len(r) for r in rows)
        ids = torch.tensor([[*r, *[self.codec.pad_id] * (longest - len(r))] for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (longest - len(r)) for r in rows])
        return ids.to(self.device), mask.to(self.device)


def batches(lengths: Sequence[int], max_tokens: int) -> Iterator[list[int]]:
    """Positions of sources in batches of like length, longest first; padding included a batch holds at most
    `max_tokens` tokens (or one source)."""
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > max_tokens:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _device(device: str) -> torch.device:
    if device == "auto":
        mps: Any = getattr(torch.backends, "mps", None)
        return torch.device("cuda" if torch.cuda.is_available() else "mps" if mps and mps.is_available() else "cpu")
    try:
        chosen = torch.device(device)
        torch.empty(0, device=chosen)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"device {device!r} cannot be used ({reason}); give auto, cpu, cuda or mps") from None
    return chosen
