"""A copy for reading in other rooms: always whole, replaced in one step, a share allowed.

The folder holds a pointer file that names the newest copy. A copy is never changed; the one before
the newest stays for whoever still reads it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from scs_trial.data import seal, slots
from scs_trial.data.pointer import POINTER
from scs_trial.domain.canonical import instant_text
from scs_trial.platform import write_atomic

_STAMP = "%Y%m%dT%H%M%S%fZ"
_KEPT = 2


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


def _thin(folder: Path, stem: str) -> None:
    for path in sorted(folder.glob(f"{stem}-read-*.scs"))[:-_KEPT]:
        with suppress(OSError):
            path.unlink()
            slots.key_path(path).unlink(missing_ok=True)
