"""Register, change, find, merge and retract patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from scs_trial.domain.patient import Patient
from scs_trial.errors import FieldError, NotFoundError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.live import live_patient, refuse_signed_patient
from scs_trial.services.local_time import local_today
from scs_trial.services.name_similarity import similar
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session
from scs_trial.services.validation import MAX_WORDS, one_line, refuse, require_reason, text_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientHit:
    """One line of a search: the patient, and the trial to open first."""

    patient: Patient
    trial_id: UUID | None
    trial_start: date | None


@allowed(Action.EDIT_PATIENT)
def save_patient(session: Session, patient: Patient, *, reason: str = "") -> Patient:
    """Register a new patient (a client-made id, ``version`` 1) or change one.

    Texts are stored composed (NFC) and without outer white space. A retry with the same id and
    content changes nothing.

    Raises
    ------
    FieldError, InputError
        Empty name or MRN, an MRN that another patient holds, control characters, over 200
        characters, a birth date in the future.
    ConflictError
        Somebody else changed the patient in the meantime.
    """
    patient = _clean(patient)
    with session.writing() as work:
        stored = store_patient(session, work, patient, reason=reason)
        work.commit()
    return stored


def store_patient(
    session: Session, work: UnitOfWork, patient: Patient, *, reason: str = ""
) -> Patient:
    """Check and save a patient within a unit of work of a use case."""
    faults = patient_faults(patient, today=local_today(session.clock, work.settings.get()))
    holder = work.patients.by_mrn(patient.mrn)
    if holder is not None and holder.id != patient.id:
        faults.append(
            FieldError("mrn", "Another patient holds this number.", "Open that patient instead.")
        )
    refuse(faults)
    before = _existing(work, patient.id)
    if before is None:
        return work.patients.save(replace(patient, version=1), reason=reason)
    if before.entered_in_error or before.merged_into is not None:
        raise NotFoundError("This patient was taken out of the record.")
    if before == patient:
        return before
    return work.patients.save(patient, reason=reason)


def patient_faults(patient: Patient, *, today: date) -> list[FieldError]:
    """Return everything that is wrong with the fields of a patient."""
    faults = text_faults("name", patient.name, required=True)
    faults += text_faults("mrn", patient.mrn, required=True)
    for field in ("best_time", "who_may_answer", "language"):
        faults += text_faults(field, getattr(patient, field))
    faults += text_faults(
        "communication_needs", patient.communication_needs, limit=MAX_WORDS, lines=True
    )
    for telephone in patient.telephones:
        faults += text_faults("telephones", telephone)
    if patient.birth_date is not None and patient.birth_date > today:
        faults.append(FieldError("birth_date", "The birth date is in the future."))
    return faults


@allowed(Action.READ_LISTS)
def find_patients(session: Session, query: str, *, limit: int = 20) -> Sequence[PatientHit]:
    """Find by name, MRN or birth date; an empty query returns the recent ones. Not audited."""
    wanted = one_line(query)
    with session.reading() as work:
        if wanted:
            found = work.patients.search(wanted, limit=limit)
        else:
            found = work.patients.recent(limit=limit)
        return _hits(work, found)


@allowed(Action.READ_LISTS)
def similar_names(
    session: Session, name: str, *, excluding: UUID | None = None
) -> Sequence[Patient]:
    """Return patients in running trials whose name is easily mistaken for this one.

    ``excluding`` is the patient who bears the name.
    """
    with session.reading() as work:
        return similar_in_trials(work, name, excluding=excluding)


def similar_in_trials(
    work: UnitOfWork, name: str, *, excluding: UUID | None = None
) -> tuple[Patient, ...]:
    """Find similar names among patients in running trials, within a unit of work."""
    running = {trial.patient_id for trial in work.trials.active() if trial.trial_ended is None}
    patients = work.patients.get_many(running - {excluding})
    found = (patient for patient in patients.values() if similar(name, patient.name))
    return tuple(sorted(found, key=lambda patient: patient.name.casefold()))


@allowed(Action.MERGE_PATIENTS)
def merge_patients(session: Session, *, keep: UUID, duplicate: UUID, reason: str) -> Patient:
    """Move the duplicate's trials and events to ``keep`` and take the duplicate out of lists.

    Raises
    ------
    SignedError
        A signed trial would change: one of the duplicate's, or one of ``keep`` to which an event
        without a trial would come.
    """
    reason = require_reason(reason)
    if keep == duplicate:
        raise FieldError("duplicate", "These are the same patient.")
    with session.writing() as work:
        kept, taken = live_patient(work, keep), live_patient(work, duplicate)
        refuse_signed_patient(work, duplicate)
        events = work.safety.of_patient(duplicate)
        if any(event.trial_id is None for event in events):
            refuse_signed_patient(work, keep)
        for trial in work.trials.of_patient(duplicate):
            work.trials.save(replace(trial, patient_id=keep), reason=reason)
        for event in events:
            work.safety.save(replace(event, patient_id=keep), reason=reason)
        work.patients.save(replace(taken, merged_into=keep), reason=reason)
        work.commit()
    return kept


@allowed(Action.RETRACT_PATIENT)
def retract_patient(session: Session, patient_id: UUID, *, reason: str) -> None:
    """Mark a patient, with trials, as entered in error: kept in the audit, out of every list.

    Raises
    ------
    SignedError
        One of the trials is signed, and no amendment is under way.
    """
    reason = require_reason(reason)
    with session.writing() as work:
        patient = live_patient(work, patient_id)
        refuse_signed_patient(work, patient_id)
        for trial in work.trials.of_patient(patient_id):
            work.trials.save(replace(trial, entered_in_error=True), reason=reason)
        for event in work.safety.of_patient(patient_id):
            work.safety.save(replace(event, entered_in_error=True), reason=reason)
        work.patients.save(replace(patient, entered_in_error=True), reason=reason)
        work.commit()


def _clean(patient: Patient) -> Patient:
    telephones = (one_line(number) for number in patient.telephones)
    return replace(
        patient,
        name=one_line(patient.name),
        mrn=one_line(patient.mrn),
        telephones=tuple(number for number in telephones if number),
        best_time=one_line(patient.best_time),
        who_may_answer=one_line(patient.who_may_answer),
        language=one_line(patient.language),
    )


def _existing(work: UnitOfWork, patient_id: UUID) -> Patient | None:
    try:
        return work.patients.get(patient_id)
    except NotFoundError:
        return None


def _hits(work: UnitOfWork, patients: Sequence[Patient]) -> list[PatientHit]:
    newest = work.trials.newest_of(patient.id for patient in patients)
    hits = []
    for patient in patients:
        trial_id, start = newest.get(patient.id, (None, None))
        hits.append(PatientHit(patient=patient, trial_id=trial_id, trial_start=start))
    return hits
