"""Whose trial it is: the trail names the patient of every row."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from scs_trial.data.repositories.base import gone
from scs_trial.data.rows.base import table
from scs_trial.data.rows.trial import TrialRow

_T = table(TrialRow)
_OWNER = select(_T.c.patient_id).where(_T.c.id == bindparam("id"))


def owner_of_trial(connection: Connection, trial_id: UUID) -> UUID:
    """Return the patient of a trial; raise ``NotFoundError``."""
    owner: UUID | None = connection.execute(_OWNER, {"id": trial_id}).scalar()
    if owner is None:
        raise gone("trial")
    return owner
