"""Backups of an encrypted file, with a page made from each: data, services and pages together."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from platform import node
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from scs_trial.assemble import session_for
from scs_trial.clock import Clock, FixedClock
from scs_trial.data import backup, faults, reads, restore, seal, snapshot
from scs_trial.data.records import SqlRecords
from scs_trial.data.sealed_records import SealedRecords
from scs_trial.domain.backups import Backup, BackupReason, Made, Step, no_step
from scs_trial.domain.clinic import Account
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import UserError
from scs_trial.services.build_review import build_review
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.read_port import ReadBatch
from scs_trial.services.safekeeper import BackupList, Drill
from scs_trial.services.session import Session

if TYPE_CHECKING:
    from scs_trial.reports.profile_types import ProfileContent

_LOOKED_AT = 10
"""Patients changed last, of whom one with a trial is looked for."""
_BY = "restore drill"


class DrillFailedError(UserError):
    """A restored backup did not give back what was put into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSafekeeper:
    """Makes and checks the backups of one open encrypted file.

    Attributes
    ----------
    records
        The open record.
    account
        Who works with it.
    clock
        Names the time.
    folder
        Where the backups lie; None means beside the record.
    """

    records: SqlRecords
    account: Account
    clock: Clock
    folder: Path | None = None

    def back_up(
        self,
        reason: BackupReason,
        *,
        zone: ZoneInfo,
        second: Path | None,
        at: datetime,
        step: Step = no_step,
    ) -> Made:
        """Make a verified backup with the hash of one page made from it."""

        def probe(path: Path, key: bytes) -> tuple[UUID | None, str]:
            page = self._page(path, key, at=at)
            return (None, "") if page is None else (page[0], page[1].content_hash)

        plan = backup.Plan(at=at, reason=reason, zone=zone, second=second, probe=probe, step=step)
        keys = self.records.keys
        return self._folder().make(keys.path, keys.data_key, plan)

    def listed(self) -> BackupList:
        """Return the backups as the ledger lists them, the newest first."""
        folder = self._folder()
        listed = folder.listed()
        return BackupList(
            backups=tuple(reversed(listed.backups)), folder=folder.folder, damaged=listed.damaged
        )

    def verify(self, name: str) -> Backup:
        """Compare a backup with the ledger, open it and check all of it."""
        folder = self._folder()
        chosen = restore.find(folder, name)
        folder.verify(chosen, self.records.keys.data_key)
        return chosen

    def drill(self, name: str) -> Drill:
        """Restore a backup into a scratch place, open it for work, make a page and compare."""
        begun = time.monotonic()
        folder = self._folder()
        chosen = self.verify(name)
        steps = [f"{chosen.name} is the file that was written, and every page of it is whole."]
        key = self.records.keys.data_key
        with TemporaryDirectory(prefix="scs-trial-drill-") as scratch:
            place = Path(scratch) / "drill.scs"
            seal.copy_private(folder.path(chosen), place)
            seal.copy_keys(folder.path(chosen), place)
            rows = restore.open_for_drill(place, key)
            if rows != chosen.rows:
                raise DrillFailedError(
                    f"The restored {chosen.name} has other numbers of rows than the ledger says.",
                    "Use another backup, and report this.",
                )
            steps.append(f"Restored and opened for work: {sum(rows.values())} rows, as listed.")
            steps.append(self._compare_page(chosen, place, folder.path(chosen), key))
        return Drill(backup=chosen, steps=tuple(steps), seconds=time.monotonic() - begun)

    def save_copy(self, target: Path) -> None:
        """Write a verified copy with its key file."""
        seal.seal(self.records.keys.path, self.records.keys.data_key, target)

    def write_snapshot(self, folder: Path, *, at: datetime) -> None:
        """Put a verified copy for reading into a folder, in one step."""
        self._secret()
        snapshot.write(self.records.keys.path, self.records.keys.data_key, folder, at=at)

    def waiting_reads(self, folder: Path, taken: Mapping[str, int]) -> Sequence[ReadBatch]:
        """Return what was read on copies and not taken over yet."""
        try:
            return tuple(reads.waiting(folder, self.records.keys.path.stem, self._secret(), taken))
        except OSError as error:
            raise faults.from_os_error(error) from None

    def drop_reads(self, folder: Path, taken: Mapping[str, int]) -> frozenset[str]:
        """Delete what was taken over whole and is old; return the names of ``taken`` now gone."""
        stem, now = self.records.keys.path.stem, self.clock.now()
        try:
            return reads.drop_old(folder, stem, taken, now=now)
        except OSError as error:
            raise faults.from_os_error(error) from None

    def _secret(self) -> bytes:
        """Return what notes of readings are sealed with; made for the first copy."""
        with self.records.reading() as held:
            secret = held.settings.record_info(reads.SECRET)
        if secret is None:
            with self.records.writing(actor=self.account, workstation=node()) as work:
                secret = work.settings.secret(reads.SECRET)
                work.commit()
        return bytes.fromhex(secret)

    def _folder(self) -> backup.BackupFolder:
        return restore.folder_for(self.records.keys.path, self.folder)

    def _compare_page(self, chosen: Backup, place: Path, source: Path, key: bytes) -> str:
        from scs_trial.reports.profile import render_profile  # noqa: PLC0415  (start-up time)

        if chosen.page_trial is None:
            return "There was no trial to make a page of."
        page = self._page(place, key, at=chosen.at, trial_id=chosen.page_trial)
        same = self._page(source, key, at=chosen.at, trial_id=chosen.page_trial)
        if page is None or same is None or page[1].content_hash != chosen.page_hash:
            raise DrillFailedError(
                f"The page made from the restored {chosen.name} is not the one of the backup.",
                "If the program was updated since, back up and run the drill again; else report"
                " this.",
            )
        if render_profile(page[1]) != render_profile(same[1]):
            raise DrillFailedError(
                "The page of the restored record has other bytes than that of the backup.",
                "Use another backup, and report this.",
            )
        return f"A page made again is the same: content {page[1].content_hash[:16]}, every byte."

    def _page(
        self, path: Path, key: bytes, *, at: datetime, trial_id: UUID | None = None
    ) -> tuple[UUID, ProfileContent] | None:
        """Make the page of a trial, or of one that changed last, from a sealed file."""
        from scs_trial.reports.profile_content import profile_content  # noqa: PLC0415

        records = SealedRecords(path, key)
        session = session_for(records, self.account, clock=FixedClock(at))
        try:
            with session.reading() as work:
                found = _trial(work, trial_id)
                if found is None:
                    return None
                review = build_review(session, work, *found)
        finally:
            records.close()
        return found[1].id, profile_content(review, printed_at=at, printed_by=_BY)


def kept_session(
    records: SqlRecords, account: Account, *, clock: Clock, folder: Path | None = None
) -> Session:
    """Return the session of an account on an open record that is backed up."""
    keeper = FileSafekeeper(records=records, account=account, clock=clock, folder=folder)
    return replace(session_for(records, account, clock=clock), safekeeper=keeper)


def _trial(work: UnitOfWork, trial_id: UUID | None) -> tuple[Patient, Trial] | None:
    if trial_id is not None:
        trial = work.trials.get(trial_id)
        return work.patients.get(trial.patient_id), trial
    for patient in work.patients.recent(limit=_LOOKED_AT):
        for trial in work.trials.of_patient(patient.id):
            if trial.trial_start is not None:
                return patient, trial
    return None
