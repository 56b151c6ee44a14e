"""Interleaved pairs of ours and floor, medians, ratio."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PAIRS = 5


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One row of the table; ``ours`` and ``floor`` return seconds (or megabytes)."""

    number: str
    work: str
    against: str
    target: float
    ours: Callable[[], float]
    floor: Callable[[], float]
    unit: str = "s"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What was measured."""

    bench: Bench
    ours: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.ours / self.floor


def measure(bench: Bench) -> Figure:
    """Measure in interleaved pairs, one of each to warm up."""
    bench.floor(), bench.ours()
    pairs = [(bench.floor(), bench.ours()) for _ in range(PAIRS)]
    return Figure(
        bench=bench,
        floor=median(pair[0] for pair in pairs),
        ours=median(pair[1] for pair in pairs),
    )


def child(script: str, *arguments: str, **environment: str) -> float:
    """Run a script in a fresh process and return the number that it prints last.

    The script may print ``time.monotonic() - float(sys.argv[1])``: its first argument is the
    moment before the process was started.
    """
    import os
    import time

    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, str(started), *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen") | environment,
        check=False,
        timeout=300,
    )
    if done.returncode or not done.stdout.split():
        raise RuntimeError(done.stderr)
    return float(done.stdout.split()[-1])
