"""Accounts typed through, against a real encrypted record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton

from scs_trial.services.accounts import list_accounts
from scs_trial.ui.accounts.accounts_dialog import AccountsDialog
from scs_trial.ui.accounts.asking import own_password, own_pin
from scs_trial.ui.ledgers.ledger_dialog import LedgerDialog
from scs_trial.ui.tasks import ImmediateRunner, ThreadRunner
from tests.records import PASSWORD, make_session

NEW = "seven grey herons stand"


class Told:
    """Answers yes and keeps what was told."""

    def __init__(self):
        self.texts = []

    def tell(self, title, text):
        self.texts.append(text)

    def ask(self, title, text, *, yes, no="", on_answer):
        on_answer(True)


@pytest.fixture
def session(tmp_path):
    return make_session(tmp_path)


def fill(qtbot, dialog, **texts):
    for name, text in texts.items():
        field = dialog.form.editor(name)
        field.clear()
        qtbot.keyClicks(field, text)
    save = dialog.findChild(QPushButton, f"{dialog.objectName()}.save")
    qtbot.keyClick(save, Qt.Key.Key_Space)


def test_that_an_account_is_added_and_removed_by_keys(qtbot, session):
    told = Told()
    dialog = AccountsDialog(session, prompts=told, runner=ImmediateRunner())
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClick(dialog.findChild(QPushButton, "accounts.add"), Qt.Key.Key_Space)
    form = dialog.findChild(LedgerDialog)
    fill(qtbot, form, user_name="bo", display_name="RN Bo Berg")
    listed = dialog.findChild(QListWidget, "accounts.list")
    assert listed.item(1).text() == "RN Bo Berg (bo) · nurse · one-time password not changed yet"
    assert len(told.texts[0].splitlines()[0]) == 24
    listed.setCurrentRow(1)
    qtbot.keyClick(dialog.findChild(QPushButton, "accounts.remove"), Qt.Key.Key_Space)
    assert [line.removed for line in list_accounts(session)] == [False, True]
    assert "removed" in listed.item(1).text()


def test_that_ones_own_password_and_pin_are_typed_unseen(qtbot, session):
    dialog = own_password(session, None, runner=ImmediateRunner())
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.form.editor("new").echoMode() is QLineEdit.EchoMode.Password
    fill(qtbot, dialog, old=PASSWORD, new=NEW, again=NEW + "x")
    assert dialog.isVisible()
    fill(qtbot, dialog, again=NEW)
    assert not dialog.isVisible()
    pin = own_pin(session, None, runner=ImmediateRunner())
    qtbot.addWidget(pin)
    pin.open()
    fill(qtbot, pin, password=NEW, digits="402817")
    assert session.keys.has_pin(session.account.id)


def test_that_a_changed_name_leaves_all_three_roles_as_they_are(qtbot, session):
    dialog = AccountsDialog(session, prompts=Told(), runner=ImmediateRunner())
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClick(dialog.findChild(QPushButton, "accounts.change"), Qt.Key.Key_Space)
    fill(qtbot, dialog.findChild(LedgerDialog), display_name="Dr Anna", reason="title")
    assert list_accounts(session)[0].account.roles == session.account.roles
    assert list_accounts(session)[0].account.display_name == "Dr Anna"


def making_keys(dialog):
    labels = dialog.findChildren(QLabel)
    return any(label.isVisible() and label.text() == "Making the keys…" for label in labels)


@pytest.fixture
def runner(qapp):
    made = ThreadRunner()
    yield made
    made.shut_down()


def test_that_keys_are_made_in_the_background_and_that_is_said(qtbot, session, runner):
    dialog = own_password(session, None, runner=runner)
    qtbot.addWidget(dialog)
    dialog.open()
    save = dialog.findChild(QPushButton, "own_password.save")
    fill(qtbot, dialog, old="not this one at all", new=NEW, again=NEW)
    assert making_keys(dialog)
    assert not save.isEnabled()
    qtbot.waitUntil(save.isEnabled, timeout=20000)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.saved, timeout=20000):
        fill(qtbot, dialog, old=PASSWORD)
    assert not dialog.isVisible()


def test_that_a_one_time_password_is_made_in_the_background(qtbot, session, runner):
    told = Told()
    dialog = AccountsDialog(session, prompts=told, runner=runner)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClick(dialog.findChild(QPushButton, "accounts.add"), Qt.Key.Key_Space)
    fill(qtbot, dialog.findChild(LedgerDialog), user_name="bo", display_name="RN Bo Berg")
    qtbot.waitUntil(lambda: len(told.texts) == 1, timeout=20000)
    dialog.findChild(QListWidget, "accounts.list").setCurrentRow(1)
    qtbot.keyClick(dialog.findChild(QPushButton, "accounts.one_time"), Qt.Key.Key_Space)
    qtbot.keyClick(dialog.findChild(QPushButton, "accounts.one_time"), Qt.Key.Key_Space)
    assert making_keys(dialog)
    qtbot.waitUntil(lambda: len(told.texts) == 2, timeout=20000)
    assert not making_keys(dialog)
    runner.shut_down()
    assert len(told.texts) == 2
