"""Whose trial it is: the trail names the patient of every row."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from scs_trial.data.prepared import prepared
from scs_trial.data.repositories.base import gone
from scs_trial.data.rows.base import table
from scs_trial.data.rows.trial import TrialRow

_T = table(TrialRow)
_OWNER = select(_T.c.patient_id).where(_T.c.id == bindparam("id"))


def owner_of_trial(connection: Connection, trial_id: UUID) -> UUID:
    """Return the patient of a trial; raise ``NotFoundError``."""
    found = prepared(_OWNER).tuples(connection, {"id": trial_id})
    if not found:
        raise gone("trial")
    return cast(UUID, found[0][0])
