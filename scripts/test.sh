#!/usr/bin/env bash
# Install everything that is needed, development tools included, and pass the checks: lint, format, types, tests.
#   bash scripts/test.sh [PYTEST ARGUMENT...]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

environment dev
cd "$ROOT"
export HF_HUB_OFFLINE=1     # tests build the checkpoints that they need
export OMP_NUM_THREADS=1    # one thread a worker: two that share cores slow each other down
export TOKENIZERS_PARALLELISM=false

say "ruff";   "$VENV/bin/ruff" check .
say "format"; "$VENV/bin/ruff" format --check .
say "mypy";   "$VENV/bin/mypy"
say "pytest"; "$VENV/bin/python" -m pytest -n 2 "$@"
