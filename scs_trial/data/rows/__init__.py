"""The tables of the record, by topic; `METADATA` knows them all."""

from scs_trial.data.rows import (
    audit,
    check_in,
    imports,
    notes,
    patient,
    people,
    safety,
    signature,
    trial,
)
from scs_trial.data.rows.base import Base

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "audit",
    "check_in",
    "imports",
    "notes",
    "patient",
    "people",
    "safety",
    "signature",
    "trial",
]
