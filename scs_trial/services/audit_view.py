"""Read the audit trail: search it, and note that it was exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from scs_trial.services.audit_port import NEWEST, AuditQuery
from scs_trial.services.authorize import Action, allowed, is_allowed
from scs_trial.services.local_time import to_local, zone_of
from scs_trial.services.ports import AuditEntry, UnitOfWork
from scs_trial.services.session import Session

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """What was typed: patient (name, MRN or birth date), actor, action, first and last day."""

    patient: str = ""
    actor: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One row as it is shown: clinic-local time, and the patient in words.

    ``patient`` is the MRN alone, and old and new content are left out, for an account that may not
    open patients.
    """

    seq: int
    at: datetime
    actor: str
    workstation: str
    action: str
    entity: str
    entity_id: str
    patient: str
    reason: str
    old: str
    new: str
    digest: str


@allowed(Action.READ_AUDIT)
def search_audit(session: Session, search: AuditSearch) -> Sequence[AuditLine]:
    """Return the newest rows found."""
    with session.reading() as work:
        return _lines(session, work, search, limit=NEWEST)


@allowed(Action.READ_AUDIT)
def export_audit(session: Session, search: AuditSearch) -> Sequence[AuditLine]:
    """Return every row found, for a file; the export is audited itself."""
    with session.writing() as work:
        lines = _lines(session, work, search, limit=None)
        work.audit.note("export_audit", entity="audit", entity_id="", new={"rows": len(lines)})
        work.commit()
    return lines


def _lines(
    session: Session, work: UnitOfWork, search: AuditSearch, *, limit: int | None
) -> Sequence[AuditLine]:
    zone = zone_of(work.settings.get())
    clinical = is_allowed(session.account, Action.OPEN_PATIENT)
    query = AuditQuery(
        patients=_patients(work, search.patient.strip(), by_name=clinical),
        actor=search.actor,
        action=search.action,
        since=_begin(search.first, zone),
        until=_begin(search.last + _DAY if search.last else None, zone),
        limit=limit,
    )
    entries = list(work.audit.search(query))
    words = _patient_words(work, entries, names=clinical)
    return tuple(_line(entry, words, zone=zone, clinical=clinical) for entry in entries)


def _begin(day: date | None, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=zone)


def _patients(work: UnitOfWork, text: str, *, by_name: bool) -> tuple[UUID, ...] | None:
    if not text:
        return None
    exact = work.patients.by_mrn(text)
    found = list(work.patients.search(text, limit=50)) if by_name else []
    return tuple({patient.id for patient in (*found, *([exact] if exact else []))})


def _patient_words(
    work: UnitOfWork, entries: Iterable[AuditEntry], *, names: bool
) -> dict[UUID, str]:
    ids = {entry.patient_id for entry in entries if entry.patient_id is not None}
    return {
        patient.id: f"{patient.name} · {patient.mrn}" if names else patient.mrn
        for patient in work.patients.get_many(ids).values()
    }


def _line(
    entry: AuditEntry, words: dict[UUID, str], *, zone: ZoneInfo, clinical: bool
) -> AuditLine:
    return AuditLine(
        seq=entry.seq,
        at=to_local(entry.at, zone),
        actor=entry.actor,
        workstation=entry.workstation,
        action=entry.action,
        entity=entry.entity,
        entity_id=entry.entity_id,
        patient=words.get(entry.patient_id, "") if entry.patient_id else "",
        reason=entry.reason if clinical or entry.patient_id is None else "",
        old=(entry.old or "") if clinical else "",
        new=(entry.new or "") if clinical else "",
        digest=entry.digest,
    )
