r"""Measure the choice of sentences against reference bullets, with reference translations in place of a model's.

    python scripts/measure_selection.py --bullets ../shared/data/bullets/dev.jsonl.gz \
        --articles ../shared/articles/dev.jsonl

What a perfect translator would score: ROUGE of the chosen sentences' translations against the bullets, for lead,
random, salience and a greedy oracle, at equal numbers of sentences and at equal numbers of words.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer
from train_salience import as_sentences

from summarizer.anchors import Lexicon, annotate
from summarizer.document import Anchor, Sentence
from summarizer.selection import select
from summarizer.selection.select import METHODS

METRICS = ("rouge1", "rouge2", "rougeLsum")


@dataclass(frozen=True)
class Article:
    """Body sentences, their English, the reference bullets and the sentences these rest on."""

    sentences: list[Sentence]
    anchors: list[Anchor]
    english: list[str]
    bullets: list[str]
    rests: frozenset[int]

    @classmethod
    def of(cls, record: dict, lexicon: Lexicon) -> Article:
        if "body_sentences" in record:
            hindi, english = record["body_sentences"], record["translations"]
        else:
            hindi, english = ([s[side] for s in record["sentences"]] for side in ("hi", "en"))
        sentences = as_sentences(hindi)
        rests = frozenset(i for b in record["bullets"] for i in b["sentences"])
        return cls(sentences, annotate(sentences, lexicon), english, [b["en"] for b in record["bullets"]], rests)

    def words(self, indices: Sequence[int]) -> int:
        return sum(len(self.english[i].split()) for i in indices)


def read(path: Path) -> list[Article]:
    lexicon = Lexicon.load()
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [Article.of(json.loads(line), lexicon) for line in lines]


def ranked(article: Article, method: str) -> list[int]:
    """All sentences, best first; one a group, so that methods differ in the choice alone."""
    groups = select(article.sentences, article.anchors, len(article.sentences), method=method, max_chars=0)
    return [i for group in groups for i in group]


def within(article: Article, order: Sequence[int], budget: int) -> list[int]:
    """Sentences in the given order as long as they fit the words of the reference; at least one."""
    chosen: list[int] = []
    for i in order:
        if not chosen or article.words([*chosen, i]) <= budget:
            chosen.append(i)
    return chosen


def oracle(article: Article, limit: int) -> list[int]:
    """Sentences that raise ROUGE-1 + ROUGE-2 most, one after the other (greedy, so not the true maximum)."""
    tokenizer = DefaultTokenizer(use_stemmer=True)
    grams = [_grams(tokenizer.tokenize(text)) for text in article.english]
    reference = sum((_grams(tokenizer.tokenize(b)) for b in article.bullets), Counter())
    chosen: list[int] = []
    total: Counter = Counter()
    while len(chosen) < min(limit, len(grams)):
        left = [i for i in range(len(grams)) if i not in chosen]
        best = max(left, key=lambda i: (_f1(total + grams[i], reference), -i))
        chosen.append(best)
        total += grams[best]
    return chosen


def _grams(tokens: list[str]) -> Counter:
    return Counter(tokens) + Counter(zip(tokens, tokens[1:], strict=False))


def _f1(hypothesis: Counter, reference: Counter) -> float:
    return 2 * sum((hypothesis & reference).values()) / max(sum(hypothesis.values()) + sum(reference.values()), 1)


def rouge(scorer: RougeScorer, article: Article, indices: Sequence[int]) -> list[float]:
    hypothesis = "\n".join(article.english[i] for i in sorted(indices))
    scores = scorer.score("\n".join(article.bullets), hypothesis)
    return [scores[m].fmeasure for m in METRICS]


def choices(article: Article) -> dict[tuple[str, str], list[int]]:
    """Chosen sentences by setting and method."""
    count, budget = len(article.bullets), sum(len(b.split()) for b in article.bullets)
    orders = {m: ranked(article, m) for m in METHODS}
    orders["oracle"] = oracle(article, len(article.english))
    out = {}
    for method, order in orders.items():
        out["as many sentences as bullets", method] = order[:count]
        out["words of the reference", method] = within(article, order, budget)
    groups = select(article.sentences, article.anchors, reserves=0)
    out["default", "salience, grouped"] = [i for group in groups for i in group]
    out["default", "salience, single"] = orders["salience"][: len(groups)]
    out["default", "lead"] = orders["lead"][: len(groups)]
    return out


def found(article: Article, indices: Sequence[int]) -> tuple[int, int, int]:
    return len(article.rests & set(indices)), len(indices), len(article.rests)


def bootstrap(one: np.ndarray, other: np.ndarray, samples: int = 2000) -> tuple[float, float, float]:
    """Mean difference over articles and its 95% interval (paired bootstrap, Koehn 2004; fixed seed)."""
    difference = one - other
    draws = np.random.default_rng(0).integers(0, len(difference), (samples, len(difference)))
    low, high = np.percentile(difference[draws].mean(1), [2.5, 97.5])
    return float(difference.mean()), float(low), float(high)


def report(articles: list[Article]) -> None:
    scorer = RougeScorer(METRICS, use_stemmer=True)
    scores: dict[tuple[str, str], list[list[float]]] = {}
    counts: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for article in articles:
        for key, indices in choices(article).items():
            scores.setdefault(key, []).append(rouge(scorer, article, indices))
            counts.setdefault(key, []).append(found(article, indices))
    print("| setting | method | R-1 | R-2 | R-Lsum | precision | recall | F1 | sentences |\n|" + "---|" * 9)
    for (setting, method), values in sorted(scores.items()):
        hit, chosen, relevant = np.sum(counts[setting, method], axis=0)
        cells = [*(100 * np.mean(values, axis=0)), 100 * hit / chosen, 100 * hit / relevant]
        cells.append(200 * hit / (chosen + relevant))
        row = " | ".join(f"{c:.1f}" for c in cells)
        print(f"| {setting} | {method} | {row} | {chosen / len(articles):.1f} |")
    print("\nSalience over lead, 95% interval of the difference:")
    for setting in ("as many sentences as bullets", "words of the reference"):
        for k, metric in enumerate(METRICS):
            ours, lead = (np.array(scores[setting, m])[:, k] for m in ("salience", "lead"))
            mean, low, high = (100 * x for x in bootstrap(ours, lead))
            print(f"- {setting}, {metric}: {mean:+.1f} ({low:+.1f} to {high:+.1f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--bullets", type=Path, help="JSON lines, gzipped: sentences with hi and en, bullets")
    parser.add_argument("--articles", type=Path, help="JSON lines: body_sentences, translations, bullets")
    args = parser.parse_args()
    for path in filter(None, (args.bullets, args.articles)):
        articles = read(path)
        print(f"\n{path.name}: {len(articles)} articles\n")
        report(articles)


if __name__ == "__main__":
    main()
