"""A copy for reading in other rooms: always whole, replaced in one step, a share allowed.

The folder holds a pointer file that names the newest copy. A copy is never changed; the one before
the newest stays for whoever still reads it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scs_trial.data import faults, ledger, seal, slots
from scs_trial.domain.canonical import instant_text
from scs_trial.errors import UserError
from scs_trial.platform import write_atomic

POINTER = "-snapshot.json"
_STAMP = "%Y%m%dT%H%M%S%fZ"
_KEPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The newest copy for reading."""

    path: Path
    at: datetime


def is_pointer(path: Path) -> bool:
    """Return whether a path names a pointer to a copy for reading."""
    return path.name.endswith(POINTER)


def write(record: Path, key: bytes, folder: Path, *, at: datetime) -> Path:
    """Write a verified copy and let the pointer name it; return the pointer.

    Raises
    ------
    BackupFailedError
        With the reason; the pointer names the copy of before.
    """
    pointer = folder / f"{record.stem}{POINTER}"
    target = folder / f"{record.stem}-read-{at.astimezone(UTC).strftime(_STAMP)}.scs"
    sealed = seal.seal(record, key, target)
    held = {
        "name": target.name,
        "at": instant_text(at),
        "sha256": sealed.sha256,
        "keys_sha256": sealed.keys_sha256,
    }
    try:
        write_atomic(pointer, (json.dumps(held, indent=1) + "\n").encode("ascii"))
    except OSError as error:
        raise seal.failure(error, record, key) from None
    _thin(folder, record.stem)
    return pointer


def find(pointer: Path) -> Snapshot:
    """Return the newest copy that a pointer names, compared with its SHA-256.

    Raises
    ------
    UserError
        When it is missing or not the one that was written.
    """
    try:
        held = json.loads(pointer.read_text(encoding="ascii"))
        path = pointer.with_name(Path(held["name"]).name)
        pairs = ((path, held["sha256"]), (slots.key_path(path), held["keys_sha256"]))
        whole = all(ledger.sha256_of(file) == expected for file, expected in pairs)
        at = datetime.fromisoformat(held["at"])
    except FileNotFoundError:
        raise faults.NoRecordError(
            "There is no copy for reading at this place.",
            "Look whether the share is connected, or ask who keeps the record.",
        ) from None
    except OSError as error:
        raise faults.from_os_error(error) from None
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise UserError(
            "The copy for reading is not the one that was written.",
            "Wait for the next one; the record itself is not affected.",
        )
    return Snapshot(path=path, at=at)


def _thin(folder: Path, stem: str) -> None:
    for path in sorted(folder.glob(f"{stem}-read-*.scs"))[:-_KEPT]:
        with suppress(OSError):
            path.unlink()
            slots.key_path(path).unlink(missing_ok=True)
