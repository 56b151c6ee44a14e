"""A new recovery key, typed through on a real encrypted record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from scs_trial.data import faults
from scs_trial.data.open import open_record, open_with_recovery_key
from scs_trial.services.accounts import propose_recovery_key, take_recovery_key
from scs_trial.services.audit_port import AuditQuery
from scs_trial.ui.accounts.recovery_dialog import RecoveryDialog
from scs_trial.ui.tasks import ImmediateRunner
from tests.records import PASSWORD, RECORD_NAME, make_session, options


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path)


@pytest.fixture
def dialog(qtbot, session):
    made = RecoveryDialog(session, runner=ImmediateRunner())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def key_shown(dialog):
    return dialog.findChild(QLabel, "recovery_key.groups").text().split()


def answer(qtbot, dialog, first, second):
    for name, text in (("answer_1", first), ("answer_2", second)):
        field = dialog.findChild(QLineEdit, f"recovery_key.{name}")
        field.clear()
        qtbot.keyClicks(field, text)
    qtbot.keyClick(dialog.findChild(QPushButton, "recovery_key.done"), Qt.Key.Key_Space)


def actions(session):
    with session.reading() as work:
        return [row.action for row in work.audit.search(AuditQuery())]


def test_that_the_new_key_opens_the_record_and_the_old_one_no_more(
    qtbot, session, dialog, tmp_path
):
    old = propose_recovery_key(session)
    take_recovery_key(session, old)
    before = session.records.keys.data_key
    groups = key_shown(dialog)
    answer(qtbot, dialog, groups[1], groups[-2].lower())
    assert "in force" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert not dialog.findChild(QLabel, "recovery_key.groups").isVisible()
    assert session.records.keys.data_key != before
    assert actions(session)[0] == "recovery_key_changed"
    session.records.close()
    path = tmp_path / RECORD_NAME
    with pytest.raises(faults.WrongRecoveryKeyError):
        open_with_recovery_key(path, old, options=options())
    open_with_recovery_key(path, "-".join(groups), options=options()).close()
    open_record(path, "anna", PASSWORD, options=options()).records.close()


def test_that_a_wrong_group_or_a_cancel_leaves_the_old_key(qtbot, session, dialog, tmp_path):
    groups = key_shown(dialog)
    answer(qtbot, dialog, groups[1], "XXXX")
    assert dialog.isVisible()
    qtbot.keyClick(dialog.findChild(QPushButton, "new_recovery_key.close"), Qt.Key.Key_Space)
    assert not dialog.isVisible()
    assert "recovery_key_changed" not in actions(session)
    session.records.close()
    with pytest.raises(faults.WrongRecoveryKeyError):
        open_with_recovery_key(tmp_path / RECORD_NAME, "-".join(groups), options=options())


def test_that_a_refused_change_is_said_and_stands_on_the_trail(qtbot, session, dialog, monkeypatch):
    def refuse(_ring, _text):
        raise faults.RecordBusyError(*faults.BUSY)

    monkeypatch.setattr("scs_trial.data.key_ring.KeyRing.take_recovery_key", refuse)
    groups = key_shown(dialog)
    answer(qtbot, dialog, groups[1], groups[-2])
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert faults.BUSY[0] in said
    assert dialog.findChild(QPushButton, "recovery_key.done").isEnabled()
    assert actions(session)[:2] == ["recovery_key_not_in_force", "recovery_key_changed"]
