"""Take a snapshot of the chosen patients for an export; the audit trail notes what leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from scs_trial.domain.case import Case
from scs_trial.domain.patient import Patient
from scs_trial.errors import NotFoundError
from scs_trial.exchange.export_model import ExportedTrial, ExportForm, ExportModel, SignedPage
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.case_of import case_of
from scs_trial.services.judge import TrialFacts, judge
from scs_trial.services.local_time import local_today, zone_of
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.pseudonym import pseudonymised
from scs_trial.services.session import Session
from scs_trial.services.signed_pages import signed_pages
from scs_trial.services.tell import Tell, untold

ACTION = "export_data"
_ALL = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What to export. ``mrns`` None means every patient of the record."""

    form: ExportForm
    mrns: Sequence[str] | None = None
    pseudonymise: bool = False
    shift_dates: bool = False


@allowed(Action.EXPORT_DATA)
def export_records(session: Session, request: ExportRequest, *, tell: Tell = untold) -> ExportModel:
    """Return the snapshot of an export; the trail notes it for each patient before it leaves.

    Raises
    ------
    NotFoundError
        No patient has one of the MRNs, or the record has no patient.
    """
    with session.reading() as work:
        patients = _patients(work, request.mrns)
        settings = work.settings.get()
        cases = []
        for done, patient in enumerate(patients):
            tell(done, len(patients))
            cases.append(case_of(work, patient))
        synthetic = work.settings.record_info("demo") == "yes"
        signed = {}
        if request.form is ExportForm.FHIR and not request.pseudonymise:
            signed = signed_pages(session, work, cases)
    tell(len(patients), len(patients))
    zone = zone_of(settings)
    if request.pseudonymise:
        shift = request.shift_dates
        cases = [pseudonymised(case, zone=zone, shift_dates=shift) for case in cases]
        cases.sort(key=lambda case: case.patient.mrn)  # the order of MRNs would tell of them
    model = ExportModel(
        cases=tuple(cases),
        trials=tuple(one for case in cases for one in _trials(session, case, zone, signed)),
        catalogue=session.catalogue,
        zone=zone,
        made_on=local_today(session.clock, settings),
        pseudonymised=request.pseudonymise,
        synthetic=synthetic,
    )
    _note(session, request, [patient.id for patient in patients])
    return model


def _patients(work: UnitOfWork, mrns: Sequence[str] | None) -> list[Patient]:
    if mrns is None:
        everyone = sorted(work.patients.recent(limit=_ALL), key=lambda one: (one.mrn, one.id))
        if not everyone:
            raise NotFoundError("The record has no patient.", "There is nothing to export.")
        return everyone
    found = [work.patients.by_mrn(mrn) for mrn in dict.fromkeys(mrns)]
    patients = [patient for patient in found if patient is not None]
    if len(patients) != len(found):
        raise NotFoundError("No patient has this MRN.", "Check it; it must match exactly.")
    return patients


def _trials(
    session: Session, case: Case, zone: ZoneInfo, signed: Mapping[UUID, SignedPage]
) -> list[ExportedTrial]:
    made = []
    for held in case.trials:
        if held.trial.entered_in_error:
            continue
        check_ins = held.live_check_ins()
        facts = TrialFacts(
            trial=held.trial,
            check_ins=check_ins,
            programs=held.programs,
            medication=held.medication,
            confirmations=held.confirmations,
            events=tuple(event for event in case.events if not event.entered_in_error),
        )
        judged = judge(session, facts, zone=zone)
        if judged.diary is not None:
            made.append(
                ExportedTrial(
                    patient=case.patient.mrn,
                    trial=held,
                    check_ins=check_ins,
                    diary=judged.diary,
                    evaluation=judged.evaluation,
                    verdict=judged.verdict,
                    signed=signed.get(held.trial.id),
                )
            )
    return made


def _note(session: Session, request: ExportRequest, patient_ids: Sequence[UUID]) -> None:
    how = {
        "form": request.form.value,
        "pseudonymised": request.pseudonymise,
        "dates_shifted": request.pseudonymise and request.shift_dates,
    }
    with session.writing() as work:
        for patient_id in patient_ids:
            work.audit.note(
                ACTION,
                entity="patient",
                entity_id=str(patient_id),
                patient_id=patient_id,
                new=how,
            )
        work.commit()
