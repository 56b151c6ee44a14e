"""The pointer to the newest copy for reading. Brings no database: the log-in reads it early."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scs_trial.data import faults, ledger, slots
from scs_trial.errors import UserError

POINTER = "-snapshot.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A copy for reading, as its pointer names it."""

    path: Path
    at: datetime
    sha256: str
    keys_sha256: str


def is_pointer(path: Path) -> bool:
    """Return whether a path names a pointer to a copy for reading."""
    return path.name.endswith(POINTER)


def stem_of(pointer: Path) -> str:
    """Return the name of the record that a pointer is about, without its ending."""
    return pointer.name.removesuffix(POINTER)


def read(pointer: Path) -> Snapshot:
    """Return what a pointer says; its copy is not looked at.

    Raises
    ------
    UserError
        When it is missing or can't be read.
    """
    try:
        held = json.loads(pointer.read_text(encoding="ascii"))
        return Snapshot(
            path=pointer.with_name(Path(held["name"]).name),
            at=datetime.fromisoformat(held["at"]),
            sha256=str(held["sha256"]),
            keys_sha256=str(held["keys_sha256"]),
        )
    except FileNotFoundError:
        raise _missing() from None
    except OSError as error:
        raise faults.from_os_error(error) from None
    except (ValueError, KeyError, TypeError):
        raise _another() from None


def find(pointer: Path) -> Snapshot:
    """Return the newest copy that a pointer names, compared with its SHA-256.

    Raises
    ------
    UserError
        When it is missing or not the one that was written.
    """
    found = read(pointer)
    pairs = ((found.path, found.sha256), (slots.key_path(found.path), found.keys_sha256))
    try:
        whole = all(ledger.sha256_of(file) == expected for file, expected in pairs)
    except FileNotFoundError:
        raise _missing() from None
    except OSError as error:
        raise faults.from_os_error(error) from None
    if not whole:
        raise _another()
    return found


def _missing() -> UserError:
    return faults.NoRecordError(
        "There is no copy for reading at this place.",
        "Look whether the share is connected, or ask who keeps the record.",
    )


def _another() -> UserError:
    return UserError(
        "The copy for reading is not the one that was written.",
        "Wait for the next one; the record itself is not affected.",
    )
