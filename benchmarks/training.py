"""Training throughput: our set-up against a plain Seq2SeqTrainer, same model, same examples, one process.

    python benchmarks/training.py CHECKPOINT PAIRS.tsv.gz [--seconds 60] [--json FILE]

"plain" is how transformers' own run_summarization example sets things up: random batches of a fixed number of rows,
padded to the longest, the model's own loss, float32; "plain bf16" adds bf16, where the hardware has it. "ours" is
batches by tokens, the fused loss and precision auto. The systems take turns in short rounds, so that a busy machine
slows all of them alike. Target tokens count, padding does not. None has dropout or guided alignment.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROUNDS = 3


def examples(codec: Any, path: str, limit: int) -> Any:
    """Encoded pairs of a TSV as a Dataset."""
    from datasets import Dataset

    from summarizer.training.corpora import Drops, Limits, read_source

    pairs = read_source("pairs", {"paths": path, "limit": limit}, Limits(max_source_chars=900), Drops())
    rows = {
        "input_ids": codec.encode_sources([p.source for p in pairs]),
        "labels": codec.encode_targets([p.target for p in pairs]),
    }
    return Dataset.from_dict(rows)


class Counting:
    """A collator that counts the target tokens it hands out, and stops the run when its time is up."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.tokens = inner, 0

    def __call__(self, rows: list[dict[str, Any]]) -> Any:
        self.tokens += sum(len(row["labels"]) for row in rows)
        return self.inner([{k: row[k] for k in ("input_ids", "labels")} for row in rows])


def arguments(folder: str, bf16: bool, rows: int) -> Any:
    import torch
    from transformers import Seq2SeqTrainingArguments

    return Seq2SeqTrainingArguments(
        output_dir=folder,
        max_steps=100_000,
        per_device_train_batch_size=rows,
        learning_rate=1e-5,
        label_smoothing_factor=0.1,
        optim="adamw_torch_fused",
        use_cpu=not torch.cuda.is_available(),
        bf16=bf16,
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        accelerator_config={"even_batches": False},
    )


def plain(checkpoint: Path, data: Any, folder: str, bf16: bool, rows: int, codec: Any) -> Any:
    """transformers' Seq2SeqTrainer with its own collator."""
    from transformers import DataCollatorForSeq2Seq, PreTrainedTokenizerFast, Seq2SeqTrainer

    from summarizer.models.loading import load_model
    from summarizer.training.model import set_dropout

    model = load_model(checkpoint)
    set_dropout(model, 0.0)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(checkpoint / "tokenizer.json"), pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )
    collator = Counting(DataCollatorForSeq2Seq(tokenizer, model=model))
    return Seq2SeqTrainer(
        model=model, args=arguments(folder, bf16, rows), train_dataset=data, data_collator=collator
    ), collator


def ours(checkpoint: Path, data: Any, folder: str, max_tokens: int, codec: Any) -> Any:
    """Our trainer as conf/training/cpu.yaml sets it up."""
    import numpy as np

    from summarizer.models.loading import load_model
    from summarizer.training.batching import Collator, TokenBatches
    from summarizer.training.config import Training
    from summarizer.training.loss import install
    from summarizer.training.model import set_dropout, switch_on
    from summarizer.training.precision import has_bfloat16
    from summarizer.training.trainer import TokenTrainer

    model = load_model(checkpoint)
    set_dropout(model, 0.0)
    model.set_attn_implementation("eager")
    switch_on(model, data)
    install(model, 0.1)
    lengths = np.array([max(len(s), len(t)) for s, t in zip(data["input_ids"], data["labels"], strict=True)])
    batches = TokenBatches(lengths, {"pairs": np.arange(len(data))}, {"pairs": 1.0}, max_tokens, 1, steps=20_000)
    collator = Counting(Collator(codec))
    trainer = TokenTrainer(
        model=model,
        args=arguments(folder, has_bfloat16(), 1),
        train_dataset=data,
        batches=batches,
        collator=collator,
        settings=Training(),
        evaluator=lambda _: {},
    )
    return trainer, collator


def timed(trainer: Any, collator: Counting, seconds: float) -> float:
    """Target tokens per second over one round, the first step (warm-up) excluded."""
    from transformers import TrainerCallback

    marks: list[tuple[float, int]] = []

    class Stop(TrainerCallback):
        def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> Any:
            marks.append((time.monotonic(), collator.tokens))
            if marks[-1][0] - marks[0][0] > seconds:
                control.should_training_stop = True
            return control

    stop = Stop()
    trainer.add_callback(stop)
    trainer.train()
    trainer.remove_callback(stop)
    (start, before), (end, after) = marks[0], marks[-1]
    return (after - before) / (end - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("pairs")
    parser.add_argument("--seconds", type=float, default=60, help="per system, over all rounds (default 60)")
    parser.add_argument("--rows", type=int, default=32, help="rows of a plain batch (default 32)")
    parser.add_argument("--max-tokens", type=int, default=4000, help="tokens of one of our batches (default 4000)")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    from summarizer.models import load_codec
    from summarizer.training.precision import has_bfloat16

    codec = load_codec(options.checkpoint)
    data = examples(codec, options.pairs, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        systems = {
            "plain": plain(options.checkpoint, data, folder, False, options.rows, codec),
            "ours": ours(options.checkpoint, data, folder, options.max_tokens, codec),
        }
        if has_bfloat16():
            systems["plain bf16"] = plain(options.checkpoint, data, folder, True, options.rows, codec)
        rates: dict[str, list[float]] = {name: [] for name in systems}
        for _ in range(ROUNDS):
            for name, (trainer, collator) in systems.items():
                rates[name].append(timed(trainer, collator, options.seconds / ROUNDS))
    mean = {name: sum(values) / len(values) for name, values in rates.items()}
    print(f"{'system':12} {'target tokens/s':>16} " + " ".join(f"{f'to {name}':>14}" for name in mean))
    for name, rate in mean.items():
        print(f"{name:12} {rate:16.0f} " + " ".join(f"{rate / other:14.2f}" for other in mean.values()))
    if options.json:
        options.json.write_text(
            json.dumps({"target_tokens_per_second": mean, "rounds": rates}, indent=2) + "\n", "utf8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
