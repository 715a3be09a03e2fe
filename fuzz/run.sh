#!/usr/bin/env bash
# Fuzz every target (or those named) for so many seconds each; stops at the first finding with the file that shows it.
#   bash fuzz/run.sh SECONDS [TARGET...]
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
PYTHON="$ROOT/.venv/bin/python"
case "${1:-}" in '' | *[!0-9]*) echo "usage: run.sh SECONDS [TARGET...]" >&2; exit 2 ;; esac
"$PYTHON" -c 'import atheris' 2>/dev/null || {
    echo "error: atheris is not installed; $PYTHON -m pip install -e '$ROOT[fuzz]'" >&2
    exit 1
}
seconds="$1"
shift
[ $# -gt 0 ] || set -- text anchors path readers codec
export OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false
for target in "$@"; do
    corpus="$ROOT/fuzz/corpus/$target" findings="$ROOT/fuzz/findings"
    mkdir -p "$corpus" "$findings"
    echo "== $target, $seconds seconds" >&2
    "$PYTHON" "$ROOT/fuzz/fuzz.py" "$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=2000 \
        -dict="$ROOT/fuzz/hindi.dict" -artifact_prefix="$findings/$target-" -print_final_stats=1 -verbosity=0 \
        "$corpus" "$ROOT/examples" || {
        echo "error: $target: the input that shows it is in $findings; run it again with" >&2
        echo "  $PYTHON $ROOT/fuzz/fuzz.py $target FILE" >&2
        exit 1
    }
done
