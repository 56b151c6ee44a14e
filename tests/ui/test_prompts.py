from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from scs_trial.ui.prompts import DialogPrompts, QuestionBox
from scs_trial.ui.widgets import PlainLabel


@pytest.fixture
def window(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    return page


def _press(qtbot, window, name):
    button = window.findChild(QPushButton, f"question.{name}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("button", "answer"), [("yes", True), ("no", False)])
def test_that_an_answer_comes_once(qtbot, window, button, answer):
    got = []
    DialogPrompts(window).ask("Remove?", "It is gone then.", yes="Remove", on_answer=got.append)
    assert got == []
    _press(qtbot, window, button)
    assert got == [answer]


def test_that_escape_is_a_no(qtbot, window):
    got = []
    prompts = DialogPrompts(window)
    prompts.ask("Remove?", "", yes="Remove", on_answer=got.append)
    qtbot.keyClick(window.findChild(QuestionBox), Qt.Key.Key_Escape)
    prompts.choose("Which?", "", choices=[("a", "A"), ("b", "B")], on_answer=got.append)
    qtbot.keyClick(window.findChildren(QuestionBox)[-1], Qt.Key.Key_Escape)
    assert got == [False, None]


def test_that_a_choice_gives_its_key(qtbot, window):
    got = []
    DialogPrompts(window).choose(
        "Which?", "", choices=[("mine", "Mine"), ("theirs", "Theirs")], on_answer=got.append
    )
    _press(qtbot, window, "theirs")
    assert got == ["theirs"]


def test_that_a_reason_is_typed(qtbot, window):
    got = []
    DialogPrompts(window).ask_text(
        "Correct", "Old values stay visible.", label="Reason", yes="Save", on_answer=got.append
    )
    qtbot.keyClicks(window.findChild(QLineEdit, "question.text"), " typing error ")
    _press(qtbot, window, "yes")
    assert got == ["typing error"]


def test_that_a_question_shows_text_as_text(qtbot, window):
    DialogPrompts(window).tell("Patient <b>x</b>", "<img src=x>")
    box = window.findChild(QuestionBox)
    texts = [label.text() for label in box.findChildren(PlainLabel)]
    assert "Patient <b>x</b>" in texts
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in box.findChildren(PlainLabel)
    )
    _press(qtbot, window, "ok")


def test_that_a_file_to_write_gets_its_name_and_suffix(qtbot, window, tmp_path):
    got = []
    DialogPrompts(window).save_file(
        "Export", name="page.pdf", filters=["PDF (*.pdf)"], on_chosen=got.append
    )
    dialog = window.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(tmp_path / "other"))
    dialog.accept()
    assert got == [Path(tmp_path / "other.pdf")]


def test_that_no_file_is_chosen_by_closing(qtbot, window):
    got = []
    DialogPrompts(window).open_file("Import", filters=["CSV (*.csv)"], on_chosen=got.append)
    window.findChild(QFileDialog).reject()
    assert got == [None]
