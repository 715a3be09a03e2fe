"""Which floating-point format a machine trains fastest in without losing range."""

from __future__ import annotations

PRECISIONS = ("auto", "bf16", "fp32", "fp16")


def has_bfloat16() -> bool:
    """Whether this machine multiplies bfloat16 matrices in hardware. Without it they are emulated: three times slower
    than float32 on a CPU of plain AVX-512, forty times on one of AVX2 alone or a GPU before Ampere."""
    import platform

    import torch

    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    if platform.machine().lower() in ("x86_64", "amd64"):  # oneDNN says yes to plain AVX-512, where it emulates
        return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()


def resolve(precision: str) -> str:
    """ "auto" as bf16 where the hardware has it, else fp32; any other precision as it is."""
    if precision != "auto":
        return precision
    return "bf16" if has_bfloat16() else "fp32"
