"""Patients, found by id, MRN, name parts, birth date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, text

from scs_trial.data import convert, faults
from scs_trial.data.repositories.base import Repository, adding, by_id, changing, chunks, gone
from scs_trial.data.repositories.patient_search import found_by
from scs_trial.data.rows.base import table
from scs_trial.data.rows.patient import LIVE, PatientNamePartRow, PatientRow
from scs_trial.data.search_keys import name_parts
from scs_trial.domain.patient import Patient

_T = table(PatientRow)
_PART = table(PatientNamePartRow)
_LIVE = text(LIVE)
_GET = by_id(PatientRow)
_GET_MANY = select(_T).where(_T.c.id.in_(bindparam("ids", expanding=True)))
_BY_MRN = select(_T).where(_T.c.mrn == bindparam("mrn"), _LIVE, text("mrn <> ''"))
_RECENT = select(_T).where(_LIVE).order_by(_T.c.changed_seq.desc()).limit(bindparam("most"))
_ADD = adding(PatientRow)
_CHANGE = changing(PatientRow)
_ADD_PART = adding(PatientNamePartRow)
_DROP_PARTS = delete(_PART).where(_PART.c.patient_id == bindparam("id"))


class PatientRepository(Repository):
    """Patients; retracted and merged ones are found by id only."""

    def get(self, patient_id: UUID) -> Patient:
        """Return the patient; raise ``NotFoundError``."""
        patient = self._stored(patient_id)
        if patient is None:
            raise gone("patient")
        return patient

    def get_many(self, patient_ids: Iterable[UUID]) -> Mapping[UUID, Patient]:
        """Return the patients with these ids."""
        rows = [row for group in chunks(patient_ids) for row in self._all(_GET_MANY, ids=group)]
        return {row["id"]: convert.patient_entity(row) for row in rows}

    def by_mrn(self, mrn: str) -> Patient | None:
        """Return the live patient with exactly that MRN."""
        row = self._one(_BY_MRN, mrn=mrn)
        return None if row is None else convert.patient_entity(row)

    def search(self, query: str, *, limit: int = 20) -> Sequence[Patient]:
        """Find by name parts (accents and case ignored), MRN prefix or birth date; indexed."""
        found: dict[UUID, Mapping[str, Any]] = {}
        for statement, values in found_by(query, limit=limit):
            found |= {row["id"]: row for row in self._all(statement, **values)}
            if len(found) >= limit:
                break
        patients = [convert.patient_entity(row) for row in islice(found.values(), limit)]
        return tuple(sorted(patients, key=lambda patient: (patient.name, patient.mrn)))

    def recent(self, *, limit: int = 20) -> Sequence[Patient]:
        """Return the patients changed last."""
        return tuple(convert.patient_entity(row) for row in self._all(_RECENT, most=limit))

    def save(self, patient: Patient, *, reason: str = "") -> Patient:
        """Insert or update; return the stored patient with its new version."""
        old = self._stored(patient.id)
        if patient.version != (1 if old is None else old.version):
            raise faults.conflict()
        new = patient if old is None else replace(patient, version=old.version + 1)
        seq = self._trail.change(
            "patient",
            patient.id,
            version=new.version,
            patient_id=patient.id,
            reason=reason,
            old=old,
            new=new,
        )
        values = convert.patient_values(new, changed_seq=seq)
        if old is None:
            self._write(_ADD, values)
        else:
            self._write(_CHANGE, {"row_id": patient.id, **values})
        self._index(old, new)
        return new

    def _stored(self, patient_id: UUID) -> Patient | None:
        row = self._one(_GET, id=patient_id)
        return None if row is None else convert.patient_entity(row)

    def _index(self, old: Patient | None, new: Patient) -> None:
        before, after = _parts(old), _parts(new)
        if before == after:
            return
        if before:
            self._write(_DROP_PARTS, {"id": new.id})
        if after:
            self._write_all(_ADD_PART, [{"patient_id": new.id, "part": part} for part in after])


def _parts(patient: Patient | None) -> tuple[str, ...]:
    if patient is None or patient.entered_in_error or patient.merged_into is not None:
        return ()
    return name_parts(patient.name)
