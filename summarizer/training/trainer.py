"""A Seq2SeqTrainer with token batches, the fused loss and generation-based evaluation.

Only what the library lacks is here; resume, accumulation, precision, DDP/FSDP/DeepSpeed, loggers and early stopping are
its own.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch.utils.data import DataLoader
from transformers import Seq2SeqTrainer, TrainerCallback

from summarizer.training.batching import Collator, TokenBatches
from summarizer.training.config import Training

log = logging.getLogger(__name__)
_NO_DECAY = re.compile(r"(bias|norm\w*\.weight|layer_norm\.weight|layernorm\w*\.weight)$", re.I)
_ENCODER_LAYER = re.compile(r"encoder\.(?:layers|block)\.(\d+)\.")


def parameter_groups(model: Any, training: Training) -> list[dict[str, Any]]:
    """Optimiser groups: embeddings, encoder (with layer-wise decay from the top down) and the rest; no weight decay on
    biases and norms."""
    layers = int(getattr(model.config, "encoder_layers", None) or model.config.num_layers)
    groups: dict[tuple[float, bool], list[Any]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        scale = 1.0
        if re.search(r"(^|\.)(shared|embed_tokens|embed_positions)\.", name):
            scale = training.embedding_scale
        elif re.search(r"(^|\.)encoder\.", name):
            layer = _ENCODER_LAYER.search(name)
            depth = layers - 1 - int(layer.group(1)) if layer else 0
            scale = training.encoder_scale * training.layer_decay**depth
        groups.setdefault((scale, bool(_NO_DECAY.search(name))), []).append(parameter)
    return [
        {
            "params": parameters,
            "lr": training.learning_rate * scale,
            "weight_decay": 0.0 if no_decay else training.weight_decay,
        }
        for (scale, no_decay), parameters in groups.items()
    ]


def peak_memory() -> int:
    """Bytes at most in use so far: of the GPU where there is one, else of the process."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated()
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts kibibytes


class TokenTrainer(Seq2SeqTrainer):
    """batches: the whole run's batches; evaluator(model) → metrics named as they are to be logged, without "eval_"."""

    def __init__(
        self,
        *args: Any,
        batches: TokenBatches,
        collator: Collator,
        settings: Training,
        evaluator: Callable[[Any], Mapping[str, float]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.data_collator = collator
        self.batches, self.settings, self.evaluator = batches, settings, evaluator
        self.target_tokens = 0
        self.tokens_since = (0, time.monotonic())

    def get_train_dataloader(self) -> DataLoader:
        loader = DataLoader(
            self.train_dataset,  # type: ignore[arg-type]
            batch_sampler=self.batches,
            collate_fn=self.data_collator,
            num_workers=self.args.dataloader_num_workers,
            pin_memory=self.args.dataloader_pin_memory and torch.cuda.is_available(),
        )
        return self.accelerator.prepare(loader)

    def create_optimizer(self, *args: Any, **kwargs: Any) -> torch.optim.Optimizer:
        if self.optimizer is None:
            model = self.accelerator.unwrap_model(self.model)
            cls, options = self.get_optimizer_cls_and_kwargs(self.args)
            options.pop("lr", None)
            self.optimizer = cls(parameter_groups(model, self.settings), lr=self.settings.learning_rate, **options)
        return self.optimizer

    def training_step(self, model: Any, inputs: dict[str, Any], *args: Any, **kwargs: Any) -> torch.Tensor:
        self.target_tokens += int((inputs["labels"] != -100).sum())
        return super().training_step(model, inputs, *args, **kwargs)

    def log(self, logs: dict[str, float], *args: Any, **kwargs: Any) -> None:
        if "loss" in logs:
            tokens, since = self.tokens_since
            now = time.monotonic()
            logs["target_tokens_per_second"] = round((self.target_tokens - tokens) / max(now - since, 1e-9), 1)
            logs["peak_memory_gib"] = round(peak_memory() / 2**30, 2)
            self.tokens_since = (self.target_tokens, now)
        super().log(logs, *args, **kwargs)

    def evaluate(self, *args: Any, metric_key_prefix: str = "eval", **kwargs: Any) -> dict[str, float]:
        started = time.monotonic()
        model = self.accelerator.unwrap_model(self.model)
        training = model.training
        model.eval()
        metrics = {f"{metric_key_prefix}_{k}": float(v) for k, v in self.evaluator(model).items()}
        model.train(training)
        metrics[f"{metric_key_prefix}_seconds"] = round(time.monotonic() - started, 1)
        self.log(dict(metrics))  # log adds the epoch, which is no figure of the model
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
        self.tokens_since = (self.target_tokens, time.monotonic())
        return metrics


class StopAfter(TrainerCallback):
    """Ends the run, with a checkpoint, when its time is up."""

    def __init__(self, minutes: float) -> None:
        self.minutes, self.started = minutes, time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> Any:
        if (time.monotonic() - self.started) / 60 > self.minutes:
            log.info("stopping after %.1f minutes at step %d", self.minutes, state.global_step)
            control.should_save = control.should_training_stop = True
        return control
