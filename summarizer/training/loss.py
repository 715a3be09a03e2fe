"""Cross-entropy fused with the output projection: the logits of tokens × vocabulary never exist at once.

The gradient is computed in the forward pass, a chunk of tokens at a time, over the rows of the vocabulary that targets
can use. On two CPU cores this doubles the trained tokens per second of the compact family; elsewhere it saves memory.
"""

from __future__ import annotations

import types
from typing import Any

import torch
from torch import Tensor

from summarizer.training import risk as minimum_risk
from summarizer.training.guide import guide_loss

CHUNK = 768


class FusedCrossEntropy(torch.autograd.Function):
    """Mean label-smoothed cross-entropy of `hidden @ weight.T + bias` against `targets`, divided by `count`.

    hidden: tokens × d; weight: rows × d; bias: rows or None; targets: tokens, indices of rows. Smoothing spreads
    `smoothing` evenly over the rows, as torch.nn.functional.cross_entropy does. factors: tokens, what the loss of each
    is multiplied by; None for 1.
    """

    @staticmethod
    def forward(ctx, hidden, weight, bias, targets, smoothing, count, factors=None):
        compute = torch.bfloat16 if torch.is_autocast_enabled(hidden.device.type) else hidden.dtype
        matrix = weight.to(compute)
        loss = torch.zeros((), dtype=torch.float32, device=hidden.device)
        grad_hidden = torch.empty_like(hidden)
        grad_weight: Tensor | None = None
        if ctx.needs_input_grad[1]:  # not where the embeddings are frozen
            grad_weight = torch.zeros_like(weight, dtype=torch.float32)
        rows = weight.shape[0]
        for start in range(0, len(hidden), CHUNK):
            part = slice(start, start + CHUNK)
            states = hidden[part].to(compute)
            logits = (states @ matrix.T).float()
            if bias is not None:
                logits += bias
            target = targets[part, None]
            total = torch.logsumexp(logits, dim=1, keepdim=True)
            picked = logits.gather(1, target)
            each = total - (1 - smoothing) * picked - smoothing * logits.mean(1, keepdim=True)
            factor = 1.0 if factors is None else factors[part, None]
            loss += (each * factor).sum()
            gradient = logits.sub_(total).exp_().sub_(smoothing / rows)
            gradient.scatter_add_(1, target, torch.full_like(picked, smoothing - 1)).mul_(factor)
            gradient = gradient.div_(count).to(compute)
            grad_hidden[part] = (gradient @ matrix).to(hidden.dtype)
            if grad_weight is not None:
                grad_weight += (gradient.T @ states).float()
        ctx.save_for_backward(grad_hidden, None if grad_weight is None else grad_weight.to(weight.dtype))
        return loss / count

    @staticmethod
    def backward(ctx, grad_output):
        grads = (None if grad is None else grad * grad_output for grad in ctx.saved_tensors)
        return *grads, None, None, None, None, None


def token_nll(hidden: Tensor, weight: Tensor, bias: Tensor | None, targets: Tensor) -> Tensor:
    """Negative log-probability of each target, without gradients, a chunk of tokens at a time; arguments as above."""
    compute = torch.bfloat16 if torch.is_autocast_enabled(hidden.device.type) else hidden.dtype
    matrix, found = weight.detach().to(compute), []
    for start in range(0, len(hidden), CHUNK):
        part = slice(start, start + CHUNK)
        logits = (hidden[part].detach().to(compute) @ matrix.T).float()
        if bias is not None:
            logits += bias
        found.append(torch.logsumexp(logits, dim=1) - logits.gather(1, targets[part, None])[:, 0])
    return torch.cat(found)


def decoder_states(
    model: Any, encoded: Tensor, mask: Tensor, decoder_input_ids: Tensor, attentions: bool = False
) -> tuple[Tensor, Any]:
    """Last decoder states as the output projection takes them (rows × target length × d), and the cross-attentions of
    every layer (rows × heads × targets × sources) where they are asked for. encoded, mask: the encoder's last states
    (rows × source length × d) and which of them count."""
    decoder = model.decoder if hasattr(model, "decoder") else model.model.decoder  # T5 keeps it on the model itself
    decoded = decoder(
        decoder_input_ids,
        encoder_hidden_states=encoded,
        encoder_attention_mask=mask,
        use_cache=False,
        output_attentions=attentions,
    )
    return decoded.last_hidden_state, decoded.cross_attentions


def _decoder_layers(config: Any) -> int:
    return getattr(config, "decoder_layers", None) or config.num_decoder_layers


def install(model: Any, smoothing: float, guide: float = 0.0, risk: float = 0.0) -> None:
    """Replace `model.forward` so that a call with labels returns the fused loss (and no logits).

    guide: weight of the guided-alignment loss, on the last decoder layer but one, for batches that carry `guide`.
    risk: weight of the negative expected gain of hypotheses, for batches that carry them.

    A patched forward, not a Trainer trick, so that DDP, FSDP and peft wrap it like any other. The loss is divided by
    `num_items_in_batch` when the Trainer gives it (gradient accumulation), else by the number of target tokens.
    """
    from transformers.modeling_outputs import Seq2SeqLMOutput

    plain = model.forward
    bias: Any = getattr(model, "final_logits_bias", None)
    usable = None if bias is None or not bool((bias < -1e3).any()) else torch.nonzero(bias[0] >= -1e3)[:, 0]
    position: Any = None
    if usable is not None:
        position = torch.full((bias.shape[1],), -1, dtype=torch.long)
        position[usable] = torch.arange(len(usable))
    if guide > 0:  # engines read alignments from these heads
        model.config.alignment_layer = max(0, _decoder_layers(model.config) - 2)
        model.config.alignment_heads = max(1, model.config.num_attention_heads // 2)

    def rows_of(targets: Tensor) -> Tensor:
        if usable is None:
            return targets
        found = position.to(targets.device)[targets]
        if bool((found < 0).any()):
            raise ValueError("a target uses a piece whose output row is switched off (final_logits_bias)")
        return found

    def forward(self, input_ids=None, labels=None, num_items_in_batch=None, **kwargs):
        if labels is None:
            return plain(input_ids=input_ids, **kwargs)
        linked = kwargs.pop("guide", None)
        guided = linked is not None and guide > 0 and self.training
        mask = kwargs["attention_mask"]
        encoded = self.get_encoder()(input_ids, attention_mask=mask).last_hidden_state
        states, attentions = decoder_states(self, encoded, mask, kwargs["decoder_input_ids"], guided)
        real = labels != -100
        weight, rows_bias = self.lm_head.weight, None
        targets = rows_of(labels[real])
        if usable is not None:
            weight = weight.index_select(0, usable.to(weight.device))
        elif bias is not None:
            rows_bias = self.final_logits_bias[0]
        count = num_items_in_batch if num_items_in_batch is not None else targets.numel()
        loss = FusedCrossEntropy.apply(
            states[real], weight, rows_bias, targets, smoothing if self.training else 0.0, count
        )
        if risk > 0 and self.training and "hypotheses" in kwargs:
            hypotheses, rows = kwargs["hypotheses"], kwargs["rows"]
            said, _ = decoder_states(self, encoded[rows], mask[rows], kwargs["hypothesis_inputs"])
            real = hypotheses != -100
            said, pieces, lengths = said[real], rows_of(hypotheses[real]), real.sum(1)
            which = torch.arange(len(rows), device=rows.device).repeat_interleave(lengths)
            nll = torch.zeros(len(rows), device=rows.device)
            nll = nll.index_add(0, which, token_nll(said, weight, rows_bias, pieces)) / lengths
            factors, expected = minimum_risk.factors(nll, kwargs["gains"], rows, lengths)
            gradient = FusedCrossEntropy.apply(said, weight, rows_bias, pieces, 0.0, 1, factors[which])
            share = targets.numel() / count  # of this batch among those that are accumulated
            loss = loss + risk * share * (gradient - gradient.detach() - expected)
        if guided:
            layer = attentions[self.config.alignment_layer]
            loss = loss + guide * guide_loss(layer, linked) * (targets.numel() / count)
        return Seq2SeqLMOutput(loss=loss)

    model.forward = types.MethodType(forward, model)
    model.accepts_loss_kwargs = True
