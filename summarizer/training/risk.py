"""Minimum risk training: of a model's own hypotheses, the better ones are made likelier than the worse ones.

Shen et al. 2016 (arXiv:1512.02433), with the score of a hypothesis divided by its length as in Edunov et al. 2018
(arXiv:1711.04956). Hypotheses and their gains are made beforehand (`training.ranking`), so that a step decodes nothing.
"""

from __future__ import annotations

from torch import Tensor, full, zeros

SHARPNESS = 10.0  # of the softmax over mean log-probabilities per token


def factors(nll: Tensor, gains: Tensor, rows: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    """What each hypothesis' summed cross-entropy is multiplied by for its gradient to be that of the risk, and the
    expected gain (a mean over examples; the risk is its negative).

    nll: mean negative log-probability per token of each hypothesis; gains: how good it is; rows: its example;
    lengths: its tokens. All 1-d, hypotheses long.
    """
    scores = -SHARPNESS * nll
    count = int(rows.max()) + 1
    top = full((count,), float("-inf"), device=nll.device).scatter_reduce(0, rows, scores, "amax")
    mass = (scores - top[rows]).exp()
    shares = mass / zeros(count, device=nll.device).index_add(0, rows, mass)[rows]
    expected = zeros(count, device=nll.device).index_add(0, rows, shares * gains)
    examples = len(rows.unique())
    return SHARPNESS * shares * (gains - expected[rows]) / lengths / examples, expected.sum() / examples
