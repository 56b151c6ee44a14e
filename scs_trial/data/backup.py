"""The backups of a record: make one, list them, thin them, look whether one is still whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scs_trial import __version__, platform
from scs_trial.data import engine, faults, ledger, seal, slots
from scs_trial.data.ledger import Ledger
from scs_trial.data.lock import RecordLock
from scs_trial.data.look import Contents, look
from scs_trial.domain.backups import Backup, BackupReason, Made, Step, no_step, to_thin
from scs_trial.errors import UserError

_STAMP = "%Y%m%dT%H%M%SZ"


class BackupDamagedError(UserError):
    """A backup is not what was written; another one may be."""


class EarlierKeysError(UserError):
    """A backup is the file that was written, but this data key does not open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one backup needs to know.

    ``second`` is a further folder, or None; ``probe`` makes one page from the copy; ``step`` is
    called between the steps.
    """

    at: datetime
    reason: BackupReason
    zone: ZoneInfo
    second: Path | None = None
    probe: seal.Probe | None = None
    step: Step = no_step


def folder_of(record: Path) -> Path:
    """Return where the backups of a record lie."""
    return record.with_name(f"{record.stem}-backups")


class BackupFolder:
    """One folder with backups of one record.

    Parameters
    ----------
    folder
        Made when the first backup is.
    stem
        Name of the record without its ending; begins the names of its backups.
    """

    def __init__(self, folder: Path, *, stem: str) -> None:
        self.folder = folder
        self._stem = stem
        self._ours = re.compile(rf"{re.escape(stem)}-(\d{{8}}T\d{{6}}Z)(-\d+)?\.scs")

    def listed(self) -> Ledger:
        """Return what the ledger says."""
        return ledger.read(self.folder)

    def path(self, backup: Backup) -> Path:
        """Return where a backup lies."""
        return self.folder / backup.name

    def make(self, record: Path, key: bytes, plan: Plan) -> Made:
        """Make a verified backup, list it, thin the older ones, copy it to the second folder.

        Raises
        ------
        BackupFailedError, DamagedRecordError
            With the reason; the record and every older backup are as they were.
        """
        with self._held(make=True):
            self._tidy(key)
            target = self._free_name(plan.at)
            sealed = seal.seal(record, key, target, probe=plan.probe, step=plan.step)
            backup = _entry(target.name, sealed, plan.at, plan.reason)
            self._list(backup, plan)
        if plan.second is None:
            return Made(backup=backup)
        plan.step()
        other = BackupFolder(plan.second, stem=self._stem)
        try:
            other.take(backup, self.path(backup), plan)
        except (OSError, UserError) as error:
            return Made(backup=backup, second_problem=str(_second_failed(error)))
        copied = replace(backup, copied=True)
        with self._held():
            self._write(self.listed().with_backup(copied))
        return Made(backup=copied)

    def take(self, backup: Backup, source: Path, plan: Plan) -> None:
        """Copy a backup of another folder, read the copy again, and list it.

        Raises
        ------
        OSError, UserError
            With the reason; what the folder held is as it was.
        """
        target = self.folder / backup.name
        part = target.with_name(target.name + seal.PART)
        with self._held():
            try:
                seal.check_space(self.folder, backup.size)
                seal.copy_private(source, part)
                if ledger.sha256_of(part) != backup.sha256:
                    raise faults.DiskFailureError(*faults.DISK_FAILURE)
                seal.copy_keys(source, target)
                platform.current().replace(part, target)
            except (OSError, UserError):
                with suppress(OSError):
                    part.unlink(missing_ok=True)
                raise
            self._list(replace(backup, copied=True), plan)

    def verify(self, backup: Backup, key: bytes) -> Contents:
        """Compare a backup with the ledger, then open and check all of it.

        Raises
        ------
        BackupDamagedError
            With what does not hold.
        EarlierKeysError
            The keys were changed since; only a password of then opens it.
        """
        self.check_hash(backup)
        if engine.stored_version(self.path(backup), key) is None:
            raise EarlierKeysError(
                f"The backup {backup.name} is the file that was written; it was made under"
                " earlier keys.",
                "Restore it with the password of then.",
            )
        try:
            contents = look(self.path(backup), key)
        except faults.DamagedRecordError as error:
            raise BackupDamagedError(
                f"The backup {backup.name} can't be read: {error.what}", "Use another backup."
            ) from None
        if (contents.head.seq, contents.head.digest) != (backup.audit_seq, backup.audit_digest):
            raise BackupDamagedError(
                f"The backup {backup.name} holds another audit trail than the ledger says.",
                "Use another backup, and keep this one for whoever looks into it.",
            )
        return contents

    def check_hash(self, backup: Backup) -> None:
        """Compare both files of a backup with the ledger.

        Raises
        ------
        BackupDamagedError
            A file is missing or is not the one that was written.
        """
        path = self.path(backup)
        pairs = ((path, backup.sha256), (slots.key_path(path), backup.keys_sha256))
        for file, expected in pairs:
            try:
                found = ledger.sha256_of(file)
            except FileNotFoundError:
                raise BackupDamagedError(
                    f"The backup file {file.name} is missing.", "Use another backup."
                ) from None
            except OSError as error:
                raise faults.from_os_error(error) from None
            if found != expected:
                raise BackupDamagedError(
                    f"The backup file {file.name} is not the one that was written: its SHA-256"
                    " differs from the ledger's.",
                    "Use another backup.",
                )

    def _list(self, backup: Backup, plan: Plan) -> None:
        """Write the ledger with a backup more and the thinned ones less; then delete those."""
        listed = self.listed().with_backup(backup)
        gone = to_thin(listed.backups, now=plan.at, zone=plan.zone)
        self._write(listed.without(held.name for held in gone))
        for held in gone:
            path = self.path(held)
            with suppress(OSError):
                path.unlink(missing_ok=True)
                slots.key_path(path).unlink(missing_ok=True)

    def _write(self, listed: Ledger) -> None:
        try:
            ledger.write(self.folder, listed)
        except OSError as error:
            said = faults.from_os_error(error)
            raise seal.BackupFailedError(
                "The backup was made and is whole, but the list of backups was not written.",
                f"{said.to_do} The next backup lists it.",
            ) from None

    def _tidy(self, key: bytes) -> None:
        """Remove what a killed backup left; list whole backups that the ledger does not know."""
        listed = self.listed()
        known = {held.name for held in listed.backups}
        for file in sorted(self.folder.iterdir()):
            name = file.name.removesuffix(seal.PART).removesuffix(".keys")
            match = self._ours.fullmatch(name)
            if match is None or name in known:
                continue
            if file.name == name:
                self._adopt(file, key, match.group(1))
            elif file.name.endswith(seal.PART) or not (self.folder / name).exists():
                file.unlink()

    def _adopt(self, file: Path, key: bytes, stamp: str) -> None:
        try:
            contents = look(file, key)
            sealed = seal.Sealed(
                contents=contents,
                size=file.stat().st_size,
                sha256=ledger.sha256_of(file),
                keys_sha256=ledger.sha256_of(slots.key_path(file)),
                page_trial=None,
                page_hash="",
            )
        except (faults.DamagedRecordError, OSError):
            return  # of another key, or damaged: it stays where it is, unlisted
        at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        found = _entry(file.name, sealed, at, BackupReason.FOUND)
        self._write(self.listed().with_backup(found))

    def _free_name(self, at: datetime) -> Path:
        stamp = at.astimezone(UTC).strftime(_STAMP)
        tails = ("", *(f"-{number}" for number in range(2, 100)))
        names = (self.folder / f"{self._stem}-{stamp}{tail}.scs" for tail in tails)
        return next(path for path in names if not path.exists())

    @contextmanager
    def _held(self, *, make: bool = False) -> Iterator[None]:
        """Keep other processes out of the folder."""
        try:
            if make and not self.folder.exists():
                self.folder.mkdir()
                platform.current().make_private(self.folder)
            lock = RecordLock(self.folder / ledger.NAME)
        except faults.RecordInUseError:
            raise seal.BackupFailedError(
                "Another backup is being made in this folder.", "Try again in a moment."
            ) from None
        except (OSError, UserError) as error:
            raise _folder_failed(error) from None
        try:
            yield
        finally:
            lock.release()


def _entry(name: str, sealed: seal.Sealed, at: datetime, reason: BackupReason) -> Backup:
    contents = sealed.contents
    return Backup(
        name=name,
        at=at,
        reason=reason,
        size=sealed.size,
        sha256=sealed.sha256,
        keys_sha256=sealed.keys_sha256,
        record_id=contents.record_id,
        schema=contents.schema,
        program=__version__,
        audit_seq=contents.head.seq,
        audit_digest=contents.head.digest,
        rows=dict(contents.rows),
        page_trial=sealed.page_trial,
        page_hash=sealed.page_hash,
    )


def _folder_failed(error: Exception) -> UserError:
    said = faults.said(error) if isinstance(error, OSError) else error
    return seal.BackupFailedError(
        "No backup was made: the backup folder can't be used.",
        f"{getattr(said, 'to_do', '')} The record and older backups are whole.".strip(),
    )


def _second_failed(error: Exception) -> UserError:
    said = faults.said(error) if isinstance(error, OSError) else error
    reason = getattr(said, "to_do", "")
    return seal.BackupFailedError(
        "The second backup folder has no copy of this backup.",
        f"{reason} The backup in the first folder is whole.".strip(),
    )
