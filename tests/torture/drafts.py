"""Drafts survive ``kill -9``: the whole program is killed in the middle of typing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from scs_trial.clock import FixedClock
from scs_trial.services.keep_draft import drafts
from tests.records import RECORD_NAME, reopened
from tests.story.station import LATE
from tests.torture.promise import Promise, Reached
from tests.ui.check_in.conftest import SATURDAY_MORNING, build

MOST_LOST_SECONDS = 0.5
SHORTEST_TYPING, LONGEST_TYPING = 0.8, 2.5


def seconds_lost(folder: Path, *, typing: float, late: bool = False) -> float:
    """Type for a while, kill the program, and return the age of the oldest digit not kept."""
    build(folder, FixedClock(SATURDAY_MORNING)).records.close()
    home = folder / "home"
    home.mkdir()
    own = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.story.station", str(folder), LATE if late else "notes"],
        stdout=subprocess.PIPE,
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    with process:
        try:
            typed = [process.stdout.readline().split()]
            end = time.monotonic() + typing
            while time.monotonic() < end:
                typed.append(process.stdout.readline().split())
        finally:
            killed_at = time.monotonic()
            os.kill(process.pid, signal.SIGKILL)
        typed += [line.split() for line in process.stdout if line.endswith("\n")]
    kept = _kept(folder)
    lost = [float(at) for _, at in typed[len(kept) :]]
    assert "".join(digit for digit, _ in typed).startswith(kept[: len(typed)])
    return killed_at - lost[0] if lost else 0.0


def _kept(folder: Path) -> str:
    session = reopened(folder / RECORD_NAME, FixedClock(SATURDAY_MORNING))
    held = drafts(session)
    session.records.close()
    return json.loads(held[0].payload)["note"] if held else ""


def run(size: int, seed: int, folder: Path) -> Reached:
    """Kill the program ``size`` times while somebody types."""
    chance = random.Random(seed)
    lost = []
    for number in range(size):
        place = folder / str(number)
        place.mkdir()
        typing = chance.uniform(SHORTEST_TYPING, LONGEST_TYPING)
        lost.append(seconds_lost(place, typing=typing))
    most = max(lost, default=0.0)
    return Reached(
        text=f"{size} kills of the whole program while typing: at most {most:.2f} s lost",
        held=size > 0 and most <= MOST_LOST_SECONDS,
    )


PROMISE = Promise(
    name="drafts",
    words="drafts survive kill -9",
    figure="at most 0.5 s of typing lost",
    full=40,
    short=1,
    run=run,
)
