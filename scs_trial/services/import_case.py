"""Bring a case file into the record: the whole patient in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from scs_trial.domain.backups import BackupReason
from scs_trial.domain.case import Case, CaseTrial, rebuilt
from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.patient import Patient
from scs_trial.domain.signature import SignedDocument, faults_of
from scs_trial.errors import ConflictError, FieldError, InputError, NotFoundError, UserError
from scs_trial.exchange.case_file import CaseFile
from scs_trial.exchange.diary_cells import MAX_PLANNED_DAYS
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.carried import IMPORT_BEGINS, IMPORT_ENDS, carried_with
from scs_trial.services.local_time import local_today
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.register_patient import patient_faults
from scs_trial.services.safekeeping import secure
from scs_trial.services.session import Session
from scs_trial.services.validation import one_line, value_faults

REASON = "case file imported"


class PatientExistsError(ConflictError):
    """The patient, or another one with the same MRN, is in the record; nothing was imported."""


@allowed(Action.IMPORT_CASE)
def import_case(
    session: Session, held: CaseFile, *, source: str = "", copy_as: str | None = None
) -> Patient:
    """Import one case in one transaction; what was recorded keeps its ids, times and revisions.

    Parameters
    ----------
    held
        The file's case.
    source
        Digest of the file, for the audit.
    copy_as
        MRN of a new copy with new ids, where the patient is in the record already. Never are two
        patients made into one.

    Raises
    ------
    PatientExistsError
        The patient or the MRN is in the record already.
    InputError
        What in the case the record can't hold; nothing was imported.
    """
    secure(session, BackupReason.IMPORT)
    with session.writing() as work:
        _refuse_synthetic(held, work)
        case = held.case if copy_as is None else _copy(held.case, one_line(copy_as))
        today = local_today(session.clock, work.settings.get())
        faults = [*patient_faults(case.patient, today=today), *_faults(case, session.catalogue)]
        if faults:
            raise InputError(faults, "Nothing was imported.")
        _refuse_known(case, work)
        patient = case.patient
        work.audit.note(
            IMPORT_BEGINS,
            entity="patient",
            entity_id=str(patient.id),
            patient_id=patient.id,
            reason=REASON,
            new={**carried_with(case), "source": source},
        )
        _store(case, work)
        work.audit.note(
            IMPORT_ENDS, entity="patient", entity_id=str(patient.id), patient_id=patient.id
        )
        work.commit()
    return patient


def _store(case: Case, work: UnitOfWork) -> None:
    work.patients.save(case.patient, reason=REASON)
    for held in case.trials:
        work.trials.save(held.trial, reason=REASON)
        for history in held.check_ins:
            work.check_ins.restore(history)
        _each(work.notes.add_call, held.calls)
        _each(work.notes.add_program, held.programs)
        _each(work.notes.add_medication, held.medication)
        _each(work.notes.add_confirmation, held.confirmations)
        _each(work.notes.add_decision, held.decisions)
        _each(work.notes.add_follow_up, held.follow_ups)
    for event in case.events:
        work.safety.save(event, reason=REASON)


def _each(add: Callable[[Any], None], entries: Iterable[Any]) -> None:
    for entry in entries:
        add(entry)


def _refuse_synthetic(held: CaseFile, work: UnitOfWork) -> None:
    if held.synthetic and work.settings.record_info("demo") != "yes":
        raise UserError(
            "The case file holds a made-up patient; it does not go into a clinic's record.",
            "Open it in the demo clinic.",
        )


def _refuse_known(case: Case, work: UnitOfWork) -> None:
    taken = work.patients.by_mrn(case.patient.mrn) is not None
    if taken or _found(work.patients.get, case.patient.id):
        raise PatientExistsError(
            "This patient, or one with the same MRN, is in the record; nothing was imported.",
            "Import it as a new copy with another MRN, if that is meant.",
        )
    trials = (_found(work.trials.get, held.trial.id) for held in case.trials)
    events = (_found(work.safety.get, event.id) for event in case.events)
    if any(trials) or any(events):
        raise PatientExistsError(
            "A trial or event of the case file is in the record with another patient; nothing was "
            "imported.",
            "Import it as a new copy with another MRN, if that is meant.",
        )


def _found(get: Callable[[UUID], object], identity: UUID) -> bool:
    try:
        get(identity)
    except NotFoundError:
        return False
    return True


def _copy(case: Case, mrn: str) -> Case:
    """Return the case with new ids and another MRN; account ids stay.

    Signatures do not hold for a copy: they name the ids that were signed.
    """
    case = replace(case, signatures=(), amendments=())
    new: dict[UUID, UUID] = {one: uuid4() for one in _ids(case)}

    def change(kind: type, name: str, value: Any) -> Any:
        del kind, name
        return new.get(value, value) if isinstance(value, UUID) else value

    made = rebuilt(case, change)
    return replace(made, patient=replace(made.patient, mrn=mrn))


def _ids(case: Case) -> Iterator[UUID]:
    yield case.patient.id
    for event in case.events:
        yield event.id
    for held in case.trials:
        yield held.trial.id
        yield from (history[0].id for history in held.check_ins if history)
        for notes in (held.calls, held.programs, held.medication, held.decisions, held.follow_ups):
            yield from (note.id for note in notes)


def _faults(case: Case, catalogue: Catalogue) -> Iterator[FieldError]:
    """Yield what the record can't hold, by place in the file and without a value."""
    ids = list(_ids(case))
    if len(set(ids)) != len(ids):
        yield FieldError("case", "An id stands twice.")
    ours = {held.trial.id for held in case.trials}
    for place, event in enumerate(case.events):
        if event.patient_id != case.patient.id or event.trial_id not in ours | {None}:
            yield FieldError(f"events[{place}]", "It belongs to another patient or trial.")
    for place, signed in enumerate(case.signatures):
        if signed.signature.trial_id not in ours:
            yield FieldError(f"signatures[{place}]", "It is of another trial.")
        document = SignedDocument(content=signed.content, page=signed.page)
        for what in faults_of(signed.signature, document):
            yield FieldError(f"signatures[{place}]", f"It does not fit {what}.")
    if any(amendment.trial_id not in ours for amendment in case.amendments):
        yield FieldError("amendments", "One of them is of another trial.")
    for place, held in enumerate(case.trials):
        for fault in _trial_faults(held, case.patient.id, catalogue):
            yield FieldError(f"trials[{place}].{fault.field}", fault.what)


def _trial_faults(held: CaseTrial, patient_id: UUID, catalogue: Catalogue) -> Iterator[FieldError]:
    trial = held.trial
    if trial.patient_id != patient_id:
        yield FieldError("trial", "It belongs to another patient.")
    if not 1 <= trial.planned_days <= MAX_PLANNED_DAYS:
        yield FieldError("planned_days", f"It lies outside 1 to {MAX_PLANNED_DAYS}.")
    if trial.pain_measure not in catalogue:
        yield FieldError("pain_measure", "There is no such measure.")
    for history in held.check_ins:
        yield from _history_faults(history, trial.id, catalogue)
    places = [(one.day, one.phase) for one in held.live_check_ins()] if _whole(held) else []
    if len(set(places)) != len(places):
        yield FieldError("check_ins", "A day has two check-ins of one phase.")
    for name in ("calls", "programs", "medication", "confirmations", "decisions", "follow_ups"):
        if any(note.trial_id != trial.id for note in getattr(held, name)):
            yield FieldError(name, "One of them belongs to another trial.")
    numbers = [decision.version for decision in held.decisions]
    if numbers != sorted(set(numbers)) or any(number < 1 for number in numbers):
        yield FieldError("decisions", "Their versions do not rise from 1.")
    if any(follow_up.month < 0 for follow_up in held.follow_ups):
        yield FieldError("follow_ups", "A month is below 0.")


def _whole(held: CaseTrial) -> bool:
    return all(held.check_ins)


def _history_faults(
    history: tuple[CheckIn, ...], trial_id: UUID, catalogue: Catalogue
) -> Iterator[FieldError]:
    if not history:
        yield FieldError("check_ins", "A check-in has no revision.")
        return
    same = len({one.id for one in history}) == 1 and history[-1].trial_id == trial_id
    if not same or [one.revision for one in history] != list(range(1, len(history) + 1)):
        yield FieldError("check_ins", "The revisions of a check-in do not belong together.")
    for one in history:
        if one.missed and one.values:
            yield FieldError("check_ins", "A missed day holds values.")
        regions = {series.item for series in one.values if series.item is not None}
        yield from value_faults(one.values, catalogue, regions)
