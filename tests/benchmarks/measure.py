"""Interleaved pairs of ours and floor: medians, spread, ratio."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PAIRS = 5


class NotMeasuredError(Exception):
    """A row can't be measured here, and why."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one run took: seconds by the clock (or megabytes), and of the processor if known."""

    wall: float
    cpu: float | None = None


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One row of the table; ``ours`` and ``floor`` do the work once and return its cost."""

    row: str
    work: str
    against: str
    target: float
    ours: Callable[[], Cost]
    floor: Callable[[], Cost]
    unit: str = "s"
    pairs: int | None = None
    """Fewer or more pairs than usual."""
    warm_up: bool = True


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What was measured: pairs of floor and ours."""

    bench: Bench
    pairs: tuple[tuple[Cost, Cost], ...]

    @property
    def floor(self) -> float:
        return median(floor.wall for floor, _ in self.pairs)

    @property
    def ours(self) -> float:
        return median(ours.wall for _, ours in self.pairs)

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest ratio of a pair."""
        ratios = [ours.wall / floor.wall for floor, ours in self.pairs]
        return min(ratios), max(ratios)

    @property
    def cpu_ratio(self) -> float | None:
        """The ratio of processor times: steadier on a busy machine."""
        floors = [floor.cpu for floor, _ in self.pairs if floor.cpu]
        ours = [cost.cpu for _, cost in self.pairs if cost.cpu]
        return median(ours) / median(floors) if floors and ours else None


def measure(bench: Bench, *, pairs: int = PAIRS) -> Figure:
    """Measure in interleaved pairs, one of each to warm up."""
    if bench.warm_up:
        bench.floor(), bench.ours()
    count = bench.pairs or pairs
    return Figure(bench=bench, pairs=tuple((bench.floor(), bench.ours()) for _ in range(count)))


def timed(work: Callable[[], object], *, times: int = 1) -> Cost:
    """Return what one call costs in this process, as the mean of several."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        work()
    return Cost(wall=(time.perf_counter() - wall) / times, cpu=(time.process_time() - cpu) / times)


def child(script: str, *arguments: str, **environment: str) -> Cost:
    """Run a script in a fresh process and return the number that it prints last.

    The script may print ``time.monotonic() - float(sys.argv[1])``: its first argument is the
    moment before the process was started. Printing nothing counts the whole process.
    """
    return run_child(
        [sys.executable, "-c", script, str(time.monotonic()), *arguments], **environment
    )


def run_child(command: list[str], *, says: bool = True, **environment: str) -> Cost:
    """Run a command; its last printed number is the cost, or the time of the process.

    ``says`` is false where what it prints is its work, which nobody reads.
    """
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE if says else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen") | environment,
        check=False,
        timeout=900,
    )
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise NotMeasuredError((done.stderr.strip().splitlines() or ["it failed"])[-1])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = done.stdout.split() if says else []
    return Cost(wall=float(said[-1]) if said else wall, cpu=cpu)
