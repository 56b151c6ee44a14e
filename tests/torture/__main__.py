"""Run every long harness once and print what became of the record."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.data import children, flips
from tests.data.kills import kill_while_saving, record_with_trial


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="kills while saving")
    parser.add_argument("--writes", type=int, default=300, help="writes of each of 4 processes")
    parser.add_argument("--flips", type=int, default=1000, help="flipped bits")
    parser.add_argument("--cells", type=int, default=100_000, help="hostile cells and file names")
    parser.add_argument("--cases", type=int, default=500, help="case files there and back")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}")
    held = [
        _kills(given.kills, given.seed),
        _writers(given.writes),
        _flips(given.flips, given.seed),
        _exports(given.cells, given.cases),
    ]
    return int(not all(held))


def _kills(kills: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_while_saving(Path(folder), kills=kills, seed=seed)
    print(
        f"{outcome.kills} kills while saving: {outcome.acknowledged} acknowledged, "
        f"{outcome.lost} lost, {outcome.half} half, record sound: {outcome.sound}"
    )
    return outcome.sound and not outcome.lost and not outcome.half


def _writers(each: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path, trial_id = record_with_trial(Path(folder))
        started = [
            children.start(children.save_many, path, trial_id, range(n * each, (n + 1) * each))
            for n in range(4)
        ]
        saved = {check_in_id for _, ours in started for check_in_id in children.drain(ours)}
        for process, _ in started:
            process.join()
    print(f"4 processes on one file: {len(saved)} of {4 * each} writes")
    return len(saved) == 4 * each


def _flips(count: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = flips.record_of_patients(Path(folder), 100)
        passed = flips.unnoticed_flips(path, flips=count, seed=seed)
    print(f"{count} flipped bits: {count - len(passed)} noticed")
    return not passed


def _exports(cells: int, cases: int) -> bool:
    given = {"SCS_TRIAL_HOSTILE_CELLS": str(cells), "SCS_TRIAL_CASE_EXAMPLES": str(cases)}
    tests = ("test_workbook.py", "test_redcap.py", "../services/test_import_case.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *(f"tests/exchange/{name}" for name in tests)],
        env={**os.environ, **given},
        check=False,
    )
    print(f"{cells} hostile cells and names, {cases} case files: sound: {not done.returncode}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
