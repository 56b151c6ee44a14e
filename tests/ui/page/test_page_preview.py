"""The preview shows, saves and prints the same page, on a real encrypted record."""

import stat
import subprocess
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton

from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import UserError
from scs_trial.reports.profile import render_profile
from scs_trial.reports.profile_content import profile_content
from scs_trial.services.review_trial import open_workspace
from scs_trial.ui.page.page_preview import PagePreview
from scs_trial.ui.page.print_sheets import make_printer, paint_sheets
from scs_trial.ui.page.sheets_view import SheetsView, SheetView
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from tests.records import NOW, make_session
from tests.reports import pdf, samples
from tests.ui.scripted import ScriptedPrompts


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path)


@pytest.fixture
def review(session):
    with session.writing() as work:
        patient = work.patients.save(Patient(id=uuid4(), name="Okafor, Grace", mrn="104 882"))
        trial = Trial(id=uuid4(), patient_id=patient.id, trial_start=samples.PLACED)
        work.trials.save(trial)
        work.commit()
    return open_workspace(session, patient.id).review


@pytest.fixture
def prompts():
    return ScriptedPrompts()


class PrinterToFile:
    """Stands in for the print dialog: prints into a file."""

    def __init__(self, path):
        self.path = path
        self.name = ""

    def __call__(self, parent, printer, on_chosen):
        self.name = printer.docName()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.path))
        on_chosen()


@pytest.fixture
def printer(tmp_path):
    return PrinterToFile(tmp_path / "printed.pdf")


@pytest.fixture
def preview(qtbot, session, review, prompts, printer):
    made = PagePreview(
        session, review, tasks=ImmediateRunner(), prompts=prompts, choose_printer=printer
    )
    qtbot.addWidget(made)
    made.open()
    return made


def press(qtbot, preview, name):
    qtbot.keyClick(preview.findChild(QPushButton, f"page.{name}"), Qt.Key.Key_Space)


def banner(preview):
    return preview.findChild(Banner, "page.banner").accessibleName()


def actions(session, review):
    with session.reading() as work:
        return [entry.action for entry in work.audit.of_patient(review.patient.id)]


def test_that_the_sheets_are_shown_and_named(preview):
    sheets = preview.findChild(SheetsView, "page.sheets")
    assert sheets.sheet_count() == 1
    assert "Out of reach" in sheets.accessibleDescription()
    assert preview.windowTitle() == "SCS Trial Profile"


def test_that_what_is_exported_is_what_is_shown(
    qtbot, preview, prompts, *, session, review, tmp_path
):
    prompts.add(tmp_path / "page.pdf")
    with qtbot.waitSignal(preview.exported):
        press(qtbot, preview, "export")
    written = tmp_path / "page.pdf"
    content = profile_content(review, printed_at=NOW, printed_by=session.account.display_name)
    assert written.read_bytes() == render_profile(content)
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert banner(preview) == "Saved as page.pdf"
    assert actions(session, review)[0] == "export_page"


def test_that_the_chosen_paper_is_exported(qtbot, preview, prompts, tmp_path):
    preview.findChild(ChoiceBox, "page.paper").choose("letter")
    prompts.add(tmp_path / "page.pdf")
    press(qtbot, preview, "export")
    told = subprocess.run(
        ["pdfinfo", tmp_path / "page.pdf"], capture_output=True, check=True, text=True
    )
    assert "612 x 792" in told.stdout


def test_that_closing_the_file_box_exports_nothing(
    qtbot, preview, prompts, *, session, review, tmp_path
):
    prompts.add(None)
    before = actions(session, review)
    press(qtbot, preview, "export")
    assert actions(session, review) == before
    assert preview.findChild(QPushButton, "page.export").isEnabled()


def test_that_a_refused_export_is_said_in_the_dialog(qtbot, preview, prompts):
    prompts.add("/nowhere/page.pdf")
    with qtbot.assertNotEmitted(preview.exported):
        press(qtbot, preview, "export")
    assert "no such folder" in banner(preview)
    assert preview.findChild(QPushButton, "page.export").isEnabled()


def test_that_printing_fills_whole_sheets_and_is_noted(qtbot, preview, printer, session, review):
    with qtbot.waitSignal(preview.printed):
        press(qtbot, preview, "print")
    told = subprocess.run(
        ["pdfinfo", printer.path], capture_output=True, check=True, text=True
    ).stdout
    assert "Pages:           1" in told
    assert "A4" in told
    assert printer.name == "SCS Trial Profile"
    assert actions(session, review)[0] == "print_page"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_that_a_dead_printer_is_said(tmp_path):
    dead = make_printer("a4")
    dead.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dead.setOutputFileName(str(tmp_path / "missing" / "page.pdf"))
    with pytest.raises(UserError, match="printer does not answer"):
        paint_sheets(dead, [b""])


@pytest.fixture
def threads(qtbot):
    runner = ThreadRunner()
    yield runner
    runner.shut_down()


def test_that_the_page_is_set_in_the_background(qtbot, session, review, prompts, threads):
    made = PagePreview(session, review, tasks=threads, prompts=prompts)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.ready):
        made.open()
        assert not made.findChild(QPushButton, "page.export").isEnabled()
    assert made.findChild(QPushButton, "page.export").isEnabled()


def test_that_closing_while_it_is_set_harms_nothing(qtbot, session, review, prompts, threads):
    made = PagePreview(session, review, tasks=threads, prompts=prompts)
    made.open()
    with qtbot.waitSignal(made.destroyed):
        press(qtbot, made, "close")


def test_that_the_offered_file_name_tells_nothing_about_the_patient(
    qtbot, session, review, printer
):
    made = PagePreview(session, review, tasks=ImmediateRunner(), choose_printer=printer)
    qtbot.addWidget(made)
    made.open()
    press(qtbot, made, "export")
    box = made.findChild(QFileDialog, "file_choice")
    (offered,) = box.selectedFiles()
    assert "scs-trial-profile-" in offered
    assert "Okafor" not in offered
    box.reject()


def test_that_the_sheets_of_a_long_page_stand_under_one_another(qtbot, tmp_path):
    preview = PagePreview(make_session(tmp_path), samples.long_names(), tasks=ImmediateRunner())
    qtbot.addWidget(preview)
    preview.open()
    qtbot.waitExposed(preview)
    sheets = preview.findChildren(SheetView)
    assert len(sheets) > 1
    qtbot.waitUntil(lambda: sheets[1].y() >= sheets[0].geometry().bottom())
    inner = preview.findChild(SheetsView).widget()
    assert inner.height() > sheets[-1].geometry().bottom()


def test_that_without_a_name_the_preview_exports_and_notes_that(
    qtbot, preview, prompts, *, session, review, tmp_path
):
    preview.findChild(QCheckBox, "page.private").setChecked(True)
    prompts.add(tmp_path / "page.pdf")
    press(qtbot, preview, "export")
    words = " ".join(pdf.texts((tmp_path / "page.pdf").read_bytes(), tmp_path))
    assert "Okafor" not in words
    assert "Study number" in words
    with session.reading() as work:
        newest = next(iter(work.audit.of_patient(review.patient.id)))
    assert '"profile-private"' in newest.new


def test_that_data_are_attached_when_ticked(qtbot, preview, prompts, tmp_path):
    preview.findChild(QCheckBox, "page.with_data").setChecked(True)
    prompts.add(tmp_path / "page.pdf")
    press(qtbot, preview, "export")
    assert b"scs-trial-profile.json" in (tmp_path / "page.pdf").read_bytes()
