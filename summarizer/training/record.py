"""What a run leaves beside its weights: configuration, environment, metrics and the model card."""

from __future__ import annotations

import json
import platform
import subprocess
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from summarizer.training.config import Run

LIBRARIES = ("torch", "transformers", "tokenizers", "sentencepiece", "datasets", "accelerate", "peft", "ctranslate2")


def write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf8")


def environment() -> dict[str, Any]:
    """Versions, processor and git commit, for `environment.json` and the model card."""
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": versions,
        "git_commit": _git_commit(),
    }


def _git_commit() -> str | None:
    try:
        folder = Path(__file__).parent
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, timeout=10)
        return done.stdout.strip() or None
    except (OSError, subprocess.SubprocessError):
        return None


def write_start(run: Run, output: Path) -> None:
    """config.yaml and environment.json, before anything can fail."""
    from omegaconf import OmegaConf

    (output / "config.yaml").write_text(OmegaConf.to_yaml(OmegaConf.structured(run)), "utf8")
    write_json(output / "environment.json", environment())


def card(run: Run, metrics: dict[str, float], steps: int, target_tokens: int) -> str:
    """MODEL_CARD.md: a JSON front matter that programs read, then the same in words."""
    sources = {
        name: {
            "licence": source.get("licence", "not stated in the configuration"),
            "task": source.get("task", "translate"),
            "plain": source.get("plain", 1.0),
            "glossed": source.get("glossed", 0.0),
        }
        for name, source in run.corpus.sources.items()
    }
    front = {
        "name": run.name,
        "family": run.model.family,
        "start": Path(run.model.start).name,
        "steps": steps,
        "target_tokens": target_tokens,
        "seed": run.seed,
        "anchors": run.anchors.mode,
        "metrics": {k: round(v, 4) for k, v in sorted(metrics.items())},
        "data": sources,
        "environment": environment(),
    }
    lines = [f"- **{name}** ({s['task']}): {s['licence']}" for name, s in sources.items()]
    scores = [f"| {k} | {v:.4g} |" for k, v in sorted(metrics.items())]
    return "\n".join(
        [
            "---",
            json.dumps(front, ensure_ascii=False, indent=2),
            "---",
            f"# {run.name}",
            "",
            f"Family {run.model.family}, started from `{front['start']}`, {steps} steps, {target_tokens:,} target tokens.",  # noqa: E501
            "",
            "## Training data and licences",
            *lines,
            "",
            "## Held-out figures",
            "| metric | value |",
            "|---|---|",
            *scores,
            "",
            "## Gloss augmentation",
            ", ".join(f"{k} {v}" for k, v in asdict(run.anchors).items()),
            "",
        ]
    )


def write_card(run: Run, output: Path, folder: Path, metrics: dict[str, float], steps: int, target_tokens: int) -> None:
    (folder / "MODEL_CARD.md").write_text(card(run, metrics, steps, target_tokens), "utf8")
    for name in ("config.yaml", "metrics.json", "environment.json"):
        target = folder / ("run.yaml" if name == "config.yaml" else name)
        target.write_bytes((output / name).read_bytes())
