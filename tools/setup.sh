#!/bin/sh
# usage: tools/setup.sh VENV
# Makes the environment and installs what requirements/dev.txt pins, by hash. Does nothing when
# that was done before: the stamp is named after the hash of the requirement files.
set -eu
venv=${1:-.venv}
python=${PYTHON:-python3}
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "setup: $*"; exit 1; }

hash=$(cat requirements/*.txt | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16)
stamp=$venv/.setup-$hash
[ -e "$stamp" ] && exit 0

# library:package, for Qt with and without a screen
libraries="libGL.so.1:libgl1 libEGL.so.1:libegl1 libxkbcommon.so.0:libxkbcommon0
    libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0 libdbus-1.so.3:libdbus-1-3
    libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
    libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0
    libxcb-image.so.0:libxcb-image0 libxcb-render-util.so.0:libxcb-render-util0
    libxcb-xinerama.so.0:libxcb-xinerama0 libxkbcommon-x11.so.0:libxkbcommon-x11-0"
if command -v apt-get >/dev/null; then
    missing=
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)
    for pair in $libraries; do
        case $known in *"${pair%%:*} "*) ;; *) missing="$missing ${pair##*:}" ;; esac
    done
    "$python" -c 'import ensurepip, venv' 2>/dev/null || [ -x "$venv/bin/python" ] ||
        missing="$missing python3-venv"
    if [ -n "$missing" ]; then
        if [ "$(id -u)" = 0 ]; then
            apt-get update -q >&2
            # shellcheck disable=SC2086
            DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
                $missing >&2 </dev/null
        else
            fail "system packages are missing. Run this, then try again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
        fi
    fi
fi

command -v "$python" >/dev/null || fail "$python is missing. Install Python 3.11 or newer."
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' ||
    fail "Python 3.11 to 3.14 is needed; $python is $("$python" -V 2>&1). Name another one:
    make setup PYTHON=python3.12"
if [ ! -x "$venv/bin/python" ]; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Python's venv module is missing. Debian and Ubuntu:
    sudo apt-get install -y python3-venv"
    say "Making $venv ..."
    "$python" -m venv "$venv"
fi

say "Installing the pinned packages (once, a minute or two) ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --compile \
    --require-hashes -r requirements/dev.txt
if [ -L "$venv" ]; then
    say "$venv is shared by several checkouts: the project itself is not installed into it."
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --no-build-isolation --editable .
    rm -f "$venv"/.setup-*
fi
"$venv/bin/python" -m compileall -q scs_trial
: >"$stamp"
