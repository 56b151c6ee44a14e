"""Backups of the open record: make, list, check, copy. Restoring begins with a closed record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from scs_trial.domain.backups import Backup, BackupReason, Made, Step, no_step
from scs_trial.domain.tone import Tone
from scs_trial.errors import UserError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.backup_words import second_folder_warning, status_words
from scs_trial.services.local_time import zone_of
from scs_trial.services.safekeeper import BackupList, Drill, Safekeeper
from scs_trial.services.session import Session
from scs_trial.services.take_over_reads import take_over_reads

_LATE = timedelta(hours=12)
"""A changed record has a newer backup than that, unless backups fail."""


class NoBackupsError(UserError):
    """The open record has no backups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """How the record stands: for the status line, and a warning or an empty text."""

    text: str
    tone: Tone
    warning: str = ""


@allowed(Action.BACK_UP)
def back_up(
    session: Session, reason: BackupReason = BackupReason.ON_DEMAND, *, step: Step = no_step
) -> Made:
    """Make a verified backup now; ``step`` is called between its steps and may end it.

    Raises
    ------
    UserError
        With the reason; the record and older backups are whole.
    """
    settings = session.settings()
    second = Path(settings.second_backup_folder) if settings.second_backup_folder else None
    return _keeper(session).back_up(
        reason, zone=zone_of(settings), second=second, at=session.clock.now(), step=step
    )


@allowed(Action.BACK_UP)
def back_up_if_changed(
    session: Session, reason: BackupReason, *, step: Step = no_step
) -> Made | None:
    """Make a backup when the audit trail has moved since the newest one.

    Raises
    ------
    UserError
        As `back_up`.
    """
    return back_up(session, reason, step=step) if changed_since_backup(session) else None


@allowed(Action.BACK_UP)
def secure(session: Session, reason: BackupReason, *, step: Step = no_step) -> None:
    """Make sure of a backup before something that changes much; nothing without a safekeeper.

    Raises
    ------
    UserError
        There is none; whoever asked does not begin.
    """
    if session.safekeeper is not None:
        back_up_if_changed(session, reason, step=step)


@allowed(Action.BACK_UP)
def changed_since_backup(session: Session) -> bool:
    """Return whether the newest backup lacks something."""
    listed = _keeper(session).listed().backups
    with session.reading() as work:
        head = work.audit.head()
    return not listed or (listed[0].audit_seq, listed[0].audit_digest) != (head.seq, head.digest)


@allowed(Action.BACK_UP)
def backup_state(session: Session) -> BackupState:
    """Return how the record stands."""
    settings = session.settings()
    listed = _keeper(session).listed()
    now, zone = session.clock.now(), zone_of(settings)
    newest = listed.backups[0] if listed.backups else None
    warning = second_folder_warning(
        listed.backups, named=bool(settings.second_backup_folder), now=now, zone=zone
    )
    text = status_words(newest, now=now, zone=zone)
    late = newest is not None and now - newest.at > _LATE and changed_since_backup(session)
    return BackupState(
        text=f"{text}; changed since" if late else text,
        tone=Tone.WARNING if newest is None or warning or late else Tone.GOOD,
        warning=warning,
    )


@allowed(Action.RESTORE_BACKUP)
def list_backups(session: Session) -> BackupList:
    """Return the backups, the newest first."""
    return _keeper(session).listed()


@allowed(Action.RESTORE_BACKUP)
def verify_backup(session: Session, name: str) -> Backup:
    """Compare a backup with the ledger, open it and check all of it; raise ``UserError``."""
    return _keeper(session).verify(name)


@allowed(Action.RESTORE_BACKUP)
def drill_backup(session: Session, name: str) -> Drill:
    """Restore a backup into a scratch place and make a page again; raise ``UserError``."""
    return _keeper(session).drill(name)


@allowed(Action.RESTORE_BACKUP)
def save_copy(session: Session, target: Path) -> None:
    """Write a verified copy of the record to a file of its own; noted in the audit trail.

    Raises
    ------
    UserError
        With the reason; nothing is left behind.
    """
    keeper = _keeper(session)
    keeper.save_copy(target)
    with session.writing() as work:
        work.audit.note("save_copy", entity="record", entity_id="", new={"file": target.name})
        work.commit()


@allowed(Action.BACK_UP)
def write_snapshot(session: Session) -> bool:
    """Put a copy for reading into the folder that the settings name; False when none is named.

    What was read on the copies before is taken over into the audit trail then.

    Raises
    ------
    UserError
        With the reason; the copy of before stays.
    """
    folder = session.settings().snapshot_folder
    if folder:
        _keeper(session).write_snapshot(Path(folder), at=session.clock.now())
        take_over_reads(session)
    return bool(folder)


def _keeper(session: Session) -> Safekeeper:
    if session.safekeeper is None:
        raise NoBackupsError(
            "This record is not backed up.", "The demo and copies for reading have no backups."
        )
    return session.safekeeper
