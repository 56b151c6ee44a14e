"""The settings typed through, against a real encrypted record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from scs_trial.assemble import first_settings
from scs_trial.domain.clinic import Role
from scs_trial.ui.criteria.criteria_page import CriteriaPage
from scs_trial.ui.settings.form import SettingsForm
from scs_trial.ui.settings.settings_dialog import SettingsDialog
from scs_trial.ui.widgets.choice_box import ChoiceBox
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


def add_question(qtbot, dialog, finding, question):
    press(qtbot, dialog, "settings.safety.add")
    retype(qtbot, dialog, "settings.safety.finding", finding)
    qtbot.keyClicks(dialog.findChild(QPlainTextEdit, "settings.safety.question"), question)


def test_that_a_question_is_added_with_an_id_of_its_own_and_loses_the_approval(
    qtbot, session, dialog
):
    press(qtbot, dialog, "settings.safety.approve")
    before = dialog.findChild(QListWidget, "settings.safety.list").count()
    for finding in ("Fall", "Rash"):
        add_question(qtbot, dialog, finding, f"Any {finding.lower()}?")
    listed = dialog.findChild(QListWidget, "settings.safety.list")
    assert [listed.item(row).text() for row in (before, before + 1)] == ["Fall", "Rash"]
    with qtbot.waitSignal(dialog.saved):
        press(qtbot, dialog, "settings.save")
    held = session.settings().safety
    assert [item.question for item in held.items[-2:]] == ["Any fall?", "Any rash?"]
    assert len({item.id for item in held.items}) == before + 2
    assert held.approved_on is None
    assert held.version.startswith("not approved ")


def test_that_a_removed_question_is_asked_no_more_under_another_wording(qtbot, session, dialog):
    before = session.settings().safety
    dialog.findChild(QListWidget, "settings.safety.list").setCurrentRow(1)
    press(qtbot, dialog, "settings.safety.remove")
    with qtbot.waitSignal(dialog.saved):
        press(qtbot, dialog, "settings.save")
    held = session.settings().safety
    assert held.items == (before.items[0], *before.items[2:])
    assert held.version != before.version


def test_that_looking_through_the_questions_changes_nothing(qtbot, session, dialog):
    press(qtbot, dialog, "settings.safety.approve")
    listed = dialog.findChild(QListWidget, "settings.safety.list")
    for row in range(listed.count()):
        listed.setCurrentRow(row)
    assert dialog.findChild(QLabel, "settings.safety.state").text().startswith("Approved by")


def test_that_a_question_without_words_is_not_saved(qtbot, session, dialog):
    before = session.settings()
    press(qtbot, dialog, "settings.safety.add")
    with qtbot.assertNotEmitted(dialog.saved):
        press(qtbot, dialog, "settings.save")
    assert session.settings() == before


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


def own_rule(qtbot, dialog, name="ours"):
    """Start from the default rule and give it a name."""
    dialog.findChild(QListWidget, "settings.pages").setCurrentRow(4)
    dialog.findChild(ChoiceBox, "settings.criteria.start").choose("shipped:general-50")
    retype(qtbot, dialog, "settings.criteria.name", name)
    return dialog.findChild(QPlainTextEdit, "settings.criteria.text")


def test_that_the_clinics_own_criteria_are_stored_and_offered_at_once(qtbot, session, dialog):
    text = own_rule(qtbot, dialog)
    assert 'id = "my-general-50"' in text.toPlainText()
    retype(qtbot, dialog, "settings.criteria.reason", "our payer's text")
    with qtbot.waitSignal(dialog.saved):
        press(qtbot, dialog, "settings.criteria.store")
    assert session.library["my-general-50"].title == "Half the pain"
    offered = dialog.findChild(ChoiceBox, "settings.default_criteria")
    assert offered.findData("my-general-50") >= 0
    page = CriteriaPage(session.library, lambda rule: rule.title)
    qtbot.addWidget(page)
    listed = page.findChild(QListWidget, "criteria.list")
    assert any("my-general-50" in listed.item(row).text() for row in range(listed.count()))


def test_that_every_fault_of_a_rule_is_said_at_once_and_nothing_is_stored(qtbot, session, dialog):
    text = own_rule(qtbot, dialog)
    faulty = text.toPlainText().replace("first_day = 1", 'first_day = "x"')
    text.setPlainText(faulty.replace('primary = "pain"', 'primary = "other"'))
    retype(qtbot, dialog, "settings.criteria.reason", "a try")
    press(qtbot, dialog, "settings.criteria.store")
    said = " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    assert "first_day" in said
    assert "no leaf of the rule" in said
    assert "my-general-50" not in session.library


def test_that_criteria_without_a_reason_are_not_stored(qtbot, session, dialog):
    own_rule(qtbot, dialog)
    press(qtbot, dialog, "settings.criteria.store")
    said = " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    assert "say why" in said
    assert "my-general-50" not in session.library


def test_that_leading_zeros_hide_no_hour_out_of_range():
    """Seen: only the first six digits were judged, and all of them were stored."""
    form = SettingsForm.of(first_settings("Europe/Berlin"))
    form.texts["cut_off_hour"] = "00001299"
    assert "cut_off_hour" in form.problems()
