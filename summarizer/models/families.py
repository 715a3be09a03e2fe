"""Model families as data records: how each one lays out its input and output.

A new family is a new record here (and nothing else, unless its conversion needs a quirk of its own).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.errors import ModelError

TASKS = ("translate", "bullet", "summarise", "denoise", "code_switch")


@dataclass(frozen=True)
class Family:
    """Layout of a family's sequences, as tokens of its vocabulary.

    source_prefix/source_suffix: tokens around the source; decoder_prefix: what the decoder is fed first (its first
    token is the decoder start token); target_suffix: what ends a target.
    task_prefix: text put before the source to tell the task. separator: what stands between the bullets of one target;
    a token of the vocabulary where the family has spare ones, else plain text. Newlines do not survive SentencePiece.
    max_source/max_target: limits in tokens, specials included.
    untie_for_conversion: CTranslate2 must be told that lm_head is not the embedding.
    conversion_config: fields of config.json that CTranslate2 reads and transformers 5 no longer writes.
    """

    name: str
    model_types: tuple[str, ...]
    source_prefix: tuple[str, ...]
    source_suffix: tuple[str, ...]
    decoder_prefix: tuple[str, ...]
    target_suffix: tuple[str, ...]
    separator: str
    max_source: int
    max_target: int
    tasks: tuple[str, ...]
    task_prefix: dict[str, str] = field(default_factory=dict)
    untie_for_conversion: bool = False
    conversion_config: dict[str, Any] = field(default_factory=dict)
    tokenizer_options: dict[str, Any] = field(default_factory=dict)


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            name="mt5",
            model_types=("mt5",),
            source_prefix=(),
            source_suffix=("</s>",),
            decoder_prefix=("<pad>",),
            target_suffix=("</s>",),
            separator="<extra_id_0>",
            max_source=512,
            max_target=128,
            tasks=("summarise", "bullet", "translate", "denoise", "code_switch"),
            untie_for_conversion=True,
        ),
        Family(
            name="indicbart",
            model_types=("mbart",),
            source_prefix=(),
            source_suffix=("</s>", "<2hi>"),
            decoder_prefix=("<2en>",),
            target_suffix=("</s>",),
            separator="[SEP]",
            max_source=1024,
            max_target=256,
            tasks=("summarise", "bullet", "translate", "denoise", "code_switch"),
            conversion_config={"normalize_before": True, "normalize_embedding": True, "tokenizer_class": None},
            tokenizer_options={"keep_accents": True, "do_lower_case": False},
        ),
        Family(
            name="compact",
            model_types=("bart",),
            source_prefix=("<s>",),
            source_suffix=("</s>",),
            decoder_prefix=("</s>",),
            target_suffix=("</s>",),
            separator=" • ",
            max_source=256,
            max_target=128,
            tasks=("translate", "bullet", "denoise", "code_switch"),
            task_prefix={"bullet": "• ", "code_switch": "~ "},
            conversion_config={"normalize_before": False, "normalize_embedding": True},
        ),
    )
}


def family_of(path: str | Path) -> Family:
    """The family of a checkpoint folder, by its config's `model_type`. Raises ModelError where there is none."""
    config_file = Path(path) / "config.json"
    try:
        model_type = json.loads(config_file.read_text("utf8")).get("model_type")
    except FileNotFoundError:
        inside = sorted((f.parent for f in Path(path).glob("*/config.json")), key=lambda f: (f.name != "final", f))
        raise ModelError(
            f"{path}: no config.json in it; give {inside[0] if inside else 'a checkpoint folder'}"
        ) from None
    except (ValueError, OSError, AttributeError) as error:
        raise ModelError(f"{config_file}: not readable as a JSON object ({error}); copy the checkpoint again") from None
    for family in FAMILIES.values():
        if model_type in family.model_types:
            return family
    known = ", ".join(t for f in FAMILIES.values() for t in f.model_types)
    raise ModelError(f"{path}: model_type {model_type!r} belongs to no known family; known types: {known}")
