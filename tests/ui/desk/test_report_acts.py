"""The page as text leaves through the clipboard: noted, said, and gone after locking."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QListView, QPushButton

from scs_trial.reports.plain_text import plain_text
from scs_trial.reports.profile_content import profile_content
from scs_trial.ui.clipboard import clear_own_clipboard, copy_record_text
from scs_trial.ui.page.sheet_preview import SheetPreview
from scs_trial.ui.page.sheets_view import SheetsView
from tests.ui.desk.test_clinic_desk import clinic, open_first, session

__all__ = ["clinic", "session"]


@pytest.fixture(autouse=True)
def empty_clipboard(qapp):
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def press_copy(qtbot, window):
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.findChild(QListView, "today.list"), Qt.Key.Key_C, modifiers)


def actions(session, patient):
    with session.reading() as work:
        return [entry.action for entry in work.audit.of_patient(patient.id)]


def test_that_ctrl_shift_c_copies_the_page_of_the_open_patient(qtbot, clinic, session):
    window, desk = clinic
    open_first(qtbot, window)
    shown = desk.workspace.shown
    content = profile_content(
        shown.review, printed_at=session.clock.now(), printed_by=session.account.display_name
    )
    press_copy(qtbot, window)
    assert QGuiApplication.clipboard().text() == plain_text(content)
    assert shown.patient.name in QGuiApplication.clipboard().text()
    assert actions(session, shown.patient)[0] == "copy_page"
    assert "copied" in window.findChild(QLabel, "status.saved").text()


def test_that_without_a_patient_nothing_is_copied(qtbot, clinic):
    window, _desk = clinic
    press_copy(qtbot, window)
    assert QGuiApplication.clipboard().text() == ""


def test_that_plain_symbols_are_offered_without_a_key(qtbot, clinic):
    window, _desk = clinic
    open_first(qtbot, window)
    window.commands.action("reports.copy_ascii").trigger()
    text = QGuiApplication.clipboard().text()
    assert text
    assert text.isascii()


def test_that_our_clipboard_is_emptied():
    copy_record_text("Okafor, Grace")
    assert QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")
    clear_own_clipboard()
    assert QGuiApplication.clipboard().text() == ""


def test_that_what_another_program_copied_stays():
    data = QMimeData()
    data.setText("a shopping list")
    QGuiApplication.clipboard().setMimeData(data)
    clear_own_clipboard()
    # The offscreen platform never says that this program filled the clipboard.
    assert QGuiApplication.clipboard().text() == "a shopping list"


def preview_of(window):
    return window.findChild(SheetPreview, "page")


@pytest.mark.parametrize(
    ("command", "title"),
    [
        ("reports.coverage", "Coverage checklist"),
        ("reports.diary", "My diary"),
        ("reports.calls", "Call sheet"),
    ],
)
def test_that_a_companion_opens_in_the_preview_and_its_export_is_noted(
    qtbot, clinic, *, session, tmp_path, command, title
):
    window, desk = clinic
    open_first(qtbot, window)
    window.commands.action(command).trigger()
    preview = preview_of(window)
    assert preview.windowTitle() == title
    sheets = preview.findChild(SheetsView, "page.sheets")
    assert sheets.sheet_count() >= 1
    assert sheets.accessibleDescription()
    preview.findChild(QPushButton, "page.export").click()
    box = window.findChild(QFileDialog, "file_choice")
    (offered,) = box.selectedFiles()
    assert "Okafor" not in offered
    with qtbot.waitSignal(preview.exported):
        box.findChild(QLineEdit).setText(str(tmp_path / "sheet.pdf"))
        box.accept()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "export_page" in actions(session, desk.workspace.shown.patient)
    preview.reject()


def test_that_the_call_sheet_needs_no_open_patient(qtbot, clinic):
    window, _desk = clinic
    window.commands.action("reports.calls").trigger()
    preview = preview_of(window)
    told = preview.findChild(SheetsView, "page.sheets").accessibleDescription()
    assert told.startswith("2 calls today: ")
    preview.reject()
