"""Open a record as the program does and compare it with everything that was acknowledged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from scs_trial.clock import FixedClock
from scs_trial.data import slots
from scs_trial.data.open import open_record
from scs_trial.data.records import SqlRecords
from scs_trial.data.restore import folder_for
from scs_trial.domain.signature import faults_of
from scs_trial.errors import UserError
from scs_trial.services.ports import UnitOfWork
from tests.faults.desk import NOW, check_in_id, whole
from tests.records import PASSWORD, RECORD_NAME, options

_MOST_DAYS = 400
_NUMBERS = {check_in_id(number): number for number in range(_MOST_DAYS)}
Said = Iterable[tuple[str, str]]


@dataclass(slots=True)
class Verdict:
    """What is wrong with a record; every list is empty when nothing is."""

    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.half or self.unsound)


def judge(path: Path, said: Said, *, fully: bool = True) -> Verdict:
    """Open a record by the shipped way and look for everything that was said.

    Parameters
    ----------
    path
        The record; nobody has it open.
    said
        What was acknowledged: its kind and which.
    fully
        Check every page and its authentication code, besides the quick check of each opening.
    """
    verdict = Verdict()
    try:
        records = open_record(path, "anna", PASSWORD, options=options(FixedClock(NOW))).records
    except UserError as error:
        verdict.unsound.append(f"does not open: {type(error).__name__}")
        verdict.lost += [f"{kind} {which}" for kind, which in said]
        return verdict
    try:
        if fully:
            records.check()
        chain = records.chain_state()
        if chain.broken_at is not None or chain.guards_off:
            verdict.unsound.append("the audit trail is broken")
        _compare(records, path, said, verdict)
    except UserError as error:
        verdict.unsound.append(f"{type(error).__name__}: {error}")
    finally:
        records.close()
    return verdict


def _compare(records: SqlRecords, path: Path, said: Said, verdict: Verdict) -> None:
    said = set(said)
    with records.reading() as work:
        found = {("check_in", str(number)) for number in _check_ins(work, verdict)}
        found |= {("signature", which) for which in _signatures(work, verdict)}
        roles = {held.user_name: held.roles for held in work.accounts.all()}
    if not roles.get("bo") and slots.read(path).owner_of("bo") is None:
        found.add(("removed", "bo"))
    found |= _backups(records, path, verdict)
    found |= {("restored", which) for kind, which in found if kind == "backup"}
    missing = said - found
    if missing:  # a restore keeps what was there
        missing -= _kept(path)
    verdict.lost += [f"{kind} {which}" for kind, which in missing]


def _check_ins(work: UnitOfWork, verdict: Verdict) -> Iterable[int]:
    for patient in work.patients.recent():
        for trial in work.trials.of_patient(patient.id):
            for held in work.check_ins.of_trial(trial.id):
                number = _NUMBERS.get(held.id)
                if number is not None:
                    if not whole(held, trial, number):
                        verdict.half.append(f"check_in {number}")
                    yield number


def _signatures(work: UnitOfWork, verdict: Verdict) -> Iterable[str]:
    for held in work.signatures.all():
        if faults_of(held, work.signatures.document(held.id)):
            verdict.half.append(f"signature {held.id}")
        yield str(held.id)


def _backups(records: SqlRecords, path: Path, verdict: Verdict) -> set[tuple[str, str]]:
    """Return the listed backups that are the files that were written."""
    folder = folder_for(path)
    found = set()
    for backup in folder.listed().backups:
        try:
            folder.check_hash(backup)
        except UserError as error:
            verdict.half.append(f"backup {backup.name}: {error.what}")
        found.add(("backup", backup.name))
    return found


def _kept(path: Path) -> set[tuple[str, str]]:
    """Return what is in the records that a restore has kept aside."""
    found: set[tuple[str, str]] = set()
    for folder in path.parent.glob(f"{path.stem}-kept-*"):
        records = open_record(
            folder / RECORD_NAME, "anna", PASSWORD, options=options(FixedClock(NOW))
        ).records
        with records.reading() as work:
            found |= {("check_in", str(number)) for number in _check_ins(work, Verdict())}
            found |= {("signature", which) for which in _signatures(work, Verdict())}
        records.close()
    return found
