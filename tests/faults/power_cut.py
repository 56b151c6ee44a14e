"""Cut the power at random points of a day's work, and judge what the disk holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
    raise NotImplementedError
