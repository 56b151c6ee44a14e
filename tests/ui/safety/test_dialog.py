"""Safety events reported and followed by hand in a real encrypted record."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from scs_trial.clock import FixedClock
from scs_trial.domain.clinic import Role
from scs_trial.domain.safety import SafetyItem, SafetyList, Urgency
from scs_trial.services.keep_draft import drafts
from scs_trial.ui.safety.dialog import SafetyEventDialog
from scs_trial.ui.safety.report_form import ReportForm
from tests.records import close_all
from tests.ui.check_in.conftest import build
from tests.ui.check_in.make import PATIENT, SETTINGS, TRIAL
from tests.ui.scripted import ScriptedPrompts

WEAKNESS = SafetyItem(
    id="weakness",
    question="Any new weakness?",
    finding="New weakness",
    urgency=Urgency.EMERGENCY,
    says="",
    instruction="Put the clinician on duty on the phone.",
    number="555 0100",
)
LIST = SafetyList(
    version="2", items=(WEAKNESS,), approved_by="Dr. Berg", approved_on=date(2026, 11, 2)
)


@pytest.fixture
def session(tmp_path):
    clock = FixedClock(datetime(2026, 11, 25, 8, 41, tzinfo=UTC))
    yield build(tmp_path, clock, settings=replace(SETTINGS, safety=LIST))
    close_all()


@pytest.fixture
def prompts():
    return ScriptedPrompts()


@pytest.fixture
def opened(session, prompts, qtbot):
    host = QWidget()
    qtbot.addWidget(host)

    def make(*, session=session, patient=PATIENT):
        made = SafetyEventDialog(
            session, patient=patient, trial_id=TRIAL.id, prompts=prompts, parent=host
        )
        made.open()
        return made

    return make


@pytest.fixture
def dialog(opened):
    return opened()


def part(dialog, name):
    found = dialog.findChildren(QWidget, f"safety.{name}")
    assert found, name
    return found[-1]


def events(session):
    with session.reading() as work:
        return list(work.safety.of_patient(PATIENT.id))


def report(dialog):
    part(dialog, "item").choose("weakness")
    part(dialog, "description").setPlainText("since this morning")
    part(dialog, "save").click()


def test_that_a_question_brings_finding_urgency_instruction_and_number(dialog, session):
    part(dialog, "item").choose("weakness")
    assert part(dialog, "finding").text() == "New weakness"
    assert part(dialog, "urgency").key() == "emergency"
    texts = [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")]
    assert "Put the clinician on duty on the phone.\nCall 555 0100" in texts
    assert any("approved 2 Nov 2026 by Dr. Berg" in text for text in texts)


def test_that_an_event_is_reported_told_acknowledged_and_resolved(dialog, session, qtbot):
    with qtbot.waitSignal(dialog.stored):
        report(dialog)
    (event,) = events(session)
    assert (event.finding, event.urgency) == ("New weakness", Urgency.EMERGENCY)
    assert event.description == "since this morning"
    assert event.number == "555 0100"
    QTest.keyClicks(part(dialog, "told"), "Dr. Berg")
    part(dialog, "told.save").click()
    part(dialog, "acknowledge").click()
    QTest.keyClicks(part(dialog, "resolution"), "seen, MRI clear")
    part(dialog, "resolution.save").click()
    (event,) = events(session)
    assert (event.told_who, event.acknowledged_by, event.resolution) == (
        "Dr. Berg",
        "Anna",
        "seen, MRI clear",
    )
    assert not event.is_open
    assert part(dialog, "state").text() == "resolved"


def test_that_own_words_need_a_finding_and_an_urgency(dialog, session):
    part(dialog, "save").click()
    assert events(session) == []
    part(dialog, "finding").setText("feels unwell")
    part(dialog, "urgency").choose("same_day")
    part(dialog, "save").click()
    assert [(e.finding, e.item_id) for e in events(session)] == [("feels unwell", None)]


def test_that_a_second_press_is_the_same_event(dialog, session):
    report(dialog)
    dialog._on_main_clicked()
    assert len(events(session)) == 1


def test_that_words_can_be_changed_and_an_event_entered_in_error(dialog, session, prompts):
    report(dialog)
    part(dialog, "description").setText("since yesterday")
    part(dialog, "description.save").click()
    assert events(session)[0].description == "since yesterday"
    prompts.add("other patient")
    part(dialog, "error").click()
    assert [e for e in events(session) if not e.entered_in_error] == []


def test_that_a_nurse_is_told_that_a_clinician_resolves_an_emergency(session, opened):
    nurse = replace(session, account=replace(session.account, roles=frozenset({Role.NURSE})))
    dialog = opened(session=nurse)
    report(dialog)
    part(dialog, "resolution").setText("fine again")
    part(dialog, "resolution.save").click()
    assert events(session)[0].is_open
    assert "clinician" in part(dialog, "banner").accessibleName()


def test_that_going_back_to_own_words_takes_the_question_away():
    form = ReportForm(LIST, event_id=UUID(int=1), patient_id=PATIENT.id, trial_id=None)
    form.choose("weakness")
    form.choose("")
    assert (form.finding, form.urgency, form.command().item_id) == ("", None, None)
    form.choose("weakness")
    form.finding = "weak left foot"
    form.choose("")
    assert form.finding == "weak left foot"


def test_that_hostile_text_is_shown_as_text(opened):
    patient = replace(PATIENT, name="<b>x</b>")
    dialog = opened(patient=patient)
    assert isinstance(part(dialog, "description"), QPlainTextEdit)
    assert "<b>x</b>" not in dialog.windowTitle()


def test_that_enter_after_who_was_told_presses_no_other_button(dialog, session, prompts):
    report(dialog)
    QTest.keyClicks(part(dialog, "told"), "Dr. Berg")
    QTest.keyClick(part(dialog, "told"), Qt.Key.Key_Return)
    (event,) = events(session)
    assert event.told_who == "Dr. Berg"
    assert event.acknowledged_at is None
    assert prompts.asked == []


def test_that_a_half_reported_event_is_brought_back_and_is_the_same_event(dialog, opened, session):
    part(dialog, "item").choose("weakness")
    part(dialog, "description").setPlainText("since this morning")
    first_id = dialog._form.event_id
    dialog.reject()
    assert events(session) == []
    again = opened()
    assert part(again, "finding").text() == "New weakness"
    assert part(again, "description").toPlainText() == "since this morning"
    part(again, "save").click()
    assert [event.id for event in events(session)] == [first_id]
    assert drafts(session) == ()
