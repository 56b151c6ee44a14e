"""Duplicates, the wrong patient, entered in error, and the timeline, through the window."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QTableView, QToolButton, QWidget

from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.patient import Patient
from scs_trial.services.end_trial import EndTrial, end_trial
from scs_trial.services.record_check_in import RecordCheckIn, declare_missed, record_check_in
from scs_trial.services.register_patient import find_patients, save_patient
from scs_trial.ui.desk.clinic_desk import ClinicDesk
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner
from tests.ui.desk.test_clinic_desk import session  # noqa: F401
from tests.ui.scripted import ScriptedPrompts


@pytest.fixture
def prompts():
    return ScriptedPrompts()


@pytest.fixture
def clinic(qtbot, session, prompts):  # noqa: F811
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    desk = ClinicDesk(
        window,
        session,
        prompts=prompts,
        runner=ImmediateRunner(),
        record_text="Encrypted file",
        record_path="clinic.scs",
    )
    desk.start()
    window.show()
    qtbot.waitExposed(window)
    desk.open_patient(patient_id(session, "Okafor"))
    yield window, desk
    desk.stop()


def patient_id(session, name):  # noqa: F811
    return find_patients(session, name)[0].patient.id


def choose_other(window, name, reason):
    """Choose the other patient by keys and do it."""
    dialog = window.findChild(QWidget, "other_patient")
    QTest.keyClicks(dialog.findChild(QLineEdit, "other_patient.search"), name)
    dialog.findChild(QListWidget, "other_patient.patients").setCurrentRow(0)
    QTest.keyClicks(dialog.findChild(QLineEdit, "other_patient.reason"), reason)
    dialog.findChild(QPushButton, "other_patient.do").click()
    return dialog


def test_that_a_duplicate_is_merged_and_the_right_patient_shows(clinic, session):  # noqa: F811
    window, desk = clinic
    window.commands.action("patient.merge").trigger()
    choose_other(window, "Lindqvist", "registered twice")
    assert desk.workspace.shown.patient.name == "Lindqvist, Per"
    assert len(desk.workspace.shown.trials) == 2
    assert not find_patients(session, "Okafor")


def test_that_the_open_patient_is_not_offered_as_the_other(clinic):
    window, _desk = clinic
    window.commands.action("patient.merge").trigger()
    hits = window.findChild(QListWidget, "other_patient.patients")
    assert [hits.item(row).text().split(" · ")[0] for row in range(hits.count())] == [
        "Lindqvist, Per"
    ]


def test_that_merging_needs_a_reason(clinic, session):  # noqa: F811
    window, desk = clinic
    window.commands.action("patient.merge").trigger()
    dialog = choose_other(window, "Lindqvist", "  ")
    assert dialog.isVisible()
    assert desk.workspace.shown.patient.name == "Okafor, Grace"
    assert find_patients(session, "Okafor")


def test_that_a_trial_moves_to_the_right_patient(clinic, session):  # noqa: F811
    window, desk = clinic
    right = save_patient(session, Patient(id=uuid4(), name="Haddad, Samir", mrn="104915"))
    trial = desk.workspace.shown.review.trial.id
    window.commands.action("patient.move_trial").trigger()
    choose_other(window, "Haddad", "wrong patient")
    assert desk.workspace.shown.patient.id == right.id
    assert desk.workspace.shown.review.trial.id == trial


def test_that_a_patient_entered_in_error_leaves_the_screen_and_the_lists(
    clinic,
    session,  # noqa: F811
    prompts,
):
    window, desk = clinic
    prompts.add("test entry")
    window.commands.action("patient.retract").trigger()
    assert desk.workspace.shown is None
    assert not find_patients(session, "Okafor")
    assert not window.commands.action("patient.end").isEnabled()


def test_that_a_check_in_opens_from_the_timeline_by_keyboard(qtbot, clinic):
    _window, desk = clinic
    arrow = desk.workspace.findChild(QToolButton, "workspace.timeline.open.0")
    entry = desk.workspace.shown.review.timeline[0]
    arrow.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(arrow, Qt.Key.Key_Space)
    assert desk.check_in.isVisible()
    assert desk.check_in.form.recorded.id == entry.check_in_id


def test_that_the_course_marks_no_day_as_asked_while_no_check_in_shows(qtbot, clinic, session):  # noqa: F811
    _window, desk = clinic
    trial = desk.workspace.shown.review.trial
    days = tuple(date(2026, 3, number) for number in (8, 9))
    declare_missed(session, trial.id, days)
    desk.reload()
    desk.open_patient(trial.patient_id)
    assert not desk.check_in.isVisible()
    assert "asking" not in course_heads(desk)
    desk.open_patient(patient_id(session, "Lindqvist"))
    assert desk.check_in.isVisible()
    assert "asking" in course_heads(desk)


def course_heads(desk):
    table = desk.workspace.findChild(QTableView, "course.table")
    model = table.model()
    return " ".join(
        str(model.headerData(column, Qt.Orientation.Horizontal, role))
        for column in range(model.columnCount())
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    )


def test_that_a_running_trial_is_extended_with_a_reason(qtbot, clinic, session, prompts):  # noqa: F811
    window, desk = clinic
    trial = desk.workspace.shown.review.trial
    record_check_in(
        session,
        RecordCheckIn(
            id=uuid4(),
            trial_id=trial.id,
            day=date(2026, 3, 9),
            phase=Phase.TRIAL,
            values={Series("pain_average"): Decimal(4)},
        ),
    )
    desk.reload()
    prompts.add("relief still rising")
    window.commands.action("patient.set_up").trigger()
    days = window.findChild(QLineEdit, "new_trial.planned_days")
    days.clear()
    qtbot.keyClicks(days, "10")
    window.findChild(QPushButton, "new_trial.save").click()
    assert desk.workspace.shown.review.trial.planned_days == 10
    assert any("relief still rising" in e.text for e in desk.workspace.shown.review.timeline)


def test_that_a_safety_event_is_reported_for_a_patient_without_a_trial(qtbot, clinic, session):  # noqa: F811
    window, desk = clinic
    lone = save_patient(session, Patient(id=uuid4(), name="Haddad, Samir", mrn="104915"))
    desk.open_patient(lone.id)
    window.commands.action("patient.safety").trigger()
    assert window.findChild(QWidget, "safety_event").isVisible()


@pytest.mark.parametrize(
    ("command", "dialog"),
    [("view.settings", "settings"), ("patient.new", "new_trial"), ("patient.end", "end_of_trial")],
)
def test_that_f1_helps_within_a_dialog(qtbot, clinic, command, dialog):
    window, _desk = clinic
    window.commands.action(command).trigger()
    shown = window.findChild(QWidget, dialog)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    qtbot.keyClick(shown, Qt.Key.Key_F1)
    assert shown.findChild(QWidget, "help").isVisible()


def test_that_the_decision_command_begins_at_the_decision(qtbot, clinic, session):  # noqa: F811
    window, desk = clinic
    trial = desk.workspace.shown.review.trial
    end_trial(
        session,
        EndTrial(
            trial_id=trial.id,
            version=trial.version,
            last_full_day=date(2026, 3, 9),
            reason=EndReason.PLANNED,
            awaiting_diary=False,
        ),
    )
    desk.reload()
    window.commands.action("patient.decision").trigger()
    dialog = window.findChild(QWidget, "end_of_trial")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.findChild(QWidget, "end.decision").hasFocus)
