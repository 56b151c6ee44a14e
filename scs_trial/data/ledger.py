"""The ledger of a backup folder: one JSON line for each backup, written in one step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from scs_trial.data import faults
from scs_trial.data.place import LEDGER
from scs_trial.domain.backups import Backup, BackupReason
from scs_trial.domain.canonical import instant_text
from scs_trial.platform import write_atomic

NAME = LEDGER
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the ledger of a folder says; ``damaged`` when a line of it can't be read."""

    backups: tuple[Backup, ...] = ()
    damaged: bool = False

    def with_backup(self, backup: Backup) -> Ledger:
        """Return the ledger with a backup added or replaced, by time."""
        others = [held for held in self.backups if held.name != backup.name]
        ordered = sorted([*others, backup], key=lambda held: (held.at, held.name))
        return replace(self, backups=tuple(ordered))

    def without(self, names: Iterable[str]) -> Ledger:
        """Return the ledger without some backups."""
        gone = set(names)
        return replace(self, backups=tuple(b for b in self.backups if b.name not in gone))

    def newest(self) -> Backup | None:
        """Return the newest backup."""
        return max(self.backups, key=lambda held: (held.at, held.name), default=None)


def read(folder: Path) -> Ledger:
    """Return the ledger of a folder; that of a folder without one is empty.

    Raises
    ------
    UserError
        When the system refuses the file.
    """
    try:
        data = (folder / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Ledger()
    except OSError as error:
        raise faults.from_os_error(error) from None
    backups, damaged = [], False
    for line in data.splitlines():
        try:
            backups.append(_parse(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError):
            damaged = True
    return Ledger(backups=tuple(backups), damaged=damaged)


def write(folder: Path, ledger: Ledger) -> None:
    """Write the ledger of a folder in one step; raise ``OSError`` and leave the old one."""
    lines = [json.dumps(_spell(held), sort_keys=True) + "\n" for held in ledger.backups]
    write_atomic(folder / NAME, "".join(lines).encode("ascii"))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()


def _spell(backup: Backup) -> dict[str, Any]:
    trial = backup.page_trial
    return asdict(backup) | {
        "at": instant_text(backup.at),
        "page_trial": None if trial is None else str(trial),
    }


def _parse(held: dict[str, Any]) -> Backup:
    trial = held["page_trial"]
    return Backup(
        **held
        | {
            "at": datetime.fromisoformat(held["at"]),
            "reason": BackupReason(held["reason"]),
            "page_trial": None if trial is None else UUID(trial),
            "rows": {str(name): int(count) for name, count in held["rows"].items()},
        }
    )
