"""The end of a session at the door: the log-out on the trail, and the backup."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scs_trial.errors import UserError

if TYPE_CHECKING:
    from scs_trial.domain.backups import Step
    from scs_trial.services.session import Session

_LOG = logging.getLogger("scs_trial.record_door")


def note_log_out(session: Session, *, why: str) -> None:
    """Note it; a record that can't be written to any more is closed all the same."""
    from scs_trial.services.log_in import DoorEvent, note_door  # noqa: PLC0415  (start-up time)

    try:
        note_door(session, DoorEvent.LOG_OUT, why=why)
    except UserError as error:
        _LOG.warning("the log-out was not noted: %s", type(error).__name__)


def back_up(session: Session, step: Step) -> None:
    """Back a record up if it has changed; the demo and copies have no backups."""
    from scs_trial.domain.backups import BackupReason  # noqa: PLC0415  (start-up time)
    from scs_trial.services.safekeeping import secure  # noqa: PLC0415  (start-up time)

    if session.safekeeper is not None:
        secure(session, BackupReason.LOG_OUT, step=step)
