"""Fail every single operation of a deed in turn, in every way, and judge what is left."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from tests.faults.deeds import DAY, DEEDS
from tests.faults.judge import Verdict, judge
from tests.faults.shim import Fault, quick_folder
from tests.faults.worker import Done, Task, Worker

DEED_NAMES: tuple[str, ...] = tuple(name for name in DEEDS if name != DAY)
WAYS: Mapping[str, tuple[Fault, bool]] = {
    "fails once": (Fault.EIO, False),
    "is full once": (Fault.ENOSPC, False),
    "is torn": (Fault.TORN, False),
    "is full from then on": (Fault.ENOSPC, True),
}
"""How the disk fails at a point, and whether it goes on to fail."""
MISLEADING = {
    *("WrongPasswordError", "WrongRecoveryKeyError", "NoRecordError"),
    *("DamagedRecordError", "DamagedKeysError", "ConflictError"),
}
"""Refusals that blame something else than the disk."""


Choose = Callable[[int], Iterable[int]]
"""Takes the number of points, from 1 on; returns those at which faults are planted."""


def every(points: int) -> Iterable[int]:
    """Choose every point."""
    return range(1, points + 1)


def spread(most: int, *, seed: int) -> Choose:
    """Choose so many points, one by chance from each part of the deed."""

    def choose(points: int) -> Iterable[int]:
        if most >= points:
            return every(points)
        chance = random.Random(seed)
        edges = [1 + points * part // most for part in range(most + 1)]
        return [chance.randrange(low, high) for low, high in pairwise(edges)]

    return choose


def last(most: int) -> Choose:
    """Choose the last points."""
    return lambda points: range(max(1, points - most + 1), points + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepOutcome:
    """What became of the records on which the operations of one deed were failed.

    Attributes
    ----------
    points
        Operations of the deed: writes, waits for the disk, truncations, renames and others.
    planted
        Faults planted: points, or a sample of them, times the ways to fail.
    refused
        How often the program refused with a message.
    lost, half, unsound
        Acknowledged things missing; things there in part; records that do not open or hold.
    unclear
        Faults that were answered by anything else than a clear refusal or success.
    stuck
        Faults after which the same program could not save although the disk worked again.
    messages
        How often each message was shown.
    findings
        The first few things that are wrong, in words.
    """

    deed: str
    points: int
    planted: int
    refused: int
    lost: int
    half: int
    unsound: int
    unclear: int
    stuck: int
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)
    messages: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.half or self.unsound or self.unclear or self.stuck)


@dataclass(slots=True)
class _Tally:
    refused: int = 0
    lost: int = 0
    half: int = 0
    unsound: int = 0
    unclear: int = 0
    stuck: int = 0
    planted: int = 0
    messages: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    def take(self, way: str, done: Done, verdict: Verdict) -> None:
        self.planted += 1
        self.refused += done.refused is not None
        self.lost += len(verdict.lost)
        self.half += len(verdict.half)
        self.unsound += len(verdict.unsound)
        self.stuck += bool(done.after)
        kind, words = done.refused or ("", "-")
        unclear = bool(done.defect) or not words or kind in MISLEADING
        self.unclear += unclear
        if done.refused:
            self.messages[f"{kind}: {words}"] += 1
        if unclear or done.after or not verdict.holds:
            self.findings.append(
                f"{done.hit} {way}: {done.refused} {done.defect} then: {done.after} {verdict}"
            )


def sweep(
    folder: Path,
    deed: str,
    *,
    choose: Choose = every,
    ways: Iterable[str] = tuple(WAYS),
    unsafe: str = "",
) -> SweepOutcome:
    """Fail the operations of one deed, each in every way, each on a record of its own.

    Parameters
    ----------
    folder
        Empty; takes the records, unless there is a folder in memory.
    deed
        One of `DEED_NAMES`.
    choose
        Which of the points; all unless given.
    ways
        Names of `WAYS`; all unless given.
    unsafe
        Takes one protection of the program away (`tests.faults.unsafe.VARIANTS`).
    """
    begun = time.monotonic()
    tally = _Tally()
    with (
        tempfile.TemporaryDirectory(dir=quick_folder() or folder) as name,
        Worker() as worker,
    ):
        place = Path(name)
        template = place / "template"
        template.mkdir()
        made = worker.do(Task(deed=deed, folder=str(template)))
        bench = _Bench(worker=worker, made=made, template=template, place=place)
        plain = Task(deed=deed, folder="", unsafe=unsafe)
        count, verdict = bench.run(plain)
        assert not count.defect, count.defect
        assert unsafe or verdict.holds, verdict
        for number in choose(count.points):
            for way in ways:
                fault, all_after = WAYS[way]
                done, verdict = bench.run(
                    replace(plain, number=number, fault=int(fault), all_after=all_after)
                )
                tally.take(way, done, verdict)
    return SweepOutcome(
        deed=deed,
        points=count.points,
        planted=tally.planted,
        refused=tally.refused,
        lost=tally.lost,
        half=tally.half,
        unsound=tally.unsound,
        unclear=tally.unclear,
        stuck=tally.stuck,
        seconds=time.monotonic() - begun,
        counts={kind: number for kind, number in count.counts.items() if number},
        messages=dict(tally.messages),
        findings=tuple(tally.findings[:50]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    worker: Worker
    made: Done
    template: Path
    place: Path

    def run(self, task: Task) -> tuple[Done, Verdict]:
        """Do a task on a copy of the template and judge the copy."""
        copy = self.place / "copy"
        shutil.copytree(self.template, copy)
        record = copy / Path(self.made.record).relative_to(self.template)
        done = self.worker.do(replace(task, folder=str(copy), record=str(record)))
        verdict = judge(record, [*self.made.said, *done.said])
        shutil.rmtree(copy)
        return done, verdict
