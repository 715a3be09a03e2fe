"""Evaluate systems: `python scripts/evaluate.py data=articles.jsonl systems=[default,lead]`; see conf/evaluate/."""

from __future__ import annotations

import sys
from pathlib import Path

# Python looks for modules beside a script first, and this one has the name of the library `evaluate`.
sys.path[:] = [p for p in sys.path if Path(p or ".").resolve() != Path(__file__).resolve().parent]

import hydra  # noqa: E402
from hydra.core.config_store import ConfigStore  # noqa: E402
from omegaconf import DictConfig, OmegaConf  # noqa: E402

from summarizer.errors import guarded  # noqa: E402
from summarizer.evaluation.command import run_options  # noqa: E402
from summarizer.evaluation.options import Options, check_names  # noqa: E402


@hydra.main(version_base="1.3", config_path="../conf/evaluate", config_name="evaluate")
def main(config: DictConfig) -> None:
    values = OmegaConf.to_container(config, resolve=True)
    assert isinstance(values, dict)  # as the schema is a record
    sys.exit(guarded(lambda: run_options(Options.from_dict({str(k): v for k, v in values.items()}))))


if __name__ == "__main__":
    overrides = [a.lstrip("+~").partition("=")[0] for a in sys.argv[1:] if "=" in a and not a.startswith("-")]
    if code := guarded(lambda: check_names(o for o in overrides if not o.startswith("hydra"))):
        sys.exit(code)
    ConfigStore.instance().store(name="evaluate_schema", node=Options)
    main()
