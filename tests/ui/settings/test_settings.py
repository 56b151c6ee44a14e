"""The settings typed through, against a real encrypted record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from scs_trial.assemble import first_settings
from scs_trial.domain.clinic import Role
from scs_trial.ui.settings.form import SettingsForm
from scs_trial.ui.settings.settings_dialog import SettingsDialog
from tests.records import make_session


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path, settings=first_settings("Europe/Berlin"))


@pytest.fixture
def dialog(qtbot, session):
    made = SettingsDialog(session)
    qtbot.addWidget(made)
    made.open()
    return made


def press(qtbot, dialog, name):
    qtbot.keyClick(dialog.findChild(QPushButton, name), Qt.Key.Key_Space)


def retype(qtbot, dialog, name, text):
    field = dialog.findChild(QLineEdit, name)
    field.clear()
    qtbot.keyClicks(field, text)


def test_that_letterhead_days_off_and_measures_are_on_record(qtbot, session, dialog):
    retype(qtbot, dialog, "settings.clinic_name", "Example Pain Clinic")
    retype(qtbot, dialog, "settings.cut_off_hour", "13")
    for name in ("settings.day_off.6", "settings.day_off.7", "settings.measure.steps"):
        qtbot.keyClick(dialog.findChild(QCheckBox, name), Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.saved):
        press(qtbot, dialog, "settings.save")
    held = session.settings()
    assert held.clinic_name == "Example Pain Clinic"
    assert held.cut_off_hour == 13
    assert held.days_off == {6, 7}
    assert "steps" in held.measures_asked


def test_that_a_faulty_hour_is_said_and_nothing_changes(qtbot, session, dialog):
    before = session.settings()
    retype(qtbot, dialog, "settings.clinic_name", "Example Pain Clinic")
    retype(qtbot, dialog, "settings.cut_off_hour", "25")
    with qtbot.assertNotEmitted(dialog.saved):
        press(qtbot, dialog, "settings.save")
    problem = dialog.findChild(QLabel, "settings.cut_off_hour.problem")
    assert problem.text() == "Enter a whole number from 0 to 23."
    assert session.settings() == before


def test_that_the_safety_list_is_approved_by_name_and_date_with_its_wording(qtbot, session, dialog):
    dialog.findChild(QListWidget, "settings.safety.list").setCurrentRow(3)
    question = dialog.findChild(QPlainTextEdit, "settings.safety.question")
    question.selectAll()
    qtbot.keyClicks(question, "Fever or chills?")
    press(qtbot, dialog, "settings.safety.approve")
    with qtbot.waitSignal(dialog.saved):
        press(qtbot, dialog, "settings.save")
    held = session.settings().safety
    assert held.items[3].question == "Fever or chills?"
    assert held.approved_by == session.account.display_name
    assert str(held.approved_on) == "2026-03-10"
    assert held.version.startswith("2026-03-10 ")


def test_that_a_changed_wording_loses_its_approval_and_its_name():
    form = SettingsForm.of(first_settings("Europe/Berlin"))
    form.approve_safety(by="Dr B. Stone", on=first_day())
    approved = form.to_settings().safety
    changed = approved.items[0].__class__(
        id=approved.items[0].id,
        question="Any weakness?",
        finding=approved.items[0].finding,
        urgency=approved.items[0].urgency,
        says=approved.items[0].says,
    )
    form.replace_item(changed)
    after = form.to_settings().safety
    assert after.approved_on is None
    assert after.version != approved.version


def first_day():
    from datetime import date

    return date(2026, 3, 10)


def test_that_a_nurse_cant_save_settings(qtbot, tmp_path):
    session = make_session(tmp_path, roles=[Role.NURSE])
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    retype(qtbot, dialog, "settings.clinic_name", "Another clinic")
    with qtbot.assertNotEmitted(dialog.saved):
        press(qtbot, dialog, "settings.save")
    assert session.settings().clinic_name == ""
