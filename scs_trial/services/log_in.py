"""Who came in, who tried and failed, who locked the screen: all of it on the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from scs_trial.services.authorize import Action, allowed
from scs_trial.services.session import Session

_ENTITY = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedLogIn:
    """A wrong password, PIN or recovery key; on the trail since the next opening."""

    id: UUID
    at: datetime
    who: str
    """Id of the account, ``recovery``, or ``unknown``; never what was typed as a name."""
    workstation: str
    way: str


class DoorEvent(StrEnum):
    """What happens at the door of an open record."""

    LOG_IN = "log_in"
    RECOVERY = "log_in_with_recovery_key"
    LOG_OUT = "log_out"
    LOCK = "lock"
    UNLOCK = "unlock"
    UNLOCK_WITH_PIN = "unlock_with_pin"


LOG_INS = frozenset({DoorEvent.LOG_IN, DoorEvent.RECOVERY})


@allowed(Action.PASS_DOOR, as_it_stands=False)
def note_door(
    session: Session, event: DoorEvent, *, failed: Sequence[FailedLogIn] = (), why: str = ""
) -> None:
    """Put what happened at the door on the trail, after the tries that failed before it.

    Parameters
    ----------
    failed
        Tries that could not be put on the trail then; each has an id, so that one that is noted
        twice after a crash is known.
    why
        Such as "idle"; no text about a patient.
    """
    with session.writing() as work:
        for entry in failed:
            work.audit.note(
                "failed_log_in",
                entity=_ENTITY,
                entity_id=entry.who,
                new={
                    "id": str(entry.id),
                    "at": entry.at.isoformat(),
                    "workstation": entry.workstation,
                    "way": entry.way,
                },
            )
        work.audit.note(event, entity=_ENTITY, entity_id=str(session.account.id), reason=why)
        work.commit()
