"""The audit view on a real record. Source: the safekeeping design, "Audit and signature"."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from scs_trial.services.verify_record import PROMISE
from scs_trial.ui.audit.audit_dialog import AuditDialog
from scs_trial.ui.tasks import ImmediateRunner
from tests.services.clinic import Clinic
from tests.ui.scripted import ScriptedPrompts


@pytest.fixture
def clinic(tmp_path):
    made = Clinic(tmp_path)
    made.patient("<b>Okafor</b>, Grace", mrn="104 882")
    made.patient("Lindqvist, Per", mrn="7")
    return made


@pytest.fixture
def prompts():
    return ScriptedPrompts()


@pytest.fixture
def dialog(qtbot, clinic, prompts):
    host = QWidget()
    qtbot.addWidget(host)
    shown = AuditDialog(clinic.session, runner=ImmediateRunner(), prompts=prompts, parent=host)
    shown.open()
    yield shown
    shown.reject()


def cells(dialog, column):
    model = dialog.view.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_that_rows_are_searched_and_the_chosen_one_is_plain_text(qtbot, dialog):
    QAbstractItemModelTester(dialog.view.model)
    everything = dialog.view.model.rowCount()
    qtbot.keyClicks(dialog.view.patient, "104 882")
    qtbot.keyClick(dialog.view.patient, Qt.Key.Key_Return)
    assert 0 < dialog.view.model.rowCount() < everything
    assert cells(dialog, 5) == ["<b>Okafor</b>, Grace · 104 882"]
    dialog.view.table.selectRow(0)
    assert "<b>Okafor</b>" in dialog.view.detail.toPlainText()


def test_that_the_record_is_checked_with_a_printed_anchor(qtbot, clinic, dialog):
    with clinic.session.reading() as work:
        head = work.audit.head()
    qtbot.keyClicks(dialog.view.anchor, f"audit {head.seq} {head.digest[:16]}")
    qtbot.mouseClick(dialog.view.check, Qt.MouseButton.LeftButton)
    said = dialog.view.report.toPlainText()
    assert f"✓ Anchor {head.seq} " in said
    assert "✕" not in said
    assert said.endswith(PROMISE)
    dialog.view.anchor.clear()
    qtbot.keyClicks(dialog.view.anchor, f"{head.seq} {'0' * 16}")
    qtbot.keyClick(dialog.view.anchor, Qt.Key.Key_Return)
    assert f"✕ Anchor {head.seq} " in dialog.view.report.toPlainText()


def test_that_a_mistyped_anchor_is_refused_in_words(qtbot, dialog):
    qtbot.keyClicks(dialog.view.anchor, "twelve")
    qtbot.mouseClick(dialog.view.check, Qt.MouseButton.LeftButton)
    assert dialog.view.report.toPlainText() == PROMISE
    assert dialog.view.banner.isVisible()


def test_that_what_was_found_is_exported(qtbot, dialog, prompts, tmp_path):
    prompts.add(tmp_path / "audit.csv")
    qtbot.keyClicks(dialog.view.patient, "Lindqvist")
    qtbot.mouseClick(dialog.view.export, Qt.MouseButton.LeftButton)
    text = (tmp_path / "audit.csv").read_text(encoding="utf-8")
    assert "Lindqvist, Per" in text
    assert "Okafor" not in text
