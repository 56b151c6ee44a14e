"""Data leaves through the dialog: chosen, written in the background, said and audited."""

import io
import stat

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QProgressBar, QPushButton

from scs_trial.errors import UserError
from scs_trial.exchange.case_file import read_case
from scs_trial.ui.export.export_dialog import ALL, ExportDialog
from scs_trial.ui.tasks import ImmediateRunner, Task, ThreadRunner
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from tests.exchange.cases import store_case
from tests.records import make_session
from tests.ui.desk.test_clinic_desk import desk_on
from tests.ui.scripted import ScriptedPrompts
from tests.ui.test_every_window import nameless

MRN = "104 882"


@pytest.fixture
def session(tmp_path):
    made = make_session(tmp_path)
    store_case(made, 7, mrn=MRN)
    store_case(made, 11, mrn="S 2")
    return made


@pytest.fixture
def patient(session):
    with session.reading() as work:
        return work.patients.by_mrn(MRN)


@pytest.fixture
def prompts():
    return ScriptedPrompts()


def opened(qtbot, session, patient, prompts, runner=None):
    dialog = ExportDialog(session, patient, tasks=runner or ImmediateRunner(), prompts=prompts)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def choose(dialog, name, key):
    dialog.findChild(ChoiceBox, f"export.{name}").choose(key)


def press(qtbot, dialog, name):
    qtbot.keyClick(dialog.findChild(QPushButton, f"export.{name}"), Qt.Key.Key_Space)


def said(dialog):
    return dialog.findChild(Banner, "export.banner").accessibleName()


def test_that_the_open_patient_goes_into_a_private_case_file(
    qtbot, session, patient, *, prompts, tmp_path
):
    dialog = opened(qtbot, session, patient, prompts)
    choose(dialog, "format", "case")
    prompts.add(tmp_path / "1.scstrial")
    with qtbot.waitSignal(dialog.exported):
        press(qtbot, dialog, "save")
    written = tmp_path / "1.scstrial"
    assert read_case(written.read_bytes()).case.patient.name == patient.name
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert said(dialog) == "Saved: 1.scstrial"
    with session.reading() as work:
        assert work.audit.of_patient(patient.id)[0].action == "export_data"


def test_that_all_patients_go_pseudonymised_into_a_workbook_in_a_thread(
    qtbot, session, patient, *, prompts, tmp_path
):
    runner = ThreadRunner()
    dialog = opened(qtbot, session, patient, prompts, runner)
    choose(dialog, "format", "xlsx")
    choose(dialog, "scope", ALL)
    for name in ("pseudonymise", "shift"):
        box = dialog.findChild(QCheckBox, f"export.{name}")
        assert box.isEnabled()
        qtbot.keyClick(box, Qt.Key.Key_Space)
    prompts.add(tmp_path / "x.xlsx")
    with qtbot.waitSignal(dialog.exported):
        press(qtbot, dialog, "save")
    runner.shut_down()
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "x.xlsx").read_bytes()))
    named = {row[0].value for row in book["data"].iter_rows(min_row=2)}
    assert named
    assert all(one.startswith("S-") for one in named)
    assert not dialog.findChild(QProgressBar).isVisible()


class WaitingRunner:
    """Keeps a task until the test lets it run in the same thread."""

    def run_task(self, fn, *, on_done, on_error, title=""):
        self.task = Task(title, None, on_done=on_done, on_error=on_error)
        self.fn, self.on_error = fn, on_error
        return self.task

    def go_on(self):
        try:
            self.fn(self.task.progress)
        except UserError as error:
            self.on_error(error)


def test_that_a_cancelled_export_writes_nothing(qtbot, session, patient, *, prompts, tmp_path):
    runner = WaitingRunner()
    dialog = opened(qtbot, session, patient, prompts, runner)
    prompts.add(tmp_path / "x.csv")
    press(qtbot, dialog, "save")
    assert not dialog.findChild(QPushButton, "export.save").isEnabled()
    runner.task.progressed.emit(1, 4, "")
    assert dialog.findChild(QProgressBar).value() == 1
    press(qtbot, dialog, "cancel")
    runner.go_on()
    assert "Cancelled" in said(dialog)
    assert not (tmp_path / "x.csv").exists()
    assert dialog.findChild(QPushButton, "export.save").isEnabled()
    with session.reading() as work:
        assert work.audit.of_patient(patient.id)[0].action != "export_data"


def test_that_case_files_of_all_go_into_a_chosen_folder(
    qtbot, session, patient, *, prompts, tmp_path
):
    dialog = opened(qtbot, session, None, prompts)
    choose(dialog, "format", "case")
    folder = tmp_path / "out"
    folder.mkdir()
    prompts.add(folder)
    press(qtbot, dialog, "save")
    assert len(list(folder.iterdir())) == 2
    assert said(dialog) == "Saved: 2 files"


def test_that_closing_the_file_box_writes_nothing(qtbot, session, patient, *, prompts):
    dialog = opened(qtbot, session, patient, prompts)
    prompts.add(None)
    press(qtbot, dialog, "save")
    assert said(dialog) == ""


def test_that_a_refusal_is_said(qtbot, session, patient, *, prompts, tmp_path):
    dialog = opened(qtbot, session, patient, prompts)
    prompts.add(tmp_path / "nowhere" / "x.csv")
    press(qtbot, dialog, "save")
    assert "There is no such folder." in said(dialog)


def test_that_everything_in_the_dialog_can_be_named(qtbot, session, patient, prompts):
    assert nameless(opened(qtbot, session, patient, prompts)) == []


def test_that_the_menu_opens_it_with_the_open_patient(qtbot, session, patient):
    window, desk = desk_on(qtbot, session)
    window.commands.action("file.export").trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog.request.mrns is None
    dialog.reject()
    desk.open_patient(patient.id)
    window.commands.action("file.export").trigger()
    assert window.findChildren(ExportDialog)[-1].request.mrns == (MRN,)
    for one in window.findChildren(ExportDialog):
        one.reject()
    desk.stop()


def test_that_fhir_hides_who_it_is_unless_the_tick_is_taken_away(
    qtbot, session, patient, prompts, tmp_path
):
    dialog = opened(qtbot, session, patient, prompts)
    choose(dialog, "format", "fhir")
    box = dialog.findChild(QCheckBox, "export.pseudonymise")
    assert box.isChecked()
    assert dialog.request.pseudonymise
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not dialog.request.pseudonymise
