"""Logistic regression over named features: reading the shipped weights, and fitting them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).with_name("salience.json")


@dataclass(frozen=True)
class Logistic:
    """Weights on the features' own scale, in the order of `names`, and an intercept."""

    names: tuple[str, ...]
    weights: np.ndarray
    intercept: float

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Probabilities of rows, shape [..., len(names)] to [...]."""
        return 1 / (1 + np.exp(-(features @ self.weights + self.intercept)))

    def to_dict(self) -> dict[str, float]:
        pairs = zip(self.names, self.weights.tolist(), strict=True)
        return {name: round(weight, 4) for name, weight in pairs} | {"intercept": round(self.intercept, 4)}

    @classmethod
    def from_dict(cls, record: dict[str, float], names: Sequence[str]) -> Logistic:
        """Raises KeyError when the record lacks a name."""
        return cls(tuple(names), np.array([record[n] for n in names]), record["intercept"])


@lru_cache
def shipped(part: str, names: tuple[str, ...]) -> Logistic:
    """The package's own model: part "salience" (a bullet rests on the sentence) or "cohesion" (two share a bullet)."""
    return Logistic.from_dict(json.loads(WEIGHTS.read_text(encoding="utf-8"))[part], names)


def fit(features: np.ndarray, labels: np.ndarray, names: Sequence[str], l2: float = 1.0) -> Logistic:
    """Newton's method on the L2-penalised likelihood; features are standardised for the penalty alone."""
    mean, scale = features.mean(0), features.std(0) + 1e-9
    rows = np.column_stack([(features - mean) / scale, np.ones(len(features))])
    penalty = l2 * np.eye(rows.shape[1])
    penalty[-1, -1] = 0  # the intercept is free
    theta = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ theta))
        hessian = (rows * (p * (1 - p))[:, None]).T @ rows + penalty
        step = np.linalg.solve(hessian, rows.T @ (p - labels) + penalty @ theta)
        theta -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = theta[:-1] / scale
    return Logistic(tuple(names), weights, float(theta[-1] - weights @ mean))
