"""The new-trial form typed through, against a real encrypted record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from scs_trial.services.keep_draft import drafts
from scs_trial.services.register_patient import find_patients
from scs_trial.services.review_trial import open_workspace
from scs_trial.ui.new_trial.form import NewTrialForm, form_of
from scs_trial.ui.new_trial.new_trial_dialog import DRAFT_KEY, NewTrialDialog
from tests.records import make_session


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path)


@pytest.fixture
def dialog(qtbot, session):
    made = NewTrialDialog(session, NewTrialForm())
    qtbot.addWidget(made)
    made.open()
    return made


def type_into(qtbot, dialog, name, text):
    field = dialog.findChild(QLineEdit, f"new_trial.{name}") or dialog.findChild(
        QPlainTextEdit, f"new_trial.{name}"
    )
    assert field is not None, name
    qtbot.keyClicks(field, text)


def save(qtbot, dialog):
    qtbot.keyClick(dialog.findChild(QPushButton, "new_trial.save"), Qt.Key.Key_Space)


def test_that_a_typed_trial_is_on_record(qtbot, session, dialog):
    type_into(qtbot, dialog, "patient.name", "Okafor, Grace")
    type_into(qtbot, dialog, "patient.mrn", "104882")
    type_into(qtbot, dialog, "trial_start", "2026-03-04")
    type_into(qtbot, dialog, "target_region", "low back")
    type_into(qtbot, dialog, "other_regions", "left leg")
    with qtbot.waitSignal(dialog.saved) as saved:
        save(qtbot, dialog)
    patient_id, trial_id = saved.args
    review = open_workspace(session, patient_id, trial_id=trial_id).review
    assert review is not None
    assert review.patient.name == "Okafor, Grace"
    assert review.trial.target_region == "low back"
    assert review.trial.other_regions == ("left leg",)
    assert review.trial.criteria_id == "general-50"


def test_that_a_missing_name_is_said_beside_its_field_and_nothing_is_stored(qtbot, session, dialog):
    type_into(qtbot, dialog, "patient.mrn", "104882")
    dialog.findChild(QListWidget, "new_trial.steps").setCurrentRow(3)
    with qtbot.assertNotEmitted(dialog.saved):
        save(qtbot, dialog)
    problem = dialog.findChild(QLabel, "new_trial.patient.name.problem")
    assert problem.isVisible()
    assert problem.text() == "Enter the patient's name."
    assert list(find_patients(session, "104882")) == []


def test_that_an_mrn_of_somebody_else_is_refused_and_the_typing_stays(qtbot, session, dialog):
    first = NewTrialForm(texts={"patient.name": "Marsh, Eleanor", "patient.mrn": "104882"})
    other = NewTrialDialog(session, first)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.saved):
        save(qtbot, other)
    type_into(qtbot, dialog, "patient.name", "Okafor, Grace")
    type_into(qtbot, dialog, "patient.mrn", "104882")
    with qtbot.assertNotEmitted(dialog.saved):
        save(qtbot, dialog)
    assert dialog.findChild(QLineEdit, "new_trial.patient.name").text() == "Okafor, Grace"
    hits = find_patients(session, "104882")
    assert [hit.patient.name for hit in hits] == ["Marsh, Eleanor"]


def test_that_a_half_typed_form_is_kept_and_offered_again(qtbot, session, dialog):
    type_into(qtbot, dialog, "patient.name", "Okafor, Gr")
    qtbot.waitUntil(lambda: any(d.key == DRAFT_KEY for d in drafts(session)), timeout=2000)
    again = NewTrialDialog(session, NewTrialForm())
    qtbot.addWidget(again)
    assert again.offer_draft()
    assert again.findChild(QLineEdit, "new_trial.patient.name").text() == "Okafor, Gr"


def test_that_a_saved_form_leaves_no_draft(qtbot, session, dialog):
    type_into(qtbot, dialog, "patient.name", "Okafor, Grace")
    type_into(qtbot, dialog, "patient.mrn", "104882")
    qtbot.waitUntil(lambda: bool(drafts(session)), timeout=2000)
    with qtbot.waitSignal(dialog.saved):
        save(qtbot, dialog)
    assert list(drafts(session)) == []


def test_that_a_half_done_set_up_is_continued(qtbot, session, dialog):
    type_into(qtbot, dialog, "patient.name", "Okafor, Grace")
    type_into(qtbot, dialog, "patient.mrn", "104882")
    with qtbot.waitSignal(dialog.saved) as saved:
        save(qtbot, dialog)
    review = open_workspace(session, saved.args[0]).review
    assert review is not None
    assert review.trial.trial_start is None
    again = NewTrialDialog(session, form_of(review.patient, review.trial))
    qtbot.addWidget(again)
    type_into(qtbot, again, "trial_start", "2026-03-04")
    with qtbot.waitSignal(again.saved):
        save(qtbot, again)
    review = open_workspace(session, saved.args[0]).review
    assert review is not None
    assert str(review.trial.trial_start) == "2026-03-04"


def test_that_typing_begins_in_the_name_and_next_goes_to_the_first_field_of_a_page(qtbot, dialog):
    assert dialog.focusWidget().objectName() == "new_trial.patient.name"
    qtbot.keyClick(dialog.findChild(QPushButton, "new_trial.next"), Qt.Key.Key_Space)
    assert dialog.focusWidget().objectName() == "new_trial.indication"


def test_that_enter_in_a_field_saves_nothing(qtbot, session, dialog):
    type_into(qtbot, dialog, "patient.name", "Okafor, Grace")
    type_into(qtbot, dialog, "patient.mrn", "104882")
    with qtbot.assertNotEmitted(dialog.saved):
        qtbot.keyClick(
            dialog.findChild(QLineEdit, "new_trial.patient.best_time"), Qt.Key.Key_Return
        )
    assert list(find_patients(session, "104882")) == []
