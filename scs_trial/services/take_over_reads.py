"""Take what was read on copies in other rooms over into the audit trail.

Each row of the trail names who read, at which workstation, and when; the row itself is as late as
the taking over. A file is taken over in one transaction with the count of its lines, so that
nothing is taken twice or lost by a crash.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from scs_trial.domain.canonical import instant_text
from scs_trial.domain.clinic import Account
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.read_port import ReadBatch, ReadEntry
from scs_trial.services.session import Session

TAKEN = "reads_taken"
"""The fact about the record that counts the lines taken over, by file."""
SPOILED = "spoiled_reads"
REASON = "in a copy for reading"


@allowed(Action.BACK_UP)
def take_over_reads(session: Session) -> int:
    """Take over what waits in the folder of the copies; return how many acts.

    Nothing happens where no folder is named.

    Raises
    ------
    UserError
        The folder can't be read, or the trail not be written; what is left waits.
    """
    folder = session.settings().snapshot_folder
    if session.safekeeper is None or not folder:
        return 0
    with session.reading() as work:
        taken = _taken(work)
    batches = session.safekeeper.waiting_reads(Path(folder), taken)
    for batch in batches:
        taken[batch.name] = batch.lines
        _take(session, batch, taken)
    gone = session.safekeeper.drop_reads(Path(folder), taken)
    if gone:
        kept = {name: lines for name, lines in taken.items() if name not in gone}
        with session.writing() as work:
            work.settings.set_record_info(TAKEN, json.dumps(kept, sort_keys=True))
            work.commit()
    return sum(len(batch.entries) for batch in batches)


def _take(session: Session, batch: ReadBatch, taken: dict[str, int]) -> None:
    with _as_reader(session, batch).writing() as work:
        for entry in batch.entries:
            work.audit.note(
                entry.action,
                entity=entry.entity,
                entity_id=entry.entity_id,
                patient_id=entry.patient_id,
                reason=f"{REASON}: {entry.reason}" if entry.reason else REASON,
                new=_told(session, entry),
            )
        if batch.spoiled:
            work.audit.note(
                SPOILED, entity="copy", entity_id=batch.name, new={"lines": batch.spoiled}
            )
        work.settings.set_record_info(TAKEN, json.dumps(taken, sort_keys=True))
        work.commit()


def _as_reader(session: Session, batch: ReadBatch) -> Session:
    """Return whose acts they are: a file holds those of one log-in; spoiled lines are nobody's."""
    if not batch.entries:
        return session
    first = batch.entries[0]
    account = Account(
        id=first.actor_id, user_name=first.actor, display_name=first.actor, roles=frozenset()
    )
    return replace(session, account=account, workstation=first.workstation)


def _told(session: Session, entry: ReadEntry) -> dict[str, object]:
    return {
        **(entry.new or {}),
        "read_at": instant_text(entry.at),
        "as_of": instant_text(entry.as_of),
        "taken_over_by": session.account.user_name,
        "taken_over_at": session.workstation,
    }


def _taken(work: UnitOfWork) -> dict[str, int]:
    held = work.settings.record_info(TAKEN)
    return {} if held is None else dict(json.loads(held))
