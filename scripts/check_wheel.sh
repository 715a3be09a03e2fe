#!/usr/bin/env bash
# Build the wheel from the tracked files, see that no file of the package is missing in it, install it into an
# environment of its own and run it from another folder. Leaves nothing behind.
#   bash scripts/check_wheel.sh            dependencies are borrowed from .venv (seconds)
#   bash scripts/check_wheel.sh --full     they are installed as for a user, at the tested versions (minutes, gigabytes)
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
PLACE="$(mktemp -d)"
trap 'rm -rf "$PLACE"' EXIT

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

[ "${1:-}" = "" ] || [ "$1" = --full ] || { say "usage: check_wheel.sh [--full]"; exit 2; }
[ -x "$VENV/bin/python" ] || fail "$VENV: no environment there; run scripts/test.sh once"

mkdir "$PLACE/source" "$PLACE/elsewhere"
cd "$ROOT"
git ls-files -z | xargs -0 -I{} sh -c 'test ! -e "$1" || printf "%s\0" "$1"' _ {} |
    tar --null -T - -cf - | tar -xf - -C "$PLACE/source"
say "Building"
"$VENV/bin/python" -m pip wheel -q --disable-pip-version-check --no-deps -w "$PLACE/dist" "$PLACE/source"
WHEEL="$(ls "$PLACE"/dist/*.whl)"

"$VENV/bin/python" - "$WHEEL" "$PLACE/source" <<'PYTHON'
import sys, zipfile
from pathlib import Path

wheel, source = zipfile.ZipFile(sys.argv[1]), Path(sys.argv[2])
inside = set(wheel.namelist())
wanted = {f.relative_to(source).as_posix() for f in (source / "summarizer").rglob("*") if f.is_file()}
missing = sorted(wanted - inside)
strange = sorted(n for n in inside - wanted if ".dist-info/" not in n)
if missing or strange:
    sys.exit(f"error: missing in the wheel: {missing or 'nothing'}; not of the package: {strange or 'nothing'}")
if not any(n.endswith("licenses/LICENSE") for n in inside):
    sys.exit("error: the wheel has no LICENSE")
print(f"{len(inside)} files, {Path(sys.argv[1]).stat().st_size / 1e6:.1f} MB", file=sys.stderr)
PYTHON

say "Installing"
"$VENV/bin/python" -m venv "$PLACE/venv"
if [ "${1:-}" = --full ]; then
    "$PLACE/venv/bin/python" -m pip install -q --disable-pip-version-check -c "$ROOT/constraints.txt" "$WHEEL[web]"
else
    "$PLACE/venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps "$WHEEL"
    borrowed="$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
    lent="$("$PLACE/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
    printf '%s\n' "$borrowed" >"$lent/borrowed.pth" # after the wheel on the path; its own .pth files are not read
fi

say "Running from another folder"
cd "$PLACE/elsewhere"
export SUMMARIZER_CACHE="$PLACE/converted" OMP_NUM_THREADS=1
unset PYTHONPATH
run() { "$PLACE/venv/bin/summarizer" "$@"; }
"$PLACE/venv/bin/python" -c 'import summarizer, sys; sys.exit(not summarizer.__file__.startswith(sys.prefix))' ||
    fail "summarizer is imported from elsewhere, not from the wheel"
run --help >help.txt
run --version
printf '%s\n' 'रूस (Russia) के राष्ट्रपति पुतिन (unclear) ने सोमवार को दिल्ली में कहा कि बातचीत जारी है।' >article.txt
run glosses article.txt >glosses.txt
grep -q 'Russia' glosses.txt || fail "the wheel's glosses command does not find a gloss"
grep -q 'Putin' glosses.txt || fail "the wheel's glossary does not mend a gloss"
"$PLACE/venv/bin/python" -c 'from importlib.resources import files; assert (files("summarizer") / "web/static/index.html").is_file()'
if run info >info.txt 2>info.err; then
    run summarize article.txt
elif grep -q 'the embedded checkpoint is not there' info.err; then
    say "note: this tree has no embedded checkpoint, so none is in the wheel"
else
    fail "summarizer info: $(cat info.err)"
fi
say "The wheel is whole and runs"
