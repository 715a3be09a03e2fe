"""How near the engine comes to what the processor can do: operations that a batch needs, and the int8 GEMM peak.

A multiplication with an addition counts as two operations. Only matrix products are counted, padding is not: it is work
that a better batch would not do.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any


def operations(config: dict[str, Any], sources: Sequence[int], targets: Sequence[int], beam: int) -> float:
    """Operations to encode sources of these lengths and search targets of these lengths with a beam.

    config: of a BART-like model. targets: generated tokens a source, the longest hypothesis of its beam.
    """
    d, vocabulary = config["d_model"], config["vocab_size"]
    ffn_e, ffn_d = config["encoder_ffn_dim"], config["decoder_ffn_dim"]
    layers_e, layers_d = config["encoder_layers"], config["decoder_layers"]
    total = 0.0
    for source, target in zip(sources, targets, strict=True):
        total += layers_e * source * (2 * (4 * d * d + 2 * d * ffn_e) + 4 * source * d)
        total += layers_d * source * 2 * 2 * d * d  # keys and values of the cross-attention, once a source
        step = layers_d * (2 * (6 * d * d + 2 * d * ffn_d) + 4 * d * (source + target / 2)) + 2 * d * vocabulary
        total += beam * target * step
    return total


def int8_peak(config: dict[str, Any]) -> float:
    """Operations a second and core of oneDNN's int8 GEMM, through torch, on 1,024 rows of the model's largest layer."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    rows, inner, columns = 1024, config["d_model"], config["encoder_ffn_dim"]
    left = torch.randint(-127, 127, (rows, inner), dtype=torch.int8)
    right = torch.randint(-127, 127, (inner, columns), dtype=torch.int8)
    best = float("inf")
    for _ in range(30):
        start = time.process_time()
        for _ in range(5):
            torch._int_mm(left, right)
        best = min(best, (time.process_time() - start) / 5)
    torch.set_num_threads(before)
    return 2 * rows * inner * columns / best
