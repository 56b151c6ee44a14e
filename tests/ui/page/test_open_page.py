"""The page opens from the commands of the open patient."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.services.review_trial import open_workspace
from scs_trial.ui.desk.patient_acts import PatientActs
from scs_trial.ui.page.page_preview import PagePreview
from scs_trial.ui.tasks import ThreadRunner
from tests.records import make_session
from tests.reports import samples
from tests.ui.scripted import ScriptedPrompts


@pytest.fixture
def acts(qtbot, tmp_path):
    session = make_session(tmp_path)
    with session.writing() as work:
        patient = work.patients.save(Patient(id=uuid4(), name="Okafor, Grace", mrn="104 882"))
        work.trials.save(Trial(id=uuid4(), patient_id=patient.id, trial_start=samples.PLACED))
        work.commit()
    window = QWidget()
    qtbot.addWidget(window)
    runner = ThreadRunner(window)
    made = PatientActs(window, session, prompts=ScriptedPrompts(), runner=runner)
    made.take(open_workspace(session, patient.id))
    yield made, window
    runner.shut_down()


def test_that_export_asks_for_the_file_once_the_page_is_shown(qtbot, acts):
    made, window = acts
    made.run("reports.export")
    preview = window.findChild(PagePreview, "page")
    qtbot.waitUntil(lambda: preview.findChild(QFileDialog) is not None)
    ask = preview.findChild(QFileDialog)
    assert "Okafor" not in ask.selectedFiles()[0]
    ask.reject()
    with qtbot.waitSignal(preview.finished):
        qtbot.keyClick(preview, Qt.Key.Key_Escape)


def test_that_a_command_opens_the_page_of_the_open_patient(qtbot, acts):
    made, window = acts
    made.run("reports.page")
    preview = window.findChild(PagePreview, "page")
    qtbot.waitUntil(lambda: preview.findChild(QPushButton, "page.export").isEnabled())
    with qtbot.waitSignal(preview.finished):
        qtbot.keyClick(preview, Qt.Key.Key_Escape)
