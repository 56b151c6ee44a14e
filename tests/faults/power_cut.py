"""Cut the power at random points of a day's work, and judge what the disk holds."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.deeds import DAY
from tests.faults.disk import Disk, Operation, read_log
from tests.faults.judge import Verdict, judge
from tests.faults.shim import Kind, quick_folder
from tests.faults.worker import Task, Worker

Said = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerCutOutcome:
    """What became of a record under power cuts.

    Attributes
    ----------
    replays
        Cuts that were replayed.
    operations
        Of the recorded work, on the disk.
    acknowledged
        Things that had been acknowledged before the cuts, over all of them.
    lost, half, unsound
        Acknowledged things missing; things there in part; records that do not open or hold.
    findings
        The first few things that are wrong, in words.
    """

    replays: int
    operations: int
    acknowledged: int
    lost: int
    half: int
    unsound: int
    seconds: float
    findings: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.half or self.unsound)


def replay_power_cuts(
    folder: Path, *, replays: int, seed: int = 0, unsafe: str = ""
) -> PowerCutOutcome:
    """Record a day's work once, then cut the power at random points of it.

    Parameters
    ----------
    folder
        Empty; takes the records, unless there is a folder in memory.
    replays
        How many cuts.
    seed
        Chooses the points, and what becomes of each write that nothing had waited for.
    unsafe
        Takes one protection of the program away (`tests.faults.unsafe.VARIANTS`).
    """
    begun = time.monotonic()
    tally = _Tally()
    with tempfile.TemporaryDirectory(dir=quick_folder() or folder) as name:
        work = _record(Path(name), unsafe)
        chance = random.Random(seed)
        cuts = sorted(chance.randrange(len(work.operations) + 1) for _ in range(replays))
        for said, cut in _cuts(work, cuts, chance):
            tally.take(said, judge(cut, said), str(cut))
            shutil.rmtree(cut.parent)
    return PowerCutOutcome(
        replays=replays,
        operations=len(work.operations),
        acknowledged=tally.acknowledged,
        lost=tally.lost,
        half=tally.half,
        unsound=tally.unsound,
        seconds=time.monotonic() - begun,
        findings=tuple(tally.findings[:50]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """A disk before the work, the work, and where the disk is written after each cut."""

    disk: Disk
    name: str
    said: Said
    operations: tuple[Operation, ...]
    place: Path


@dataclass(slots=True)
class _Tally:
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    unsound: int = 0
    findings: list[str] = field(default_factory=list)

    def take(self, said: Said, verdict: Verdict, where: str) -> None:
        self.acknowledged += len(said)
        self.lost += len(verdict.lost)
        self.half += len(verdict.half)
        self.unsound += len(verdict.unsound)
        if not verdict.holds:
            self.findings.append(f"{where}: {verdict}")


def _record(place: Path, unsafe: str) -> _Work:
    """Do the work once, behind the shim."""
    folder, log = place / "record", place / "log"
    folder.mkdir()
    with Worker() as worker:
        made = worker.do(Task(deed=DAY, folder=str(folder)))
        disk = Disk(folder)
        task = Task(deed=DAY, folder=str(folder), record=made.record, unsafe=unsafe, log=str(log))
        done = worker.do(task)
    assert not done.defect, done.defect
    assert done.refused is None, done.refused
    return _Work(
        disk=disk,
        name=Path(made.record).name,
        said=made.said,
        operations=tuple(read_log(log)),
        place=place,
    )


def _cuts(work: _Work, cuts: list[int], chance: random.Random) -> Iterator[tuple[Said, Path]]:
    """Yield what was acknowledged before each cut, and the record as the disk holds it then."""
    said, done = list(work.said), 0
    for number, cut in enumerate(cuts):
        for operation in work.operations[done:cut]:
            work.disk.take(operation)
            if operation.kind is Kind.MARK:
                kind, _, which = operation.path.partition(" ")
                said.append((kind, which))
        done = cut
        target = work.place / f"cut-{number}-at-{cut}"
        target.mkdir()
        work.disk.write_after_cut(target, chance)
        yield said, target / work.name
