"""The fused loss is torch's loss, for every family and layout."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from summarizer.models import load_codec
from summarizer.models.loading import load_model
from summarizer.training.batching import Collator
from summarizer.training.loss import FusedCrossEntropy, install


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("with_bias", [False, True])
def test_equals_cross_entropy_and_its_gradients(smoothing: float, with_bias: bool) -> None:
    torch.manual_seed(0)
    hidden = torch.randn(1700, 16, requires_grad=True)  # more than two chunks
    weight = torch.randn(40, 16, requires_grad=True)
    bias = torch.randn(40) if with_bias else None
    targets = torch.randint(0, 40, (1700,))
    fused = FusedCrossEntropy.apply(hidden, weight, bias, targets, smoothing, 1700)
    fused.backward()
    grads = hidden.grad.clone(), weight.grad.clone()
    hidden.grad = weight.grad = None
    logits = hidden @ weight.T + (bias if with_bias else 0)
    plain = torch.nn.functional.cross_entropy(logits, targets, label_smoothing=smoothing)
    plain.backward()
    assert torch.allclose(fused, plain, atol=1e-5)
    assert torch.allclose(grads[0], hidden.grad, atol=1e-7)
    assert torch.allclose(grads[1], weight.grad, atol=1e-6)


def test_a_frozen_weight_takes_no_gradient_and_changes_none() -> None:
    torch.manual_seed(0)
    hidden, weight = torch.randn(900, 16, requires_grad=True), torch.randn(40, 16)
    targets = torch.randint(0, 40, (900,))
    FusedCrossEntropy.apply(hidden, weight, None, targets, 0.1, 900).backward()
    found, hidden.grad = hidden.grad.clone(), None
    torch.nn.functional.cross_entropy(hidden @ weight.T, targets, label_smoothing=0.1).backward()
    assert weight.grad is None and torch.allclose(found, hidden.grad, atol=1e-7)


def batch(checkpoint: Path, hindi: list[str], english: list[str]) -> tuple:
    codec = load_codec(checkpoint)
    model = load_model(checkpoint)
    sources, targets = codec.encode_sources(hindi), codec.encode_targets(english)
    rows = [{"input_ids": s, "labels": t} for s, t in zip(sources, targets, strict=True)]
    return model, Collator(codec)(rows)


def test_patched_forward_gives_the_models_own_loss(checkpoint: Path, hindi: list[str], english: list[str]) -> None:
    model, inputs = batch(checkpoint, hindi, english)
    labels = inputs["labels"]
    with torch.no_grad():
        logits = model(**{k: v for k, v in inputs.items() if k != "labels"}).logits
        if model.config.model_type == "bart":  # rows that are switched off never count
            labels = torch.where((labels >= 5) & (labels < 25), torch.full_like(labels, -100), labels)
        expected = torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), labels.reshape(-1))
        install(model, smoothing=0.1)
        fused = model.eval()(**{**inputs, "labels": labels}).loss
    assert torch.allclose(fused, expected, atol=1e-4)


def test_labels_shifted_by_mbart_itself_give_another_loss(
    tiny_indicbart: Path, hindi: list[str], english: list[str]
) -> None:
    """The trap: MBart's own shift moves the last token to the front, which is not IndicBART's `<2en> …`."""
    model, inputs = batch(tiny_indicbart, hindi, english)
    with torch.no_grad():
        own_shift = model(inputs["input_ids"], attention_mask=inputs["attention_mask"], labels=inputs["labels"]).loss
        ours = model(**inputs).loss
    assert not torch.allclose(own_shift, ours, atol=1e-3)


def test_a_target_on_a_switched_off_row_is_refused(tiny_compact: Path, hindi: list[str], english: list[str]) -> None:
    model, inputs = batch(tiny_compact, hindi, english)
    install(model, smoothing=0.0)
    inputs["labels"][0, 0] = 7
    with pytest.raises(ValueError, match="switched off"):
        model(**inputs)
