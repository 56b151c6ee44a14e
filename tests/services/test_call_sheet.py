"""Who stands on the call sheet, and what the audit trail says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from scs_trial.assemble import first_settings
from scs_trial.clock import FixedClock
from scs_trial.domain.clinic import Role
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import Urgency
from scs_trial.domain.trial import Trial
from scs_trial.errors import AccessDeniedError
from scs_trial.reports.call_sheet import call_content
from scs_trial.services.call_sheet import call_sheet, patients_on
from scs_trial.services.hand_out_page import HandedOut, note_sheet
from scs_trial.services.session import Session
from tests.records import make_session

# Placed on Sunday 8 March 2026; it is Tuesday the 10th, 09:30 in Berlin: day 1 is due.
CLOCK = FixedClock(datetime(2026, 3, 10, 8, 30, tzinfo=UTC))


@pytest.fixture
def session(tmp_path) -> Session:
    return make_session(tmp_path, clock=CLOCK, settings=first_settings("Europe/Berlin"))


def placed(
    session: Session, name: str, mrn: str, *, start: date | None = date(2026, 3, 8)
) -> Trial:
    with session.writing() as work:
        patient = work.patients.save(
            Patient(
                id=uuid4(), name=name, mrn=mrn, telephones=("+44 7700 900123",), best_time="noon"
            )
        )
        trial = work.trials.save(Trial(id=uuid4(), patient_id=patient.id, trial_start=start))
        work.commit()
    return trial


def actions(session: Session, trial: Trial) -> list[str]:
    with session.reading() as work:
        return [entry.action for entry in work.audit.of_patient(trial.patient_id)]


def test_that_due_days_make_a_call_and_a_trial_not_placed_makes_none(session: Session) -> None:
    trial = placed(session, "Okafor, Grace", "1")
    placed(session, "Lindqvist, Per", "2", start=None)
    sheet = call_sheet(session)
    assert [(call.patient.name, call.days) for call in sheet.calls] == [
        ("Okafor, Grace", (date(2026, 3, 9),))
    ]
    assert patients_on(sheet) == [(trial.patient_id, trial.id)]


def test_that_reading_and_printing_are_noted_for_every_patient(session: Session) -> None:
    trials = [placed(session, "Okafor, Grace", "1"), placed(session, "Lindqvist, Per", "2")]
    sheet = call_sheet(session)
    note_sheet(
        session,
        "call-sheet",
        patients_on(sheet),
        content_hash="0" * 64,
        how=HandedOut.PRINTED,
    )
    for trial in trials:
        assert actions(session, trial)[:2] == ["print_page", "open_call_sheet"]


def test_that_an_open_event_marks_the_call_and_is_none_of_its_own(session: Session) -> None:
    from scs_trial.services.report_safety import ReportSafetyEvent, report_safety_event

    trial = placed(session, "Okafor, Grace", "1")
    report_safety_event(
        session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=trial.patient_id,
            trial_id=trial.id,
            urgency=Urgency.URGENT,
            finding="fever 38.4",
        ),
    )
    sheet = call_sheet(session)
    assert [call.open_findings for call in sheet.calls] == [("fever 38.4",)]
    content = call_content(sheet, catalogue=session.catalogue, printed_by="Anna")
    assert content.calls[0].alerts == ("Open: fever 38.4",)


def test_that_the_sheet_says_how_to_reach_whom_and_what_to_ask(session: Session) -> None:
    placed(session, "Okafor, Grace", "1")
    content = call_content(call_sheet(session), catalogue=session.catalogue, printed_by="Anna")
    (call,) = content.calls
    assert [(entry.label, entry.text) for entry in call.reach] == [
        ("Telephone", "+44 7700 900123"),
        ("Best time", "noon"),
        ("Who may answer", "not documented"),
    ]
    assert [day.title for day in call.days] == ["About Mon 9 Mar, day 1"]
    assert call.days[0].boxes[0] == "Average pain, 0–10"
    assert content.printed == "printed 10 Mar 2026 09:30 by Anna"


def test_that_an_administrator_gets_no_call_sheet(tmp_path) -> None:
    session = make_session(tmp_path, clock=CLOCK, roles=[Role.ADMINISTRATOR])
    with pytest.raises(AccessDeniedError):
        call_sheet(session)


def test_that_only_changed_content_changes_the_digest(session: Session) -> None:
    from scs_trial.reports.call_sheet import call_printout

    placed(session, "Okafor, Grace", "1")
    sheet = call_sheet(session)
    first = call_printout(sheet, catalogue=session.catalogue, printed_by="Anna")
    again = call_printout(sheet, catalogue=session.catalogue, printed_by="Anna")
    other = call_printout(replace(sheet, calls=()), catalogue=session.catalogue, printed_by="Anna")
    assert first.digest == again.digest != other.digest
