"""Break the glass, and tell those who must know that somebody did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scs_trial.services.audit_port import AuditQuery
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.emergency import LASTS
from scs_trial.services.log_in import LOG_INS
from scs_trial.services.session import Session
from scs_trial.services.validation import MAX_WORDS, refuse, require_reason, text_faults

BREAK_GLASS = "break_glass"
_LOOKED_BACK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenGlass:
    """Somebody read patients in an emergency."""

    at: datetime
    who: str
    reason: str


@allowed(Action.BREAK_GLASS)
def break_glass(session: Session, *, reason: str) -> datetime:
    """Let this session read patients for an hour; return when that ends.

    The reason is on the trail before anything can be read.

    Raises
    ------
    FieldError, InputError
        No reason, or one that is too long.
    """
    reason = require_reason(reason)
    refuse(text_faults("reason", reason, limit=MAX_WORDS, lines=True))
    until = session.clock.now() + LASTS
    with session.writing() as work:
        work.audit.note(
            BREAK_GLASS,
            entity="account",
            entity_id=str(session.account.id),
            reason=reason,
            new={"until": until.isoformat()},
        )
        work.commit()
    session.emergency.until = until
    return until


@allowed(Action.READ_AUDIT)
def broken_glass(session: Session) -> Sequence[BrokenGlass]:
    """Return what others did in an emergency since this account's log-in before this one."""
    own = str(session.account.id)
    with session.reading() as work:
        log_ins = work.audit.search(AuditQuery(action="log_in", limit=_LOOKED_BACK))
        before = [row.at for row in log_ins if row.entity_id == own and row.action in LOG_INS][1:2]
        since = before[0] if before else None
        rows = work.audit.search(AuditQuery(action=BREAK_GLASS, since=since))
        return tuple(
            BrokenGlass(at=row.at, who=row.actor, reason=row.reason)
            for row in rows
            if row.action == BREAK_GLASS and row.entity_id != own
        )
