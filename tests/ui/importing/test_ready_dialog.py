"""Case files, REDCap data and diary CSV come in through the menu: all of it, or nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from scs_trial.exchange.export_files import export_files
from scs_trial.exchange.export_model import ExportForm
from scs_trial.services.export_records import ExportRequest, export_records
from scs_trial.ui.desk.import_acts import ImportActs
from scs_trial.ui.importing.ready_dialog import ReadyDialog
from scs_trial.ui.tasks import ImmediateRunner
from scs_trial.ui.widgets.banner import Banner
from tests.exchange.cases import store_case
from tests.records import make_session
from tests.ui.scripted import ScriptedPrompts
from tests.ui.test_every_window import nameless

MRN = "104 882"


@pytest.fixture
def session(tmp_path):
    (tmp_path / "here").mkdir()
    return make_session(tmp_path / "here")


@pytest.fixture
def files(tmp_path):
    """Return a file of each format, from another record."""
    (tmp_path / "there").mkdir()
    source = make_session(tmp_path / "there")
    store_case(source, 7, mrn=MRN)
    made = {}
    for form in (ExportForm.CASE, ExportForm.REDCAP, ExportForm.DIARY):
        written = export_files(export_records(source, ExportRequest(form=form)), form)[-1]
        made[form] = tmp_path / written.name
        made[form].write_bytes(written.data)
    source.records.close()
    return made


def opened(qtbot, window_of, session, path):
    window = window_of()
    qtbot.addWidget(window)
    acts = ImportActs(window, session, prompts=ScriptedPrompts(path), runner=ImmediateRunner())
    acts.choose_file()
    return window.findChild(ReadyDialog), acts


@pytest.fixture
def window_of():
    from PySide6.QtWidgets import QMainWindow

    return QMainWindow


def press(qtbot, dialog, name):
    qtbot.keyClick(dialog.findChild(QPushButton, f"ready.{name}"), Qt.Key.Key_Space)


def said(dialog):
    return dialog.findChild(Banner, "ready.banner").accessibleName()


def mrns(session):
    with session.reading() as work:
        return sorted(patient.mrn for patient in work.patients.recent(limit=100))


@pytest.mark.parametrize("form", [ExportForm.CASE, ExportForm.REDCAP, ExportForm.DIARY])
def test_that_each_of_our_formats_comes_in(qtbot, window_of, session, files, *, form):
    dialog, acts = opened(qtbot, window_of, session, files[form])
    with qtbot.waitSignal(acts.changed):
        press(qtbot, dialog, "import")
    assert "Imported: " in said(dialog)
    assert mrns(session) == [MRN]
    assert nameless(dialog) == []
    press(qtbot, dialog, "close")


def test_that_a_known_patient_comes_in_only_as_a_copy(qtbot, window_of, session, files):
    for _ in range(2):
        dialog, _acts = opened(qtbot, window_of, session, files[ExportForm.CASE])
        press(qtbot, dialog, "import")
    assert "Imported" not in said(dialog)
    copy_as = dialog.findChild(QLineEdit, "ready.copy_as")
    assert copy_as.isVisible()
    qtbot.keyClicks(copy_as, "C 1")
    press(qtbot, dialog, "import")
    assert mrns(session) == [MRN, "C 1"]
    press(qtbot, dialog, "close")


def test_that_a_faulty_diary_is_shown_and_not_imported(qtbot, window_of, session, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("patient,trial_start,date,pain_average\nP1,2026-03-02,2026-03-03,99\n")
    dialog, _acts = opened(qtbot, window_of, session, path)
    faults = dialog.findChild(QPlainTextEdit, "ready.faults").toPlainText()
    assert faults.startswith("row 2, column pain_average: ")
    assert not dialog.findChild(QPushButton, "ready.import").isEnabled()
    assert mrns(session) == []
    press(qtbot, dialog, "close")


def test_that_a_file_that_cant_be_read_is_said(qtbot, window_of, session, tmp_path):
    window = window_of()
    qtbot.addWidget(window)
    prompts = ScriptedPrompts(tmp_path / "none.csv")
    ImportActs(window, session, prompts=prompts, runner=ImmediateRunner()).choose_file()
    assert prompts.asked[-1][1].startswith("The file can't be read")
