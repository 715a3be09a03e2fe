"""`summarizer info`: a checkpoint, the engine that runs it, installed versions, licences of its training data."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import summarizer
from summarizer.cli import common
from summarizer.errors import ModelError
from summarizer.formats.writers import output, write

LIBRARIES = ("torch", "transformers", "tokenizers", "sentencepiece", "ctranslate2", "pyarrow", "numpy")
CARDS = ("MODEL_CARD.md", "README.md")


def add(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "info",
        help="describe a checkpoint, its engine and the installed versions",
        description=__doc__,
        allow_abbrev=False,
    )
    command.add_argument(
        "model", nargs="?", metavar="DIR", help="checkpoint folder or hub id (default: the embedded checkpoint)"
    )
    common.add_engine(command)
    common.add_output(command, ("text", "json"))
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from summarizer.api import DEFAULT_MODEL, Summarizer
    from summarizer.models.families import FAMILIES
    from summarizer.models.loading import resolve

    loaded = Summarizer.load(args.model, engine=args.engine, device=args.device, threads=args.threads)
    folder = DEFAULT_MODEL if args.model is None else resolve(args.model)
    facts = {
        **loaded.describe(),
        "folder": str(folder),
        "card": card_facts(folder),
        "families": list(FAMILIES),
        "versions": versions(),
    }
    with output(args.output) as out:
        if args.format == "json":
            write([json.dumps(facts, ensure_ascii=False, indent=2, default=str) + "\n"], out)
        else:
            write(_as_text(facts), out)
    return 0


def versions() -> dict[str, str]:
    """Of the program, Python and the libraries that results depend on; "not installed" where one is missing."""
    found = {"summarizer": summarizer.__version__, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = "not installed"
    return found


def card_facts(folder: Path) -> dict[str, Any]:
    """The front matter of the checkpoint's model card (licence, data with their licences...); empty without one.

    Raises ModelError for front matter that is no YAML mapping.
    """
    card = next((folder / name for name in CARDS if (folder / name).is_file()), None)
    text = card.read_text("utf-8", errors="replace") if card else ""
    if not text.startswith("---\n") or "\n---" not in text[4:]:
        return {}
    import yaml

    try:
        facts = yaml.safe_load(text[4:].split("\n---", 1)[0])
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"{card}: its front matter is not YAML ({reason}); mend it") from None
    if not isinstance(facts, dict):
        raise ModelError(f"{card}: its front matter is no mapping; mend it")
    return facts


def _as_text(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, dict) and item:
            yield f"{indent}{key}:\n"
            yield from _as_text(item, indent + "  ")
        elif isinstance(item, list) and any(isinstance(part, dict) for part in item):
            yield f"{indent}{key}:\n"
            for part in item:
                yield f"{indent}  - {_inline(part)}\n"
        else:
            yield f"{indent}{key}: {_inline(item)}\n"


def _inline(item: Any) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{key}: {_inline(value)}" for key, value in item.items()) or "none"
    if isinstance(item, list):
        return ", ".join(map(_inline, item)) or "none"
    return str(item)
