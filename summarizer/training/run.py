"""One training run from a checked configuration to a checkpoint folder with its model card.

output_dir/
  config.yaml  environment.json  drops.json  metrics.json  curve.jsonl     what was run and what came out
  checkpoint-N/                                                            the Trainer's own, for resuming
  final/                                                                   load this one
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarizer.errors import UsageError
from summarizer.models.codec import Codec, load_codec
from summarizer.training import precision, record
from summarizer.training.config import Run
from summarizer.training.corpora import require_files
from summarizer.training.model import prepare_model, start_model, switch_on

log = logging.getLogger(__name__)


def target_tokens(dataset: Any, batches: list[list[int]]) -> int:
    """Target tokens of these batches, whether they were trained on in this process or before a resume."""
    import pyarrow.compute as pc

    lengths = pc.list_value_length(dataset.data.column("labels")).to_numpy()
    return int(sum(lengths[batch].sum() for batch in batches))


def arguments(run: Run, steps: int) -> dict[str, Any]:
    """What a run sets of Seq2SeqTrainingArguments; `training.extra` may set the rest."""
    import torch

    t, evaluating = run.training, bool(run.evaluation.sets)
    return {
        "output_dir": run.output_dir,
        "seed": run.seed,
        "data_seed": run.seed,
        "max_steps": steps,
        "gradient_accumulation_steps": t.accumulation,
        "optim": t.optimizer,
        "learning_rate": t.learning_rate,
        "weight_decay": t.weight_decay,
        "adam_beta2": t.beta2,
        "lr_scheduler_type": t.schedule,
        "lr_scheduler_kwargs": t.schedule_options,
        "warmup_steps": t.warmup,
        "max_grad_norm": t.max_grad_norm,
        "use_cpu": not torch.cuda.is_available(),
        "bf16": t.precision == "bf16",
        "fp16": t.precision == "fp16",
        "logging_steps": t.log_steps,
        "save_steps": t.save_steps,
        "save_total_limit": max(t.keep, t.average_last),
        "eval_strategy": "steps" if evaluating else "no",
        "eval_steps": run.evaluation.every if evaluating else None,
        "load_best_model_at_end": bool(run.evaluation.best),
        "metric_for_best_model": f"eval_{run.evaluation.best}" if run.evaluation.best else None,
        "greater_is_better": True if run.evaluation.best else None,
        "report_to": t.loggers,
        "remove_unused_columns": False,
        "disable_tqdm": True,
        "accelerator_config": {"even_batches": False, "split_batches": False, "dispatch_batches": False},
    }


def _arguments(run: Run, steps: int) -> Any:
    """Raises UsageError for what transformers refuses."""
    from transformers import Seq2SeqTrainingArguments

    try:
        return Seq2SeqTrainingArguments(**arguments(run, steps), **run.training.extra)
    except (ValueError, TypeError, ImportError, OSError) as error:
        raise UsageError(f"training: {' '.join(str(error).split())[:300]}") from None


def train(run: Run) -> dict[str, float]:
    """Train, evaluate, export. Returns the final metrics. Resumes from the newest checkpoint in `output_dir`."""
    import torch
    from transformers import EarlyStoppingCallback, set_seed
    from transformers.trainer_utils import get_last_checkpoint

    from summarizer.training.batching import Collator, TokenBatches
    from summarizer.training.encoding import encode_corpus
    from summarizer.training.evaluator import Evaluator
    from summarizer.training.trainer import StopAfter, TokenTrainer

    run.training.precision = precision.resolve(run.training.precision)
    options = _arguments(run, steps=1)  # also starts torch.distributed, which the number of processes comes from
    require_files(run.corpus.sources, run.evaluation.sets)
    output = Path(run.output_dir)
    output.mkdir(parents=True, exist_ok=True)
    record.write_start(run, output)
    if run.training.threads:
        torch.set_num_threads(run.training.threads)
    set_seed(run.seed)
    model, folder = start_model(run)
    codec = load_codec(folder)
    with options.main_process_first(local=False, desc="encoding the corpus"):
        # A folder a process: the examples are memory-mapped, and no process may rewrite what another one reads.
        cache = output / "encoded" / str(options.process_index)
        shutil.rmtree(cache, ignore_errors=True)
        encoded = encode_corpus(run, codec, cache)
    record.write_json(output / "drops.json", encoded.drops.table())
    t = run.training
    multiple = options.world_size * t.accumulation
    batches = TokenBatches(
        encoded.lengths, encoded.groups, encoded.weights, t.max_tokens, run.seed, t.steps, t.passes, multiple
    )
    if t.one_batch:
        batches.batches = batches.batches[:1] * len(batches)
    steps = len(batches) // multiple
    log.info("%d steps of ~%d tokens; one pass is %d batches", steps, t.max_tokens, batches.per_pass)
    log.info("%d pieces switched on for the output", switch_on(model, encoded.dataset))
    model = prepare_model(run, model)
    evaluator = Evaluator(run, codec)
    callbacks: list[Any] = [StopAfter(t.max_minutes)] if t.max_minutes else []
    if run.evaluation.patience:
        callbacks.append(EarlyStoppingCallback(run.evaluation.patience))
    trainer = TokenTrainer(
        model=model,
        args=_arguments(run, steps),
        train_dataset=encoded.dataset,
        eval_dataset=encoded.dataset
        if run.evaluation.sets
        else None,  # asked for, never read: see TokenTrainer.evaluate
        batches=batches,
        collator=Collator(codec),
        settings=t,
        evaluator=evaluator,
        callbacks=callbacks,
    )
    last = get_last_checkpoint(str(output)) if run.resume else None
    with _profiler(t.profile):
        trainer.train(resume_from_checkpoint=last)
    metrics = trainer.evaluate() if run.evaluation.sets else {}
    if trainer.is_world_process_zero():
        used = batches.batches[: trainer.state.global_step * multiple]
        finish(run, trainer, codec, folder, metrics, evaluator, target_tokens(encoded.dataset, used))
    return metrics


@contextmanager
def _profiler(wanted: bool) -> Iterator[None]:
    """torch's profiler around a block, its table on stderr; nothing when it is not wanted."""
    if not wanted:
        yield
        return
    from torch.profiler import profile

    with profile() as profiler:
        yield
    print(profiler.key_averages().table(sort_by="self_cpu_time_total", row_limit=20), file=sys.stderr)


def finish(
    run: Run, trainer: Any, codec: Codec, folder: Path, metrics: dict[str, float], evaluator: Any, tokens: int
) -> None:
    """Export `final/` (the average of the last checkpoints if that scores better), metrics, curve and model card."""
    from summarizer.training.export import average_checkpoints, export

    output = Path(run.output_dir)
    model = trainer.accelerator.unwrap_model(trainer.model)
    if run.model.lora.rank:
        model = model.merge_and_unload()
    if run.training.average_last > 1 and run.evaluation.best and not run.model.lora.rank:
        own = {k: v.clone() for k, v in model.state_dict().items()}
        if average_checkpoints(model, output, run.training.average_last):
            averaged = {f"eval_{k}": float(v) for k, v in evaluator(model.eval()).items()}
            key = f"eval_{run.evaluation.best}"
            log.info("average of the last checkpoints: %s %.3f, best single %.3f", key, averaged[key], metrics[key])
            if averaged[key] > metrics[key]:
                metrics.update(averaged, averaged=float(run.training.average_last))
            else:
                model.load_state_dict(own)
    export(model, codec, folder, output / "final")
    record.write_json(output / "metrics.json", metrics)
    curve = "\n".join(json.dumps(row) for row in trainer.state.log_history)
    (output / "curve.jsonl").write_text(curve + "\n", "utf8")
    record.write_card(run, output, output / "final", metrics, trainer.state.global_step, tokens)
