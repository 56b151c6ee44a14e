"""Checks of the open record while people work: every page after opening, the trail once a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from scs_trial.domain.canonical import instant_text
from scs_trial.errors import DamagedError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.backup_words import as_of_words
from scs_trial.services.local_time import zone_of
from scs_trial.services.session import Session

LAST = "last_full_check"
"""The fact about the record that tells when all of it was checked last."""
EVERY = timedelta(days=7)


@allowed(Action.BACK_UP)
def last_full_check(session: Session) -> datetime | None:
    """Return when the whole record was checked last; None if never."""
    with session.reading() as work:
        held = work.settings.record_info(LAST)
    return None if held is None else datetime.fromisoformat(held)


@allowed(Action.BACK_UP)
def last_check_words(session: Session) -> str:
    """Return what the list of backups says of the last full check."""
    last, now = last_full_check(session), session.clock.now()
    if last is None:
        return "The record was not checked in full yet."
    return (
        f"Record checked in full: {as_of_words(last, now=now, zone=zone_of(session.settings()))}."
    )


@allowed(Action.BACK_UP)
def full_check_due(session: Session) -> bool:
    """Return whether the last full check is a week ago; a clock that was set back makes it due."""
    last, now = last_full_check(session), session.clock.now()
    return last is None or not timedelta(0) <= now - last < EVERY


@allowed(Action.BACK_UP)
def check_pages(session: Session) -> bool:
    """Check every page, its code and every link; in full, with the trail, when that is due.

    Others go on reading and writing meanwhile. Returns whether the check was a full one.

    Raises
    ------
    DamagedError
        With what does not hold.
    """
    session.records.check()
    if not full_check_due(session):
        return False
    state = session.records.chain_state()
    if state.broken_at is not None or state.guards_off:
        where = (
            f"at row {state.broken_at}" if state.broken_at is not None else "its guards are gone"
        )
        raise DamagedError(
            f"The audit trail of the record is broken: {where}.",
            "Keep the files as they are, and have a backup looked for whose trail holds.",
        )
    with session.writing() as work:
        work.settings.set_record_info(LAST, instant_text(session.clock.now()))
        work.commit()
    return True
