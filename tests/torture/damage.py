"""Damage is noticed: single bits of the record, its keys and its backups are flipped."""

from __future__ import annotations

import random
from collections import Counter
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from scs_trial.data import slots
from scs_trial.data.backup import BackupDamagedError, BackupFolder, Plan, folder_of
from scs_trial.data.faults import DamagedKeysError
from scs_trial.domain.backups import BackupReason
from scs_trial.errors import UserError
from tests.data import children, flips
from tests.records import NOW
from tests.torture.promise import Promise, Reached

PATIENTS = 100


def record_with_backup(folder: Path):
    """Return a closed record, its backup folder, the backup in it, and the data key."""
    path = flips.record_of_patients(folder, PATIENTS)
    opened = children.opened(path)
    key = opened.records.keys.data_key
    opened.records.close()
    kept = BackupFolder(folder_of(path), stem=path.stem)
    plan = Plan(at=NOW, reason=BackupReason.CHANGED, zone=ZoneInfo("UTC"))
    return path, kept, kept.make(path, key, plan).backup, key


def unnoticed(folder: Path, *, flipped: int, seed: int) -> Counter[str]:
    """Return how many flips passed, by kind of file; of five flips three are in the record."""
    path, kept, backup, key = record_with_backup(folder)
    chance = random.Random(seed)
    parts = flipped // 5
    passed = Counter[str]()
    passed["record"] = len(flips.unnoticed_flips(path, flips=flipped - 2 * parts, seed=seed))
    for number in range(parts):
        file = kept.path(backup)
        if number % 2:
            file = slots.key_path(file)
        passed["backup"] += not _seen(file, chance, partial(kept.verify, backup, key))
        keys = slots.key_path(path)
        passed["keys"] += not _seen(keys, chance, partial(_open, path))
    return passed


def _open(path: Path) -> None:
    children.opened(path).records.close()


def _seen(file: Path, chance: random.Random, read) -> bool:
    """Flip one bit of a file, read it, put it right again, and return whether it was noticed."""
    whole = file.read_bytes()
    at = chance.randrange(len(whole) * 8)
    spoiled = bytearray(whole)
    spoiled[at // 8] ^= 1 << at % 8
    file.write_bytes(spoiled)
    try:
        read()
    except (BackupDamagedError, DamagedKeysError):
        return True
    except UserError:
        return False  # told as something else, such as a wrong password
    else:
        return False
    finally:
        file.write_bytes(whole)


def run(size: int, seed: int, folder: Path) -> Reached:
    """Flip ``size`` bits, one at a time."""
    passed = unnoticed(folder, flipped=size, seed=seed)
    missed = passed.total()
    return Reached(
        text=f"{size:,} bit flips in record, keys and backups: {size - missed:,} found",
        held=size > 0 and not missed,
    )


PROMISE = Promise(
    name="damage",
    words="damage is noticed",
    figure="1,000 bit flips, all found",
    full=1000,
    short=200,
    run=run,
)
