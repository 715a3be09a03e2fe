"""Oracle selection: the sentences whose English is nearest to the reference, an upper bound for any selection.

Greedy by ROUGE-1 + ROUGE-2 F1 of what is chosen so far (Nallapati et al. 2017); not the best subset, but close to it.
"""

from __future__ import annotations

from collections.abc import Mapping

from summarizer.evaluation.rouge import scorer


def oracle(english: Mapping[int, str], reference: str, limit: int | None = None) -> list[int]:
    """Sentence indices in reading order. english: the English of each sentence by its index.

    Stops at `limit` sentences (default: the reference's bullets) or where no sentence adds to the score.
    """
    limit = len(reference.splitlines()) if limit is None else limit
    judge = scorer(types=("rouge1", "rouge2"))
    chosen: list[int] = []
    best = 0.0
    while len(chosen) < limit:
        scores = {}
        for index in english:
            if index not in chosen:
                found = judge.score(reference, "\n".join(english[i] for i in (*chosen, index)))
                scores[index] = found["rouge1"].fmeasure + found["rouge2"].fmeasure
        top = max(scores, key=lambda i: (scores[i], -i), default=None)
        if top is None or scores[top] <= best:
            break
        chosen.append(top)
        best = scores[top]
    return sorted(chosen)
