"""Flip single bits of a record and look whether each flip is noticed."""

from __future__ import annotations

import random
from pathlib import Path

from scs_trial.data.faults import DamagedRecordError
from tests.data import build, children
from tests.records import RECORD_NAME, make_session


def record_of_patients(folder: Path, patients: int) -> Path:
    """Make a closed record with some patients and drafts; some of its pages are free again."""
    session = make_session(folder)
    with session.writing() as work:
        for number in range(patients):
            work.patients.save(build.patient())
            work.drafts.put(build.draft(session.account.id, key=str(number), payload="x" * 3000))
        for number in range(patients):
            work.drafts.discard(session.account.id, str(number))
        work.commit()
    session.records.close()
    return folder / RECORD_NAME


def unnoticed_flips(path: Path, *, flips: int, seed: int) -> list[int]:
    """Return the places of the flipped bits that opening and the full check let pass."""
    whole = path.read_bytes()
    chance = random.Random(seed)
    passed = []
    for _ in range(flips):
        at = chance.randrange(len(whole) * 8)
        spoiled = bytearray(whole)
        spoiled[at // 8] ^= 1 << at % 8
        path.write_bytes(spoiled)
        if not _noticed(path):
            passed.append(at)
    path.write_bytes(whole)
    return passed


def _noticed(path: Path) -> bool:
    try:
        records = children.opened(path).records
    except DamagedRecordError:
        return True
    try:
        records.check()
    except DamagedRecordError:
        return True
    else:
        return False
    finally:
        records.close()
