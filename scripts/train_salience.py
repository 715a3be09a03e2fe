"""Fit the weights of sentence selection on articles whose bullets name the sentences they rest on.

    python scripts/train_salience.py --data ../shared/data/bullets [--write]

Prints what each feature adds; with --write, replaces the weights that the package ships. ROUGE of the choice is
`scripts/measure_selection.py`'s business.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from summarizer.anchors import Lexicon, annotate
from summarizer.document import Sentence
from summarizer.selection.features import PAIR, SENTENCE, View, pair_features, sentence_features
from summarizer.selection.logistic import WEIGHTS, Logistic, fit
from summarizer.text import normalise

NOTE = (
    "Logistic regression on the features' own scale (summarizer/selection/features.py). salience: a bullet rests on "
    "the sentence; cohesion: two neighbouring sentences that bullets rest on share a bullet. Fitted by "
    "scripts/train_salience.py on Hindi news articles with machine-written, unreviewed bullets."
)


def as_sentences(texts: list[str]) -> list[Sentence]:
    """Body sentences of the given texts, offsets counting characters of the normalised sentences joined by spaces."""
    sentences, at = [], 0
    for i, text in enumerate(normalise(t).text for t in texts):
        sentences.append(Sentence(i, text, at, at + len(text), tuple(range(at, at + len(text)))))
        at += len(text) + 1
    return sentences


def read(path: Path) -> Iterator[tuple[dict, View, np.ndarray]]:
    """Records of a bullets file with their sentences' views and features."""
    lexicon = Lexicon.load()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            view = View.of(as_sentences([s["hi"] for s in record["sentences"]]))
            yield record, view, sentence_features(view, annotate(view.body, lexicon))


class Data:
    """Rows, labels and article numbers of both models' examples."""

    def __init__(self, path: Path) -> None:
        salience, cohesion = [], []
        for number, (record, view, features) in enumerate(read(path)):
            rests = [set(b["sentences"]) for b in record["bullets"]]
            used = set().union(*rests)
            salience += [(row, i in used, number) for i, row in enumerate(features)]
            cohesion += [
                (pair_features(view, i), any({i, i + 1} <= r for r in rests), number)
                for i in range(len(view.body) - 1)
                if {i, i + 1} <= used
            ]
        self.salience = _columns(salience)
        self.cohesion = _columns(cohesion)


def _columns(examples: list[tuple[np.ndarray, bool, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows, labels, articles = zip(*examples, strict=True)
    return np.stack(rows), np.array(labels, dtype=float), np.array(articles)


def average_precision(scores: np.ndarray, labels: np.ndarray) -> float:
    """Mean of the precision at each positive, best score first; ties in the given order."""
    ranked = labels[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked > 0].mean())


def mean_average_precision(scores: np.ndarray, labels: np.ndarray, articles: np.ndarray) -> float:
    """Average precision within each article that has a positive, averaged over articles."""
    parts = [(scores[articles == a], labels[articles == a]) for a in np.unique(articles)]
    return float(np.mean([average_precision(s, y) for s, y in parts if y.any()]))


def cross_validate(part: tuple, names: tuple[str, ...], keep: list[int], folds: int = 5) -> float:
    """Mean average precision over articles, each scored by a model fitted on the other folds."""
    rows, labels, articles = part
    scores = np.zeros(len(labels))
    for fold in range(folds):
        held = articles % folds == fold
        model = fit(rows[~held][:, keep], labels[~held], [names[k] for k in keep])
        scores[held] = model(rows[held][:, keep])
    return mean_average_precision(scores, labels, articles)


def ablate(part: tuple, names: tuple[str, ...], model: Logistic) -> None:
    """Print each feature's weight in standard deviations and what leaving it out costs."""
    every = list(range(len(names)))
    full = cross_validate(part, names, every)
    print(f"| feature | weight × sd | left out | alone |\n|---|---|---|---|\n| all | | {full:.4f} | |")
    for k, name in enumerate(names):
        without = cross_validate(part, names, [j for j in every if j != k]) - full
        alone = cross_validate(part, names, [k])
        print(f"| {name} | {model.weights[k] * part[0][:, k].std():+.2f} | {without:+.4f} | {alone:.4f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz and dev.jsonl.gz")
    parser.add_argument("--write", action="store_true", help="replace the weights that the package ships")
    args = parser.parse_args()
    train, dev = Data(args.data / "train.jsonl.gz"), Data(args.data / "dev.jsonl.gz")
    record: dict = {"note": NOTE}
    for part, names in (("salience", SENTENCE), ("cohesion", PAIR)):
        rows, labels, articles = getattr(train, part)
        model = fit(rows, labels, names)
        held_rows, held_labels, held_articles = getattr(dev, part)
        figures = {
            "train_articles": len(np.unique(articles)),
            "train_examples": len(labels),
            "dev_examples": len(held_labels),
            "dev_base_rate": round(float(held_labels.mean()), 4),
            "dev_average_precision": round(average_precision(model(held_rows), held_labels), 4),
            "dev_mean_average_precision": round(
                mean_average_precision(model(held_rows), held_labels, held_articles), 4
            ),
        }
        print(f"\n{part}: {json.dumps(figures)}\n")
        ablate(getattr(train, part), names, model)
        record |= {part: model.to_dict(), f"{part}_figures": figures}
    if args.write:
        WEIGHTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
