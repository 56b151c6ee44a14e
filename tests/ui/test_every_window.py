"""Every window of the program: each widget that takes the focus has a name for people and tests."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QCalendarWidget, QComboBox, QLabel, QWidget

from scs_trial.assemble import first_settings
from scs_trial.services.review_trial import open_workspace
from scs_trial.ui.accounts.accounts_dialog import AccountsDialog
from scs_trial.ui.accounts.recovery_dialog import RecoveryDialog
from scs_trial.ui.backup.ending_page import EndingPage
from scs_trial.ui.criteria.criteria_page import CriteriaPage
from scs_trial.ui.desk.patients_page import PatientsPage
from scs_trial.ui.door.first_start_page import FirstStartPage
from scs_trial.ui.door.log_in_page import LogInPage
from scs_trial.ui.door.repair_page import RepairPage
from scs_trial.ui.end_of_trial.dialog import EndOfTrialDialog
from scs_trial.ui.help.about import about_page
from scs_trial.ui.help.text_page import help_page
from scs_trial.ui.ledgers.medication import medication_dialog
from scs_trial.ui.ledgers.program import program_dialog
from scs_trial.ui.new_trial.form import NewTrialForm
from scs_trial.ui.new_trial.new_trial_dialog import NewTrialDialog
from scs_trial.ui.settings.settings_dialog import SettingsDialog
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import make_session
from tests.ui.desk.test_clinic_desk import desk_on, start_trial


def nameless(window: QWidget) -> list[str]:
    """Return the focusable widgets without an object name or an accessible name."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or _inside_qt(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        spoken = interface.text(QAccessible.Text.Name) if interface else ""
        if not spoken or not widget.objectName() or widget.objectName().startswith("qt_"):
            found.append(f"{type(widget).__name__} {widget.objectName()!r} {spoken!r}")
    return found


def _inside_qt(widget: QWidget) -> bool:
    """Whether Qt made the widget: a viewport, a field within a combo box, a header."""
    parent = widget.parentWidget()
    if isinstance(widget, QLabel) or type(widget) is QWidget:
        return True
    if parent is not None and isinstance(parent.parentWidget(), QComboBox):
        return True
    inner = (
        "QHeaderView",
        "QTableCornerButton",
        "QComboBoxPrivateContainer",
        "QLineEditIconButton",
    )
    if type(widget).__name__ in inner or isinstance(parent, QCalendarWidget):
        return True
    return isinstance(parent, QAbstractScrollArea) and widget is parent.viewport()


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path, settings=first_settings("Europe/Berlin"))


@pytest.fixture
def review(session):
    trial = start_trial(session, "Okafor, Grace", "104882")
    return open_workspace(session, trial.patient_id, trial_id=trial.id).review


def _kept(dialog):
    """Leave the dialog to the test, which closes it."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return dialog


def ending_page():
    page = EndingPage()
    page.show_problem("The disk is full.", copies=True)
    return page


def repair_page():
    page = RepairPage()
    page.show_damage("The record is damaged.")
    return page


WINDOWS = {
    "first start": lambda *_: FirstStartPage(Path("clinic.scs")),
    "ending": lambda *_: ending_page(),
    "repair": lambda *_: repair_page(),
    "log-in": lambda *_: LogInPage(parent=None),
    "new trial": lambda s, r: NewTrialDialog(s, NewTrialForm()),
    "settings": lambda s, r: SettingsDialog(s),
    "accounts": lambda s, r: AccountsDialog(s, prompts=None, runner=ImmediateRunner()),
    "recovery key": lambda s, r: _kept(RecoveryDialog(s, runner=ImmediateRunner())),
    "program": lambda s, r: program_dialog(s, uuid4()),
    "medication": lambda s, r: medication_dialog(s, uuid4()),
    "criteria": lambda s, r: CriteriaPage(s.library, lambda c: c.title),
    "patients": lambda s, r: PatientsPage(lambda text: []),
    "end of trial": EndOfTrialDialog,
    "help": lambda s, r: help_page("today"),
    "about": lambda s, r: about_page(record_kind="file", record_path="clinic.scs"),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_that_everything_that_takes_the_focus_can_be_named(qtbot, session, review, name):
    window = WINDOWS[name](session, review)
    qtbot.addWidget(window)
    window.show()
    assert sorted(nameless(window)) == []


def test_that_everything_in_the_work_area_can_be_named(qtbot, session, review):
    window, desk = desk_on(qtbot, session)
    desk.open_patient(review.patient.id)
    desk.check_in.take_focus()
    assert sorted(nameless(window)) == []
    desk.stop()
