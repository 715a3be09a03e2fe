"""The CTranslate2 engine: int8 on CPU, bfloat16 on CUDA; no torch once the checkpoint is converted.

The converted model's vocabulary is the ids themselves ("0", "1", ...), so that ids go through by position and never
through a tokenizer's text. Where converted models are kept is `engines.cache`'s business.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

from summarizer.engines.base import (
    BLANK,
    DEFAULTS,
    DecodingOptions,
    Hypothesis,
    check_sources,
    is_blank,
    token_limit,
)
from summarizer.engines.cache import converted_model
from summarizer.errors import ModelError, UsageError
from summarizer.models.codec import Codec, load_codec
from summarizer.models.loading import load_model, read_config, weight_files

UNSAYABLE = -1000.0  # a bias on a logit below which a token has no chance


class ConversionError(ModelError):
    """CTranslate2 cannot convert this checkpoint; the torch engine may still run it."""


class CTranslate2Engine:
    """device: "auto", "cpu" or "cuda". threads: CPU threads, one a batch (default: the cores, at most 4): batches side
    by side cost less than several threads in one, and calls from several threads share them.

    compute_type: what the model is converted to and computed in; default int8 on CPU, bfloat16 on CUDA (float32 where
    the card has none: mT5 overflows in float16). Raises ModelError, UsageError.
    """

    name = "ctranslate2"

    def __init__(
        self,
        path: str | Path,
        device: str = "auto",
        threads: int | None = None,
        compute_type: str | None = None,
    ) -> None:
        folder = Path(path)
        self.device = _device(device)
        compute_type = compute_type or _default_compute_type(self.device)
        config = read_config(folder)
        self.codec = load_codec(folder)
        self.positions: int | None = config.get("max_position_embeddings")
        self.tokens = [str(i) for i in range(config["vocab_size"])]
        self.aligns = "alignment_layer" in config
        files = [folder / "config.json", *_tokenizer_files(folder), *weight_files(folder)]

        def convert(target: Path) -> None:
            _convert(folder, self.codec, compute_type, target)

        self.threads = threads or _cores() if self.device == "cpu" else 1
        recipe = f"ctranslate2 {ctranslate2.__version__} {compute_type} sayable"  # another word for another conversion
        with converted_model(files, recipe, convert) as model:
            try:
                self.translator = ctranslate2.Translator(
                    str(model),
                    device=self.device,
                    compute_type=compute_type,
                    inter_threads=self.threads,
                    intra_threads=1,
                )
            except (RuntimeError, ValueError) as error:
                raise ModelError(f"{folder}: CTranslate2 cannot run it on {self.device} ({error})") from None

    def generate(self, sources: Sequence[Sequence[int]], options: DecodingOptions = DEFAULTS) -> list[list[Hypothesis]]:
        """See `Engine.generate`."""
        check_sources(sources, self.positions, len(self.tokens))
        rows = [row for row, source in enumerate(sources) if not is_blank(source, self.codec)]
        found = [[BLANK] for _ in sources]
        if not rows:
            return found
        named = [[self.tokens[i] for i in sources[row]] for row in rows]
        results = self.translator.translate_batch(
            named,
            max_batch_size=self._batch_tokens(named, options),
            batch_type="tokens",
            max_input_length=0,
            beam_size=options.beam_size,
            num_hypotheses=options.n_best,
            min_decoding_length=0,  # else the end token is blocked at first, which changes scores
            max_decoding_length=token_limit(options, self.codec),
            length_penalty=options.length_penalty,
            patience=options.patience,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
            return_scores=True,
            return_end_token=True,
            return_attention=options.attention and self.aligns,
        )
        for row, result in zip(rows, results, strict=True):
            attentions = result.attention or [None] * options.n_best  # asked for once: it is made anew each time
            found[row] = [
                self._read(tokens, score, attention, options)
                for tokens, score, attention in zip(result.hypotheses, result.scores, attentions, strict=True)
            ]
        return found

    def _batch_tokens(self, sources: list[list[str]], options: DecodingOptions) -> int:
        """Tokens of a batch: fewer than the options allow where that gives every thread one, with room for padding."""
        lengths = [len(source) for source in sources]
        return min(options.max_batch_tokens, max(max(lengths), round(1.15 * sum(lengths) / self.threads)))

    def _read(
        self, tokens: list[str], score: float, attention: list[list[float]] | None, options: DecodingOptions
    ) -> Hypothesis:
        """CTranslate2's score is log-probability / length^penalty, the end token counted."""
        mean = score * len(tokens) ** (options.length_penalty - 1)
        ids = tuple(int(token) for token in tokens)
        ids = ids[:-1] if ids[-1] == self.codec.eos_id else ids
        if attention and options.beam_size > 1:
            attention[0] = [0.0] * len(attention[0])  # CTranslate2 gives that of another source in the batch
        return Hypothesis(ids, mean, attention and attention[: len(ids)])


class _Ids:
    """Stands in for the tokenizer during conversion: the token of an id is its number."""

    def __init__(self, codec: Codec, vocabulary: int) -> None:
        self.vocabulary = vocabulary
        self.eos_token = str(codec.eos_id)
        self.bos_token = self.pad_token = self.unk_token = str(codec.pad_id)  # never looked up: every id has its token

    def get_vocab(self) -> dict[str, int]:
        return {str(i): i for i in range(self.vocabulary)}

    def convert_ids_to_tokens(self, token_id: int) -> str:
        return str(token_id)


def _convert(folder: Path, codec: Codec, compute_type: str, target: Path) -> None:
    """Convert the checkpoint into `target`. Raises ModelError when CTranslate2 has no converter for it."""
    from ctranslate2.converters import TransformersConverter

    family = codec.family

    class Converter(TransformersConverter):
        def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
            self.model = load_model(folder)
            for name, value in family.conversion_config.items():
                setattr(self.model.config, name, value)
            if family.untie_for_conversion:
                self.model.config.tie_word_embeddings = False
            return self.model

        def load_tokenizer(self, tokenizer_class: Any, path: str, **options: Any) -> _Ids:
            return _Ids(codec, self.model.config.vocab_size)

        def _load(self) -> Any:
            specification = super()._load()
            specification.config.decoder_start_token = str(codec.decoder_prefix[0])
            _keep_sayable(specification, codec)
            if hasattr(self.model.config, "alignment_layer"):
                for name in ("alignment_layer", "alignment_heads"):
                    setattr(specification.decoder, name, np.int16(getattr(self.model.config, name)))
            return specification

    try:
        Converter(str(folder)).convert(str(target), quantization=compute_type, force=True)
    except (ValueError, NotImplementedError, KeyError, AttributeError) as error:
        raise ConversionError(f"{folder}: CTranslate2 cannot convert it ({error}); use the torch engine") from None


def _keep_sayable(specification: Any, codec: Codec) -> None:
    """Cut rows that a bias keeps from ever being generated out of the decoder: a quarter of the compact vocabulary."""
    decoder = specification.decoder
    bias = decoder.projection.bias
    if not hasattr(bias, "numpy"):
        return
    layout = {codec.pad_id, codec.eos_id, *codec.decoder_prefix}
    rows = [i for i, value in enumerate(bias.float().tolist()) if value > UNSAYABLE or i in layout]
    decoder.embeddings.weight = decoder.embeddings.weight[rows]
    decoder.projection.weight = decoder.projection.weight[rows]
    decoder.projection.bias = bias[rows]
    specification._vocabularies["target"] = [[str(i) for i in rows]]


def _tokenizer_files(folder: Path) -> list[Path]:
    return sorted(f for f in folder.iterdir() if f.suffix == ".model" or f.name.startswith("tokenizer"))


def _cores() -> int:
    """CTranslate2's own default may exceed the cores, and threads that wait for a core make it fifty times slower."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, 4)


def _device(device: str) -> str:
    if device == "auto":
        return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    if device not in ("cpu", "cuda"):
        raise UsageError(f"CTranslate2 runs on cpu and cuda, not on {device!r}; use the torch engine there")
    if device == "cuda" and not ctranslate2.get_cuda_device_count():
        raise UsageError("CTranslate2 finds no CUDA device; use device cpu or auto")
    return device


def _default_compute_type(device: str) -> str:
    if device == "cpu":
        return "int8"
    return "bfloat16" if "bfloat16" in ctranslate2.get_supported_compute_types("cuda") else "float32"
