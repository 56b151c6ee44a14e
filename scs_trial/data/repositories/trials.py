"""Trials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select, text

from scs_trial.data import convert, faults
from scs_trial.data.repositories.base import Repository, adding, by_id, changing, chunks, gone
from scs_trial.data.rows.base import table
from scs_trial.data.rows.trial import TrialRow
from scs_trial.domain.trial import Trial

_T = table(TrialRow)
_GET = by_id(TrialRow)
_OF_PATIENT = (
    select(_T)
    .where(_T.c.patient_id == bindparam("patient_id"), text("entered_in_error = 0"))
    .order_by(_T.c.trial_start.desc().nulls_first(), _T.c.id)
)
_NEWEST = (
    select(_T.c.patient_id, _T.c.id, _T.c.trial_start)
    .where(_T.c.patient_id.in_(bindparam("ids", expanding=True)), text("entered_in_error = 0"))
    .order_by(_T.c.patient_id, _T.c.trial_start.desc().nulls_first(), _T.c.id)
)
_EVERY = (
    select(_T)
    .where(_T.c.patient_id == bindparam("patient_id"))
    .order_by(_T.c.trial_start.nulls_last(), _T.c.id)
)
_ACTIVE = select(_T).where(text("in_work = 1")).order_by(_T.c.trial_start, _T.c.id)
_ENDED = (
    select(_T)
    .where(_T.c.over_on >= bindparam("day"), text("entered_in_error = 0"))
    .order_by(_T.c.over_on, _T.c.id)
)
_ADD = adding(TrialRow)
_CHANGE = changing(TrialRow)


class TrialRepository(Repository):
    """Trials; those entered in error are found by id only."""

    def get(self, trial_id: UUID) -> Trial:
        """Return the trial; raise ``NotFoundError``."""
        row = self._one(_GET, id=trial_id)
        if row is None:
            raise gone("trial")
        return convert.trial_entity(row)

    def of_patient(self, patient_id: UUID) -> Sequence[Trial]:
        """Return the patient's trials, newest first."""
        rows = self._all(_OF_PATIENT, patient_id=patient_id)
        return tuple(convert.trial_entity(row) for row in rows)

    def newest_of(self, patient_ids: Iterable[UUID]) -> Mapping[UUID, tuple[UUID, date | None]]:
        """Return id and placement date of each patient's newest trial; one query."""
        found: dict[UUID, tuple[UUID, date | None]] = {}
        for group in chunks(patient_ids):
            for row in self._all(_NEWEST, ids=group):
                found.setdefault(row["patient_id"], (row["id"], row["trial_start"]))
        return found

    def every(self, patient_id: UUID) -> Sequence[Trial]:
        """Return the patient's trials with those entered in error, by placement date and id."""
        return tuple(convert.trial_entity(row) for row in self._all(_EVERY, patient_id=patient_id))

    def active(self) -> Sequence[Trial]:
        """Return trials in work: running, awaiting a diary or decision, half set up; indexed."""
        return tuple(convert.trial_entity(row) for row in self._all(_ACTIVE))

    def ended_since(self, day: date) -> Sequence[Trial]:
        """Return trials whose lead removal or end is on or after that day; indexed."""
        return tuple(convert.trial_entity(row) for row in self._all(_ENDED, day=day))

    def save(self, trial: Trial, *, reason: str = "") -> Trial:
        """Insert or update; return the stored trial with its new version."""
        row = self._one(_GET, id=trial.id)
        old = None if row is None else convert.trial_entity(row)
        if trial.version != (1 if old is None else old.version):
            raise faults.conflict()
        new = trial if old is None else replace(trial, version=old.version + 1)
        self._note_leaving(
            "trial",
            trial.id,
            old=None if old is None else old.patient_id,
            new=trial.patient_id,
            reason=reason,
        )
        self._trail.change(
            "trial",
            trial.id,
            version=new.version,
            patient_id=trial.patient_id,
            reason=reason,
            old=old,
            new=new,
        )
        values = convert.trial_values(new, decided=row is not None and row["decided"])
        if old is None:
            self._write(_ADD, values)
        else:
            self._write(_CHANGE, {"row_id": trial.id, **values})
        return new
