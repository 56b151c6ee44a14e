"""Start of the program, each in a fresh process, from before it starts to the painted window."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from scs_trial.data.keys import SHIPPED_COST
from tests.benchmarks.generator import Made, Plan, kept_record
from tests.benchmarks.measure import Bench, Cost, NotMeasuredError, child
from tests.benchmarks.scripts import BARE_WINDOW, EAGER_PLOT, EAGER_PLOT_MEMORY, STRETCH

_CLINIC = Plan(ended=0, running=200, cost=SHIPPED_COST)


@cache
def _record() -> Made:
    """Return a copy of the record in a home of its own."""
    made = kept_record(_CLINIC)
    folder = Path(tempfile.mkdtemp(prefix="scs-trial-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path in made.path.parent.glob(f"{made.path.name}*"):
        shutil.copyfile(path, folder / path.name)
    return Made(path=folder / made.path.name, key=made.key)


def _ours(what: str, *, module: str = "window_child") -> Cost:
    made = _record()
    home = str(made.path.parent)
    script = f"from tests.benchmarks.{module} import {what}; {what}()"
    return child(script, str(made.path), made.key.hex(), HOME=home, XDG_CONFIG_HOME=home)


def _memory(script: str | None) -> Cost:
    if not Path("/proc/self/statm").exists():
        raise NotMeasuredError("the memory of a process is read from /proc, which is not there")
    cost = _ours("to_patient_memory") if script is None else child(script)
    return Cost(wall=cost.wall)


BENCHES = [
    Bench(
        row="1",
        work="start to the painted log-in, accepting keys",
        against="PySide6, empty QMainWindow, shown",
        target=1.5,
        ours=lambda: _ours("to_painted_log_in"),
        floor=lambda: child(BARE_WINDOW),
    ),
    Bench(
        row="2",
        work="start to a usable Today list, 200 patients, unlocked",
        against="PySide6, pyqtgraph, sqlalchemy.orm, an empty plot",
        target=0.7,
        ours=lambda: _ours("to_today"),
        floor=lambda: child(EAGER_PLOT),
    ),
    Bench(
        row="2b",
        work="Enter on the password to a usable Today list",
        against="Argon2id at the shipped parameters alone",
        target=1.5,
        ours=lambda: _ours("from_enter_to_today"),
        floor=lambda: child(STRETCH),
    ),
    Bench(
        row="3",
        work="resident memory, that record, a patient shown",
        against="the script of row 2",
        target=1.2,
        ours=lambda: _memory(None),
        floor=lambda: _memory(EAGER_PLOT_MEMORY),
        unit="MB",
    ),
    Bench(
        row="4",
        work="keystroke in a score to verdict and plot, p99 of 500",
        against="setData and repaint of a bare pyqtgraph plot, p99",
        target=2,
        ours=lambda: Cost(wall=_ours("ours", module="keystroke_child").wall),
        floor=lambda: Cost(wall=_ours("floor", module="keystroke_child").wall),
        warm_up=False,
    ),
]
