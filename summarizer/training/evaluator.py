"""Evaluation inside training: held-out sets generated with the model as it stands, judged by the evaluation room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from summarizer.anchors import Lexicon, annotate
from summarizer.document import Anchor
from summarizer.errors import InputError
from summarizer.models.codec import Codec
from summarizer.text import segment
from summarizer.training.articles import as_fed
from summarizer.training.batching import Collator
from summarizer.training.config import Run
from summarizer.training.corpora import Drops, Example, read_source
from summarizer.training.glossing import Glosser, Glossing


class Evaluator:
    """Calls as `evaluator(model)`. Metrics are named set_metric: BLEU and chrF for the sentence tasks, ROUGE for
    summaries; sources with glosses (their own, or made where `glossed` is above 0) also give anchor_recall,
    anchor_consistency and the counts of leaks."""

    def __init__(self, run: Run, codec: Codec) -> None:
        self.run, self.codec = run, codec
        self.sets: dict[str, list[Example]] = {}
        self.anchors: dict[str, list[list[Anchor]]] = {}
        for name, source in run.evaluation.sets.items():
            drops = Drops()
            examples = read_source(name, source, run.corpus.limits, drops)
            if source.get("glossed"):
                examples = self._with_glosses(examples)
            # Whatever glosses the model is fed (anchors.mode), it is judged by those that the text itself has.
            both = [(fed, _anchors(e.source)) for e in examples if (fed := self._as_fed(e))]
            if not both:
                raise InputError(f"evaluation.sets.{name}: no example left; dropped: {drops.table()}")
            self.sets[name], self.anchors[name] = [e for e, _ in both], [a for _, a in both]

    def _as_fed(self, example: Example) -> Example | None:
        return as_fed(example, self.run.anchors.mode) if example.task == "summarise" else example

    def _with_glosses(self, examples: Sequence[Example]) -> list[Example]:
        """Those that alignment finds a gloss for, all of them right."""
        from summarizer.training.encoding import link_cache

        pairs = [(e.source, e.target_text) for e in examples]
        glosser = Glosser(Glossing(placeholder=0, misspelt=0, misplaced=0, swapped=0), seed=self.run.seed)
        made = [
            glosser.gloss(s, t, links) for (s, t), links in zip(pairs, link_cache(self.run).links(pairs), strict=True)
        ]
        return [Example(g[0], g[1], e.task, e.origin) for e, g in zip(examples, made, strict=True) if g]

    def __call__(self, model: Any) -> dict[str, float]:
        from summarizer.evaluation.rouge import rouge
        from summarizer.evaluation.terms import anchor_metrics
        from summarizer.evaluation.translation import translation_metrics

        metrics: dict[str, float] = {}
        for name, examples in self.sets.items():
            outputs = self.generate(model, examples)
            if examples[0].task == "summarise":
                references = [e.target if isinstance(e.target, str) else "\n".join(e.target) for e in examples]
                scores: dict[str, Any] = dict(rouge(outputs, references))
            else:
                scores = dict(translation_metrics(outputs, [e.target_text for e in examples]))
            metrics.update({f"{name}_{k}": v for k, v in scores.items() if isinstance(v, float)})
            if any(self.anchors[name]):
                found = anchor_metrics(outputs, self.anchors[name], [e.target_text for e in examples])
                metrics.update({f"{name}_{k}": v for k, v in found.items()})
        return metrics

    def generate(self, model: Any, examples: Sequence[Example], rows: int = 32) -> list[str]:
        """Beam search on the model being trained, in batches of similar length; newline between bullets."""
        options = self.run.evaluation
        sources = self.codec.encode_sources(
            [e.source for e in examples], examples[0].task, self.run.training.max_source
        )
        order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
        outputs = [""] * len(sources)
        prefix = torch.tensor([self.codec.decoder_prefix], device=model.device)
        for start in range(0, len(order), rows):
            part = order[start : start + rows]
            batch = Collator(self.codec)([{"input_ids": sources[i], "labels": [self.codec.eos_id]} for i in part])
            with (
                torch.inference_mode(),
                torch.autocast(model.device.type, torch.bfloat16, enabled=self.run.training.precision == "bf16"),
            ):
                ids = model.generate(
                    input_ids=batch["input_ids"].to(model.device),
                    attention_mask=batch["attention_mask"].to(model.device),
                    decoder_input_ids=prefix.expand(len(part), -1),
                    num_beams=options.beam_size,
                    max_new_tokens=options.max_new_tokens,
                    no_repeat_ngram_size=4,
                    eos_token_id=self.codec.eos_id,
                )
            for i, row in zip(part, ids[:, prefix.shape[1] :].tolist(), strict=True):
                row = row[: row.index(self.codec.eos_id)] if self.codec.eos_id in row else row
                outputs[i] = (
                    "\n".join(self.codec.split(row)) if examples[i].task == "summarise" else self.codec.decode(row)
                )
        return outputs


def _anchors(source: str) -> list[Anchor]:
    """The source's own glosses, judged as at inference."""
    if "(" not in source:
        return []
    return [a for a in annotate(segment(source), Lexicon.load(), mentions=False) if a.origin != "lexicon"]
