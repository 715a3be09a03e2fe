"""The model that a run trains: loaded or made anew, parts frozen, adapters put in, the fused loss installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarizer.errors import ModelError, UsageError
from summarizer.models.codec import load_codec
from summarizer.models.families import family_of
from summarizer.training.config import Run


def start_model(run: Run) -> tuple[Any, Path]:
    """The model to train and the folder that holds its tokenizer."""
    from summarizer.models.loading import load_model, resolve

    options = run.model
    if options.start == "scratch":
        if not options.tokenizer:
            raise ModelError("model.start=scratch: give model.tokenizer, a folder with the tokenizer to use")
        folder = resolve(options.tokenizer)
        model = _random_model(folder, options.config)
    else:
        folder = resolve(options.start)
        model = load_model(folder)
    family = family_of(folder).name
    if family != run.model.family:
        raise UsageError(f"model.family={run.model.family}: {folder} is of family {family}")
    model.set_attn_implementation(options.attention)
    return model, folder


def _random_model(folder: Path, changes: dict[str, Any]) -> Any:
    """Random weights in the shape of the folder's config.json with `changes`."""
    from transformers import AutoConfig, AutoModelForSeq2SeqLM, GenerationConfig

    codec = load_codec(folder)
    model = AutoModelForSeq2SeqLM.from_config(AutoConfig.from_pretrained(folder, **changes))
    if model.config.model_type == "mt5":  # its output is tied to an embedding of spread 1, which no factor scales down
        model.get_input_embeddings().weight.data.normal_(0.0, model.config.d_model**-0.5)
    model.generation_config = GenerationConfig(
        decoder_start_token_id=codec.decoder_prefix[0], eos_token_id=codec.eos_id, pad_token_id=codec.pad_id
    )
    return model


def prepare_model(run: Run, model: Any) -> Any:
    """Dropout, freezing, the fused loss and LoRA, as the run asks. Raises UsageError for LoRA targets it has not."""
    from summarizer.training.loss import install

    if run.model.dropout is not None:
        set_dropout(model, run.model.dropout)
    if run.model.token_dropout:
        drop_tokens(model, run.model.token_dropout)
    for freeze in run.model.freeze:
        _freeze(model, freeze)
    install(model, run.training.label_smoothing, run.training.guide, run.training.risk)
    return _with_adapters(run, model) if run.model.lora.rank else model


def set_dropout(model: Any, rate: float) -> None:
    """Set every dropout of a model: BART's rates, which are numbers on its layers, and T5's `torch.nn.Dropout`."""
    from torch.nn import Dropout

    setattr(model.config, "dropout_rate" if hasattr(model.config, "dropout_rate") else "dropout", rate)
    for module in model.modules():
        if isinstance(module, Dropout):
            module.p = rate
        elif isinstance(getattr(module, "dropout", None), float):
            module.dropout = rate


def drop_tokens(model: Any, rate: float) -> None:
    """Zero the embeddings of a random share of the source and target tokens while training, so that neither side of a
    pair can be recalled from a few of its words (word dropout, Sennrich et al. 2016). Padding, begin and
    end of a sequence stay."""
    import torch

    config = model.config
    special = torch.tensor(sorted({config.pad_token_id, config.bos_token_id, config.eos_token_id} - {None}))

    def drop(module: Any, inputs: tuple[Any, ...], output: Any) -> Any:
        if not module.training:
            return output
        ids = inputs[0]
        kept = (torch.rand(ids.shape, device=ids.device) >= rate) | torch.isin(ids, special.to(ids.device))
        return output * kept.unsqueeze(-1)

    for module in {model.get_encoder().embed_tokens, model.get_decoder().embed_tokens}:
        module.register_forward_hook(drop)


def _with_adapters(run: Run, model: Any) -> Any:
    from peft import LoraConfig, TaskType, get_peft_model

    lora = run.model.lora
    config = LoraConfig(
        task_type=TaskType.SEQ_2_SEQ_LM,
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules=lora.targets or None,
    )
    try:
        return get_peft_model(model, config)
    except ValueError as error:
        names = sorted({n.rsplit(".", 1)[-1] for n, m in model.named_modules() if hasattr(m, "in_features")})
        reason = str(error).split(" not found")[0]
        raise UsageError(f"model.lora.targets: {reason} not found; layers of this model: {', '.join(names)}") from None


def _freeze(model: Any, what: str) -> None:
    part, _, layers = what.partition(":")
    if part == "embeddings":
        model.get_input_embeddings().weight.requires_grad_(False)
        return
    encoder = model.get_encoder()
    blocks = getattr(encoder, "layers", None) or encoder.block
    shared = model.get_input_embeddings().weight
    for parameter in (
        (p for block in blocks[: int(layers)] for p in block.parameters()) if layers else encoder.parameters()
    ):
        if parameter is not shared:
            parameter.requires_grad_(False)


def switch_on(model: Any, dataset: Any) -> int:
    """Lift the output bias of pieces that targets use: the compact family switches off rows that English never uses.
    Returns how many were lifted."""
    import numpy as np
    import torch

    bias = getattr(model, "final_logits_bias", None)
    if bias is None or not bool((bias < -1e3).any()):
        return 0
    used = np.zeros(bias.shape[1], dtype=bool)
    for chunk in dataset.data.column("labels").chunks:
        used[chunk.values.to_numpy()] = True
    for chunk in dataset.data.column("hypotheses").chunks:
        used[chunk.flatten().flatten().to_numpy()] = True
    lifted = torch.from_numpy(used) & (bias[0] < -1e3)
    bias[0, lifted] = 0.0
    return int(lifted.sum())
