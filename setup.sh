#!/usr/bin/env bash
# Makes the virtual environment .venv from requirements.lock. `make` calls it when the lock or pyproject.toml changed.
set -euo pipefail
cd "$(dirname "$0")"

python=""
for candidate in python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null &&
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "setup: Python 3.11, 3.12 or 3.13 is needed, and none is on PATH. Install one (on Debian: apt-get install" >&2
    echo "       python3 python3-venv), or use conda: conda env create -f environment.yml" >&2
    exit 1
fi

echo "setup: $("$python" --version), into .venv; about 5 GB on disk, most of it PyTorch's"
if [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "setup: $python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2
        exit 1
    fi
fi
.venv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.5,<1'
export VIRTUAL_ENV=$PWD/.venv

# pesq is the one package without wheels. Where it cannot be compiled, everything else still works and PESQ is missing.
parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
awk -v dir="$parts" '/^[a-z]/ { out = /^pesq==/ ? "pesq" : "wheels" } out { print > (dir "/" out ".txt") }' requirements.lock
# Compiled once, here: without bytecode every kernel that starts would compile PyTorch anew, for ten seconds.
.venv/bin/uv pip install --quiet --compile-bytecode --require-hashes -r "$parts/wheels.txt"
if ! .venv/bin/uv pip install --quiet --require-hashes --no-deps -r "$parts/pesq.txt" 2>"$parts/pesq.log"; then
    tail -n 3 "$parts/pesq.log" >&2
    echo "setup: pesq did not compile, so PESQ will be shown as missing. It needs a C compiler and Python's headers (on" >&2
    echo "       Debian: apt-get install gcc python3-dev); then run \`make setup\` again." >&2
fi
.venv/bin/uv pip install --quiet --no-deps -e .
.venv/bin/jupyter kernelspec install --sys-prefix --name sandbox autograder/kernels/sandbox >/dev/null 2>&1
# What librosa compiles and where fonts are is kept, or every sandboxed kernel that uses them would need 20 s for it.
.venv/bin/python -c 'import librosa.util.utils, matplotlib.font_manager' >/dev/null 2>&1 || true

# Grading needs bubblewrap; everything else works without.
install="apt-get install bubblewrap"
if ! command -v bwrap >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    $install --yes --quiet >/dev/null 2>&1 ||
        { apt-get update --quiet && $install --yes --quiet; } >/dev/null 2>&1 || true
fi
if ! command -v bwrap >/dev/null; then
    echo "setup: grading runs submissions in bubblewrap, which is missing. As root: $install (on Debian)." >&2
fi
touch .venv/ready
