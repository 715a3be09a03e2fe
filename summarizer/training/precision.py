"""Which floating-point format a machine trains fastest in without losing range."""

from __future__ import annotations

PRECISIONS = ("auto", "bf16", "fp32", "fp16")


def has_bfloat16() -> bool:
    """Whether this machine multiplies bfloat16 matrices in hardware. Without it (a CPU of AVX2 alone, a GPU before
    Ampere) they are emulated, and forty times slower than float32."""
    import torch

    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()


def resolve(precision: str) -> str:
    """ "auto" as bf16 where the hardware has it, else fp32; any other precision as it is."""
    if precision != "auto":
        return precision
    return "bf16" if has_bfloat16() else "fp32"
