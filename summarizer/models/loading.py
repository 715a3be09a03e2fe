"""Checkpoint folders: finding one (local or on the hub), checking its files, loading it as a transformers model.

Engines and training load through here, so that the traps of transformers 5 are met in one place. Weights are read from
safetensors only: a pickle can run code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from summarizer.errors import ModelError
from summarizer.models.codec import load_codec
from summarizer.models.families import family_of

HUB_FILES = ("*.safetensors", "*.json", "*.model")
_AS_SAFETENSORS = (
    "a pickle, which could run code; if you trust it, convert it once with transformers, model and tokenizer: "
    "AutoModelForSeq2SeqLM.from_pretrained(NAME).save_pretrained(FOLDER), AutoTokenizer likewise"
)
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


def resolve(path_or_hub_id: str | Path) -> Path:
    """The checkpoint folder of a local path, or of a hub id such as `google/mt5-small` (fetched once, then cached).

    Raises ModelError when it is neither.
    """
    folder = Path(path_or_hub_id).expanduser()
    if folder.is_dir():
        return folder
    if folder.exists():
        raise ModelError(f"{folder}: is a file; give the folder that holds config.json and *.safetensors")
    if not (isinstance(path_or_hub_id, str) and _HUB_ID.fullmatch(path_or_hub_id)):
        raise ModelError(f"{folder}: no such folder; give a checkpoint folder or a hub id such as google/mt5-small")
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(path_or_hub_id, allow_patterns=list(HUB_FILES)))
    except Exception as error:  # the hub client raises its own, requests' and httpx' errors
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"{path_or_hub_id}: no such folder, and the model hub does not give it ({reason}); check the name and the "
            "network, or download the checkpoint elsewhere and give its folder"
        ) from None
    if not any(folder.glob("*.safetensors")):
        raise ModelError(f"{path_or_hub_id}: the hub has no *.safetensors of it, perhaps {_AS_SAFETENSORS}")
    return folder


def read_config(folder: Path) -> dict[str, Any]:
    """config.json of a checkpoint folder. Raises ModelError when it is none of a known family, or not whole."""
    family_of(folder)
    config = json.loads((folder / "config.json").read_text("utf8"))
    if not isinstance(config.get("vocab_size"), int):
        raise ModelError(f"{folder / 'config.json'}: has no vocab_size; copy the checkpoint again")
    return config


def weight_files(folder: Path) -> list[Path]:
    """The safetensors files of a checkpoint, checked for truncation. Raises ModelError."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        found = next((f.name for f in sorted(folder.glob("*.bin"))), None)
        if found is None:
            raise ModelError(f"{folder}: no *.safetensors weights in it; copy the checkpoint again")
        raise ModelError(f"{folder}: only {found}, {_AS_SAFETENSORS}")
    from safetensors import SafetensorError, safe_open

    for file in files:
        try:
            with safe_open(file, "numpy"):
                pass
        except (SafetensorError, OSError) as error:
            raise ModelError(f"{file}: damaged or cut short ({error}); copy the checkpoint again") from None
    return files


@contextmanager
def _quiet() -> Iterator[None]:
    """transformers without progress bars and load reports: what matters in them is raised as ModelError."""
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def load_model(path: str | Path, device: Any = "cpu", dtype: Any = None) -> Any:
    """The checkpoint as a transformers seq2seq model in eval mode, ready to generate in its family's layout.

    device, dtype: torch's; default float32. An mT5 whose lm_head differs from its embedding keeps it: never call
    `tie_weights` or `resize_token_embeddings` on the result.
    Raises ModelError for weights that are missing, damaged or of another shape than config.json says.
    """
    folder = Path(path)
    codec = load_codec(folder)
    weight_files(folder)
    import torch
    from transformers import AutoModelForSeq2SeqLM, GenerationConfig

    try:
        with _quiet():
            model, info = AutoModelForSeq2SeqLM.from_pretrained(
                folder,
                dtype=dtype or torch.float32,
                use_safetensors=True,
                local_files_only=True,
                output_loading_info=True,
            )
    except Exception as error:  # transformers raises RuntimeError, OSError, ValueError, KeyError... for bad folders
        reason = " ".join(str(error).split())[:300]
        raise ModelError(
            f"{folder}: its weights do not load ({reason}); config.json and *.safetensors must be of one checkpoint"
        ) from None
    missing = sorted(set(info["missing_keys"]) - {"final_logits_bias"})
    if missing:
        raise ModelError(
            f"{folder}: {len(missing)} tensors are missing, first {missing[0]}; config.json and *.safetensors must be "
            "of one checkpoint"
        )
    # Checkpoints carry generation settings of other uses (forced tokens, a start token of another layout): they would
    # fill whatever a call leaves open.
    model.generation_config = GenerationConfig(
        decoder_start_token_id=codec.decoder_prefix[0], eos_token_id=codec.eos_id, pad_token_id=codec.pad_id
    )
    for name in ("forced_bos_token_id", "forced_eos_token_id"):
        if getattr(model.config, name, None) is not None:
            setattr(model.config, name, None)
    return model.to(device).eval()
