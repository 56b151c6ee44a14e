"""Safety events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import bindparam, select, text

from scs_trial.data import convert, faults
from scs_trial.data.repositories.base import Repository, adding, by_id, changing, gone
from scs_trial.data.rows.base import table
from scs_trial.data.rows.safety import OPEN, SafetyEventRow
from scs_trial.domain.safety import SafetyEvent, Urgency

_T = table(SafetyEventRow)
_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}
_GET = by_id(SafetyEventRow)
_OF_PATIENT = (
    select(_T)
    .where(_T.c.patient_id == bindparam("patient_id"), text("entered_in_error = 0"))
    .order_by(_T.c.reported_at.desc(), _T.c.id)
)
_EVERY = (
    select(_T).where(_T.c.patient_id == bindparam("patient_id")).order_by(_T.c.reported_at, _T.c.id)
)
_OPEN = select(_T).where(text(OPEN)).order_by(_T.c.reported_at, _T.c.id)
_ADD = adding(SafetyEventRow)
_CHANGE = changing(SafetyEventRow)


class SafetyRepository(Repository):
    """Safety events."""

    def get(self, event_id: UUID) -> SafetyEvent:
        """Return the event; raise ``NotFoundError``."""
        event = self._stored(event_id)
        if event is None:
            raise gone("safety event")
        return event

    def of_patient(self, patient_id: UUID) -> Sequence[SafetyEvent]:
        """Return live events, newest first."""
        rows = self._all(_OF_PATIENT, patient_id=patient_id)
        return tuple(convert.flat_entity(SafetyEvent, row) for row in rows)

    def every(self, patient_id: UUID) -> Sequence[SafetyEvent]:
        """Return the patient's events with those entered in error, oldest first."""
        rows = self._all(_EVERY, patient_id=patient_id)
        return tuple(convert.flat_entity(SafetyEvent, row) for row in rows)

    def open(self) -> Sequence[SafetyEvent]:
        """Return every open event, the most urgent first, then the oldest; indexed."""
        events = [convert.flat_entity(SafetyEvent, row) for row in self._all(_OPEN)]
        return tuple(sorted(events, key=lambda event: _RANK[event.urgency]))

    def save(self, event: SafetyEvent, *, reason: str = "") -> SafetyEvent:
        """Insert or update; return the stored event with its new version."""
        old = self._stored(event.id)
        if event.version != (1 if old is None else old.version):
            raise faults.conflict()
        new = event if old is None else replace(event, version=old.version + 1)
        self._note_leaving(
            "safety_event",
            event.id,
            old=None if old is None else old.patient_id,
            new=event.patient_id,
            reason=reason,
        )
        self._trail.change(
            "safety_event",
            event.id,
            version=new.version,
            patient_id=event.patient_id,
            reason=reason,
            old=old,
            new=new,
        )
        values = convert.flat_values(new)
        if old is None:
            self._write(_ADD, values)
        else:
            self._write(_CHANGE, {"row_id": event.id, **values})
        return new

    def _stored(self, event_id: UUID) -> SafetyEvent | None:
        row = self._one(_GET, id=event_id)
        return None if row is None else convert.flat_entity(SafetyEvent, row)
