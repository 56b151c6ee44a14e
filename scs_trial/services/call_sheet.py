"""Whom to call today, with what a nurse needs on paper: the call sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from scs_trial.domain.check_in import CallAttempt
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import ProgramChange, Trial
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.local_time import local_now, zone_of
from scs_trial.services.session import Session
from scs_trial.services.today import today_list
from scs_trial.services.today_types import Section, TodayRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One patient to call: which days to ask about, and why where no day is due.

    ``last_call`` is today's latest attempt, or the wish to be called back.
    """

    patient: Patient
    trial: Trial
    days: tuple[date, ...]
    reason: str
    programs: tuple[ProgramChange, ...]
    open_findings: tuple[str, ...]
    last_call: CallAttempt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSheet:
    """Today's calls in calling order; ``at`` is clinic-local and aware."""

    at: datetime
    calls: tuple[Call, ...]
    settings: ClinicSettings
    demo: bool


@allowed(Action.OPEN_PATIENT)
def call_sheet(session: Session) -> CallSheet:
    """Return today's calls.

    Every patient with a day that is due or overdue, and every call due after the leads' removal.
    Reading it opens every patient on it, which the audit trail notes.
    """
    listed = today_list(session)
    rows = [row for row in listed.rows if _is_call(row)]
    findings = {
        row.patient.id: tuple(event.finding for event in row.events)
        for row in listed.in_section(Section.SAFETY)
    }
    with session.writing() as work:
        settings = work.settings.get()
        calls = []
        for row in rows:
            if row.trial_id is None:
                continue
            trial = work.trials.get(row.trial_id)
            work.audit.note(
                "open_call_sheet",
                entity="trial",
                entity_id=str(trial.id),
                patient_id=row.patient.id,
            )
            calls.append(
                Call(
                    patient=row.patient,
                    trial=trial,
                    days=row.due_days,
                    reason=row.badge,
                    programs=tuple(work.notes.programs(trial.id)),
                    open_findings=findings.get(row.patient.id, ()),
                    last_call=row.last_call,
                )
            )
        demo = work.settings.record_info("demo") == "yes"
        work.commit()
    return CallSheet(
        at=local_now(session.clock, zone_of(settings)),
        calls=tuple(calls),
        settings=settings,
        demo=demo,
    )


def patients_on(sheet: CallSheet) -> list[tuple[UUID, UUID]]:
    """Return patient id and trial id of everybody on the sheet."""
    return [(call.patient.id, call.trial.id) for call in sheet.calls]


def _is_call(row: TodayRow) -> bool:
    """Tell whether a row is a call; open events only mark the row that stands further down."""
    if row.section is Section.SAFETY:
        return False
    return bool(row.due_days) or row.section is Section.AFTER_REMOVAL
