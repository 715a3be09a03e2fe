#!/usr/bin/env bash
# Install everything that is needed and summarise an article: a sample of examples/, or the files given.
#   bash scripts/quickstart.sh [FILE...]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

environment ""
if [ $# -eq 0 ]; then
    set -- "$ROOT/examples/grain_ships.txt"
    say "Article: examples/grain_ships.txt, which begins:"
    say "  $(sed -n 1p "$1" | cut -d ' ' -f 1-24) ..."
    say ""
fi
"$VENV/bin/summarizer" summarize "$@"
say ""
say "The command for your own articles: $VENV/bin/summarizer summarize FILE (or: bash scripts/quickstart.sh FILE)"
