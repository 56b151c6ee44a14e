"""What an import of a case file carried along: trail, names, signatures of another record.

It stands in the audit row of the import and nowhere else. A signature from elsewhere signs nothing
here: this record can tell that it is as it was exported, not who made it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scs_trial.domain.case import Case, CaseSignature, Person, TrailEntry
from scs_trial.domain.signature import Amendment
from scs_trial.exchange.case_codec import decode, encode
from scs_trial.services.ports import AuditEntry, UnitOfWork

IMPORT_BEGINS = "import_case"
"""Audit row before the rows that an import of a case file makes; it carries the file's trail."""
IMPORT_ENDS = "import_case_end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What came with one import."""

    trail: tuple[TrailEntry, ...]
    people: tuple[Person, ...]
    signatures: tuple[CaseSignature, ...]
    amendments: tuple[Amendment, ...]

    @property
    def names(self) -> dict[UUID, str]:
        """Who was who in the other record."""
        return {person.id: person.name for person in self.people}


def carried_with(case: Case) -> Mapping[str, object]:
    """Return what the audit row of an import keeps of the file beside the patient."""
    parts = {
        "trail": case.trail,
        "people": case.people,
        "signatures": case.signatures,
        "amendments": case.amendments,
    }
    return {name: json.dumps([encode(one) for one in held]) for name, held in parts.items()}


def carried_in(row: AuditEntry) -> Carried:
    """Return what an import's audit row holds; one of an older program has no signatures."""
    held = json.loads(row.new or "{}")

    def part(kind: type[Any], name: str) -> tuple[Any, ...]:
        return tuple(decode(kind, one) for one in json.loads(held.get(name, "[]")))

    return Carried(
        trail=part(TrailEntry, "trail"),
        people=part(Person, "people"),
        signatures=part(CaseSignature, "signatures"),
        amendments=part(Amendment, "amendments"),
    )


def signed_elsewhere(work: UnitOfWork, patient_id: UUID, trial_id: UUID) -> Sequence[CaseSignature]:
    """Return the signatures of a trial that came with an import, oldest first."""
    rows = work.audit.acts(patient_id, IMPORT_BEGINS)
    found = [one for row in rows for one in carried_in(row).signatures]
    mine = [one for one in found if one.signature.trial_id == trial_id]
    return sorted(mine, key=lambda one: (one.signature.at, str(one.signature.id)))
