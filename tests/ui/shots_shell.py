"""The frame of the window with stand-ins for the panes, and the page of all widgets."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.domain.verdict import Tone
from scs_trial.ui.actions import Command
from scs_trial.ui.key_list import KeyList
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.prompts import QuestionBox
from scs_trial.ui.shell.three_panes import ThreePanes
from scs_trial.ui.shell.work_area import COHORT, CRITERIA, PATIENTS, SETTINGS, TODAY, WorkArea
from scs_trial.ui.widgets import Card, EmptyState, PlainLabel
from tests.ui.gallery import make_gallery


def _pane(title: str) -> QWidget:
    pane = QWidget()
    layout = QVBoxLayout(pane)
    card = Card(title)
    card.body.addWidget(PlainLabel("A pane is handed over by its own screen.", wrap=True))
    layout.addWidget(card)
    layout.addStretch(1)
    return pane


def make_window(*, demo: bool = False) -> MainWindow:
    window = MainWindow()
    for command in (
        Command(id="app.find", text="&Find…", menu="&Edit", shortcut="Ctrl+K", icon="search"),
        Command(id="patient.new", text="&New trial…", menu="&Patient", shortcut="Ctrl+N"),
        Command(id="page.print", text="&Print…", menu="&Reports", shortcut="Ctrl+P"),
    ):
        window.commands.add(command)
    window.fill_menus()
    panes = ThreePanes(_pane("Patients"), _pane("Workspace"), _pane("Check-in"))
    pages = {"today": panes}
    for place in (PATIENTS, COHORT, CRITERIA):
        pages[place.id] = EmptyState(place.title, "Nothing here yet.", icon=place.icon)
    window.show_work(WorkArea([TODAY, PATIENTS, COHORT, CRITERIA, SETTINGS], pages))
    window.set_user("RN Alvarez · nurse")
    window.status.set_saved("Saved 09:41")
    window.status.set_record("Encrypted file · clinic.scs")
    window.status.set_backup("Backup 3 days old", Tone.WARNING)
    window.status.set_count("8 patients in trial")
    window.set_demo(demo)
    return window


def make_demo_window() -> MainWindow:
    return make_window(demo=True)


def make_key_list() -> KeyList:
    return KeyList(make_window().commands.keys())


def make_question() -> QuestionBox:
    return QuestionBox(
        "Mark this check-in as entered in error?",
        "It leaves every list and evaluation and stays in the audit.",
        None,
        buttons=[("yes", "Entered in error"), ("no", "Cancel")],
        label="Reason",
    )


SHOTS = {
    "shell_window": make_window,
    "shell_demo": make_demo_window,
    "widgets_gallery": make_gallery,
    "shell_keys": make_key_list,
    "shell_question": make_question,
}
