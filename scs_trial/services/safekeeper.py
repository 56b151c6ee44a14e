"""What the services need of whatever makes and checks backups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from scs_trial.domain.backups import Backup, BackupReason, Made, Step, no_step
from scs_trial.services.read_port import ReadBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupList:
    """The backups of a record, the newest first; ``damaged`` when the list itself is."""

    backups: Sequence[Backup]
    folder: Path
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What a restore drill has shown; each step is a sentence."""

    backup: Backup
    steps: tuple[str, ...]
    seconds: float


class Safekeeper(Protocol):
    """Makes and checks backups of one open record. Every call may take seconds."""

    def back_up(
        self,
        reason: BackupReason,
        *,
        zone: ZoneInfo,
        second: Path | None,
        at: datetime,
        step: Step = no_step,
    ) -> Made:
        """Make a verified backup; raise ``UserError`` and lose nothing."""
        ...

    def listed(self) -> BackupList:
        """Return the backups as the ledger lists them."""
        ...

    def verify(self, name: str) -> Backup:
        """Open and check a backup, raise ``UserError`` with what does not hold."""
        ...

    def drill(self, name: str) -> Drill:
        """Restore a backup into a scratch place, open it, make a page again and compare."""
        ...

    def save_copy(self, target: Path) -> None:
        """Write a verified copy with its key file."""
        ...

    def write_snapshot(self, folder: Path, *, at: datetime) -> None:
        """Put a verified copy for reading into a folder, in one step."""
        ...

    def waiting_reads(self, folder: Path, taken: Mapping[str, int]) -> Sequence[ReadBatch]:
        """Return what was read on copies and not taken over yet; ``taken`` counts lines by file."""
        ...

    def drop_reads(self, folder: Path, taken: Mapping[str, int]) -> frozenset[str]:
        """Delete what was taken over whole and is old; return the names of ``taken`` now gone."""
        ...
