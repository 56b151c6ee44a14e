"""Signing in the window, on a real record. Source: the safekeeping design, signatures."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from scs_trial.domain.signature import Meaning
from scs_trial.ui.desk.sign_acts import SignActs
from scs_trial.ui.page.sheet_preview import SheetPreview
from scs_trial.ui.signing.sign_dialog import CHECK_INS, SignDialog
from scs_trial.ui.signing.words import state_words
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import PASSWORD
from tests.services.clinic import Clinic
from tests.services.test_sign_decision import check, correction, trial
from tests.ui.scripted import ScriptedPrompts

__all__ = ["trial"]


@pytest.fixture
def clinic(tmp_path):
    return Clinic(tmp_path)


@pytest.fixture
def open_dialog(qtbot, clinic, trial):
    host = QWidget()
    qtbot.addWidget(host)
    prompts = ScriptedPrompts()

    def opened():
        dialog = SignDialog(
            clinic.session,
            clinic.review(trial),
            check=check,
            runner=ImmediateRunner(),
            prompts=prompts,
            parent=host,
        )
        dialog.open()
        return dialog

    opened.prompts = prompts
    return opened


def type_password(qtbot, dialog, password):
    meaning = dialog.findChild(QComboBox, "sign.meaning")
    if not meaning.key():
        meaning.choose(Meaning.APPROVED.value)
    field = dialog.findChild(QLineEdit, "sign.password")
    qtbot.keyClicks(field, password)
    return field


def press(qtbot, dialog, name="sign"):
    qtbot.mouseClick(dialog.findChild(QPushButton, f"sign.{name}"), Qt.MouseButton.LeftButton)


def test_that_a_clinician_signs_with_meaning_and_password(qtbot, clinic, trial, open_dialog):
    dialog = open_dialog()
    press(qtbot, dialog)
    assert clinic.review(trial).signature is None  # nothing is chosen for the clinician
    type_password(qtbot, dialog, PASSWORD)
    with qtbot.waitSignal(dialog.signed):
        press(qtbot, dialog)
    review = clinic.review(trial)
    assert review.signature is not None
    assert review.signature.meaning is Meaning.APPROVED
    assert state_words(review) == "Signed by Anna 23 Nov 2026 10:11, version 1"


def test_that_a_wrong_password_signs_nothing_and_leaves_the_field_empty(
    qtbot, clinic, trial, open_dialog
):
    dialog = open_dialog()
    field = type_password(qtbot, dialog, "not the password")
    press(qtbot, dialog)
    assert field.text() == ""
    assert clinic.review(trial).signature is None
    banner = dialog.findChild(QWidget, "sign.banner")
    assert any("not right" in label.text() for label in banner.findChildren(QLabel))
    dialog.reject()


def test_that_no_password_asks_for_one(qtbot, clinic, trial, open_dialog):
    dialog = open_dialog()
    press(qtbot, dialog)
    assert clinic.review(trial).signatures == ()
    dialog.reject()


def test_that_check_ins_are_signed_as_reviewed(qtbot, clinic, trial, open_dialog):
    dialog = open_dialog()
    dialog.findChild(QComboBox, "sign.what").choose(CHECK_INS)
    type_password(qtbot, dialog, PASSWORD)
    press(qtbot, dialog)
    review = clinic.review(trial)
    assert review.signature is None
    assert len(review.signatures) == len(review.check_ins) == 10


def test_that_a_signed_trial_is_amended_with_a_reason_and_signed_again(
    qtbot, clinic, trial, open_dialog
):
    first = open_dialog()
    type_password(qtbot, first, PASSWORD)
    press(qtbot, first)
    dialog = open_dialog()
    open_dialog.prompts.add("day 2 was misheard")
    press(qtbot, dialog, "amend")
    review = clinic.review(trial)
    assert review.amendment is not None
    assert "being amended: day 2 was misheard" in state_words(review)
    correction(clinic, trial)
    dialog.reject()
    dialog = open_dialog()
    assert "changed since" in dialog.findChild(QLabel, "sign.state").text()
    assert dialog.findChild(QComboBox, "sign.meaning").key() == Meaning.AMENDED.value
    type_password(qtbot, dialog, PASSWORD)
    press(qtbot, dialog)
    review = clinic.review(trial)
    assert review.signature.version == 2
    assert not review.changed_since


def test_that_the_page_as_signed_is_shown_as_a_copy(qtbot, clinic, trial, open_dialog):
    dialog = open_dialog()
    type_password(qtbot, dialog, PASSWORD)
    press(qtbot, dialog)
    window = QWidget()
    qtbot.addWidget(window)
    acts = SignActs(
        window, clinic.session, prompts=ScriptedPrompts(), runner=ImmediateRunner(), check=check
    )
    acts.show_latest(clinic.review(trial))
    preview = window.findChild(SheetPreview)
    sheets = preview.findChild(QWidget, "page.sheets")
    assert sheets.accessibleDescription().startswith("COPY of the page as signed, version 1")
    preview.reject()
