"""ROUGE as a module of the `evaluate` library that needs no download: `evaluate.load(".../metrics/rouge")`.

Unlike the hub's module it averages plainly instead of taking the median of a bootstrap, and it can keep Devanagari.
"""

# scripts/evaluate.py hides the library from mypy: it has the same name.
# mypy: disable-error-code="name-defined,attr-defined"

# evaluate.load looks for a library in every import line of this file, so each stands alone.
import datasets
import evaluate

from summarizer.evaluation.rouge import TYPES, rouge_each

_DESCRIPTION = "ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum F1 by rouge_score."
_INPUTS = """
Args:
    predictions: generated summaries, a newline between bullets.
    references: one reference each.
    tokenizer: "latin" (rouge_score's own) or "devanagari" (keeps Hindi words).
    use_stemmer: Porter stems of Latin words.
    use_aggregator: the mean over all texts if true, else a list with one F1 a text.
"""
_CITATION = "Lin, Chin-Yew. 2004. ROUGE: A Package for Automatic Evaluation of Summaries. TSBO."


class Rouge(evaluate.Metric):
    """F1 from 0 to 1."""

    def _info(self):
        text = datasets.Value("string")
        return evaluate.MetricInfo(
            description=_DESCRIPTION,
            citation=_CITATION,
            inputs_description=_INPUTS,
            features=datasets.Features({"predictions": text, "references": text}),
            reference_urls=["https://aclanthology.org/W04-1013/"],
        )

    def _compute(self, predictions, references, tokenizer="latin", use_stemmer=True, use_aggregator=True):
        each = rouge_each(predictions, references, tokenizer=tokenizer, stem=use_stemmer)
        if not use_aggregator:
            return each
        return {kind: sum(each[kind]) / len(each[kind]) for kind in TYPES}
