"""The commands that open the window, as processes."""

import os
import subprocess
import sys

import pytest


def _run(*arguments, **environment):
    clean = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    clean.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "scs_trial.cli", *arguments],
        capture_output=True,
        text=True,
        env=clean | environment,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="X11 and Wayland")
@pytest.mark.parametrize("arguments", [("open",), ("open", "clinic.scs"), ("demo",)])
def test_that_a_missing_screen_is_a_message(arguments, tmp_path):
    done = _run(*arguments, HOME=str(tmp_path))
    assert done.returncode == 1
    assert "no screen" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["open", "demo"])
def test_that_help_says_what_it_opens(command):
    done = _run(command, "--help")
    assert done.returncode == 0
    assert "window" in done.stdout or "made-up clinic" in done.stdout


def test_that_an_unknown_argument_is_wrong_usage():
    assert _run("demo", "--nonsense").returncode == 2
