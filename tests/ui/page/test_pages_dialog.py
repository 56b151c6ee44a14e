"""Pages of several trials leave through the dialog: selected, written, stopped, said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QTableView

from scs_trial.ui.page.pages_dialog import PagesDialog
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from tests.reports.test_many_pages import NAMES, folder, session
from tests.ui.desk.test_clinic_desk import desk_on
from tests.ui.scripted import ScriptedPrompts
from tests.ui.test_every_window import nameless

__all__ = ["folder", "session"]


@pytest.fixture
def prompts():
    return ScriptedPrompts()


@pytest.fixture
def dialog(qtbot, session, prompts):
    return opened(qtbot, session, prompts)


def opened(qtbot, session, prompts, runner=None):
    made = PagesDialog(session, tasks=runner or ImmediateRunner(), prompts=prompts)
    qtbot.addWidget(made)
    made.open()
    return made


def press(qtbot, dialog, name):
    qtbot.keyClick(dialog.findChild(QPushButton, f"pages.{name}"), Qt.Key.Key_Space)


def said(dialog):
    return dialog.findChild(Banner, "pages.banner").accessibleName()


def test_that_every_trial_is_selected_at_first(dialog):
    assert [one.patient.name for one in dialog.selected] == list(reversed(NAMES))
    assert dialog.findChild(QLabel, "pages.chosen").text() == "3 of 3 selected"
    assert nameless(dialog) == []


def test_that_a_state_shows_its_trials_alone(dialog):
    dialog.findChild(ChoiceBox, "pages.state").choose("undecided")
    assert [one.patient.name for one in dialog.selected] == ["Cruz, Ana"]
    dialog.findChild(ChoiceBox, "pages.state").choose("signed")
    assert dialog.selected == ()
    assert not dialog.findChild(QPushButton, "pages.export").isEnabled()


def test_that_the_selected_ones_are_written(qtbot, dialog, prompts, folder):
    dialog.findChild(QTableView, "pages.table").selectRow(0)
    dialog.findChild(ChoiceBox, "pages.form").choose("text")
    prompts.add(folder)
    with qtbot.waitSignal(dialog.exported):
        press(qtbot, dialog, "export")
    (path,) = folder.iterdir()
    assert "Cruz, Ana" in path.read_text(encoding="utf-8")
    assert said(dialog) == "1 of 1 pages written."


def test_that_private_pages_hold_no_name(qtbot, dialog, prompts, folder):
    dialog.findChild(ChoiceBox, "pages.form").choose("text")
    dialog.findChild(QCheckBox, "pages.private").setChecked(True)
    prompts.add(folder)
    press(qtbot, dialog, "export")
    words = " ".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert not any(word in words for name in NAMES for word in name.split(", "))
    assert not dialog.findChild(QCheckBox, "pages.with_data").isEnabled()


def test_that_files_are_replaced_only_after_asking(qtbot, dialog, prompts, folder):
    dialog.findChild(ChoiceBox, "pages.form").choose("text")
    prompts.add(folder)
    press(qtbot, dialog, "export")
    kept = {path: path.write_text("mine") for path in folder.iterdir()}
    prompts.add(folder, False)
    press(qtbot, dialog, "export")
    assert all(path.read_text() == "mine" for path in kept)
    assert "already a file" in said(dialog)
    prompts.add(folder, True)
    press(qtbot, dialog, "export")
    assert not any(path.read_text() == "mine" for path in kept)
    assert said(dialog) == "3 of 3 pages written."


def test_that_closing_the_folder_box_writes_nothing(qtbot, dialog, prompts, folder):
    prompts.add(None)
    press(qtbot, dialog, "export")
    assert list(folder.iterdir()) == []


def test_that_a_missing_folder_is_said(qtbot, dialog, prompts, tmp_path):
    prompts.add(tmp_path / "nowhere")
    press(qtbot, dialog, "export")
    assert "no such folder" in said(dialog)
    assert dialog.findChild(QPushButton, "pages.export").isEnabled()


def test_that_cancel_stops_before_the_next_page(qtbot, session, prompts, folder):
    runner = ThreadRunner()
    dialog = opened(qtbot, session, prompts, runner)
    prompts.add(folder)
    press(qtbot, dialog, "export")
    cancel = dialog.findChild(QPushButton, "pages.cancel")
    assert cancel.isVisible()
    press(qtbot, dialog, "cancel")
    qtbot.waitUntil(lambda: not cancel.isVisible())
    runner.shut_down()
    assert len(list(folder.iterdir())) <= 3
    assert "pages written." in said(dialog)


def test_that_the_menu_opens_it_without_a_patient(qtbot, session):
    window, desk = desk_on(qtbot, session)
    window.commands.action("reports.pages").trigger()
    window.findChild(PagesDialog).reject()
    desk.stop()
