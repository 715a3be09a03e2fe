# Sourced by quickstart.sh and test.sh: finds a Python and keeps the project's virtual environment complete.
#
# `environment EXTRAS` installs the project with these extras ("" for none) into .venv, editable, at the tested versions
# of constraints.txt. A stamp makes the second call instant.
#
# torch comes as the package index gives it: on some machines that is the CPU build, on others gigabytes of CUDA. To
# choose the build yourself, create .venv and install that build of the pinned torch version into it first; it is kept.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
LEAST="3.11"

say() { printf '%s\n' "$*" >&2; }

find_python() {
    local candidate seen=""
    # 3.11 first: the pins were tested with it.
    for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13}; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        seen="$seen $("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true)"
        "$candidate" -c "import sys; sys.exit(sys.version_info < (${LEAST/./, }))" 2>/dev/null || continue
        if "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return 0
        fi
        say "error: $candidate has no venv module; install it (Debian, Ubuntu: apt install python3-venv) and run this again"
        return 1
    done
    say "error: no Python $LEAST or newer found (found:${seen:- none}); install one, or name it: PYTHON=/path/to/python3 bash $0"
    return 1
}

environment() {
    local extras="$1" python stamp wanted
    wanted="$(cat "$ROOT/pyproject.toml" "$ROOT/constraints.txt" | cksum) $ROOT"
    for stamp in "$VENV/.installed-$extras" "$VENV/.installed-dev"; do # dev has everything
        if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && "$VENV/bin/python" -c '' 2>/dev/null; then
            return 0
        fi
    done
    if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        python="$(find_python)" || return 1
        say "Creating .venv with $("$python" --version 2>&1)"
        "$python" -m venv --clear "$VENV" || return 1
    fi
    say "Installing the project and its dependencies into .venv (minutes the first time)"
    if ! "$VENV/bin/python" -m pip install -qq --disable-pip-version-check \
        -c "$ROOT/constraints.txt" -e "$ROOT${extras:+[$extras]}" >&2; then
        say "error: pip could not install the dependencies (see above); check network and disk space, then run this again"
        return 1
    fi
    printf '%s' "$wanted" >"$VENV/.installed-$extras"
}
