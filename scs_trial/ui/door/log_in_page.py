"""Log-in: choose the account, type the password, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scs_trial.services.door import AccountName
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.card import Card
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_CARD_WIDTH = 400


class LogInPage(QWidget):
    """Asks who works and for the password.

    Signals
    -------
    log_in_requested
        User name and password.
    pin_entered
        The digits, where a PIN may be typed.
    other_record_requested, demo_requested, forgotten
        The links below the form.
    """

    log_in_requested = Signal(str, str)
    pin_entered = Signal(str)
    forgotten = Signal()
    other_record_requested = Signal()
    demo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("log_in")
        self._where = PlainLabel("", role=Colour.MUTED)
        self._who = ChoiceBox()
        self._who.setObjectName("log_in.account")
        self._who.setAccessibleName("Account")
        self._password = QLineEdit()
        self._password.setObjectName("log_in.password")
        self._password.setAccessibleName("Password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._state = PlainLabel("", role=Colour.DANGER, wrap=True)
        self._state.setObjectName("log_in.state")
        self._enter = QPushButton("Unlock the record")
        self._enter.setObjectName("log_in.enter")
        self._enter.setProperty("kind", "primary")
        self._pin_of = ""
        self._caption = _buddy("Password", self._password)
        self._use_password = _link("Use the password instead", "log_in.use_password")
        self._use_password.clicked.connect(self._on_use_password_clicked)
        self._use_password.hide()
        self._build()
        self._password.returnPressed.connect(self._on_enter)
        self._enter.clicked.connect(self._on_enter)
        self._who.currentIndexChanged.connect(self._on_account_changed)

    def show_record(self, path: Path, accounts: Sequence[AccountName], *, chosen: str = "") -> None:
        """Offer the accounts of a record."""
        self._where.setText(str(path))
        self._who.set_choices((item.user_name, _named(item)) for item in accounts)
        if chosen:
            self._who.choose(chosen)
        self._say("")
        self._set_busy(False)
        self._show_kind()
        self._password.clear()
        self._password.setFocus()

    def show_working(self, text: str) -> None:
        """Say what takes a moment, such as the derivation of the key."""
        self._set_busy(True)
        self._say(text, Colour.MUTED)

    def show_error(self, text: str) -> None:
        """Say why the record stayed closed; the password can be typed again."""
        self._set_busy(False)
        self._say(text)
        self._password.selectAll()
        self._password.setFocus()

    def allow_pin_for(self, user_name: str) -> None:
        """Let this account type its PIN in the place of the password; empty for nobody."""
        self._pin_of = user_name
        self._show_kind()

    def chosen(self) -> str:
        """Return the user name of the chosen account."""
        return self._who.key()

    def hide_other_ways(self) -> None:
        """Offer the password alone: for unlocking."""
        self._links.hide()

    def leave(self) -> None:
        """Forget the password."""
        self._set_busy(False)
        self._password.clear()
        self._say("")

    def _build(self) -> None:
        card = Card()
        card.setFixedWidth(_CARD_WIDTH)
        column = card.body
        column.addWidget(PlainLabel("SCS Trial", size=TextSize.TITLE))
        column.addWidget(self._where)
        column.addSpacing(SPACE)
        column.addWidget(_buddy("Account", self._who))
        column.addWidget(self._who)
        column.addWidget(self._caption)
        column.addWidget(self._password)
        column.addWidget(self._state)
        column.addWidget(self._enter)
        column.addWidget(self._use_password)
        self._links = QWidget()
        links = QHBoxLayout(self._links)
        links.setContentsMargins(0, 0, 0, 0)
        for text, name, signal in (
            ("Forgotten password…", "log_in.forgotten", self.forgotten),
            ("Other record…", "log_in.other", self.other_record_requested),
            ("Open the demo", "log_in.demo", self.demo_requested),
        ):
            link = _link(text, name)
            link.clicked.connect(signal)
            links.addWidget(link)
        column.addWidget(self._links)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    @Slot()
    def _on_enter(self) -> None:
        if self._password.text() and self._enter.isEnabled() and self._takes_pin():
            self.pin_entered.emit(self._password.text())
        elif self._password.text() and self._enter.isEnabled():
            self.log_in_requested.emit(self._who.key(), self._password.text())
        else:
            self._password.setFocus()

    @Slot()
    def _on_account_changed(self) -> None:
        self._password.clear()
        self._show_kind()
        self._password.setFocus()

    @Slot()
    def _on_use_password_clicked(self) -> None:
        self.allow_pin_for("")
        self._password.clear()
        self._password.setFocus()

    def _takes_pin(self) -> bool:
        return bool(self._pin_of) and self._who.key() == self._pin_of

    def _show_kind(self) -> None:
        kind = "PIN" if self._takes_pin() else "Password"
        self._caption.setText(kind)
        self._password.setAccessibleName(kind)
        self._use_password.setVisible(self._takes_pin())

    def _set_busy(self, busy: bool) -> None:
        for widget in (self._who, self._password, self._enter):
            widget.setEnabled(not busy)

    def _say(self, text: str, role: Colour = Colour.DANGER) -> None:
        self._state.set_role(role)
        self._state.setText(text)


def _link(text: str, name: str) -> QPushButton:
    link = QPushButton(text)
    link.setObjectName(name)
    link.setAccessibleName(text)
    link.setFlat(True)
    return link


def _named(account: AccountName) -> str:
    if account.display_name == account.user_name:
        return account.user_name
    return f"{account.display_name} ({account.user_name})"


def _buddy(text: str, field: QWidget) -> PlainLabel:
    label = PlainLabel(text, role=Colour.MUTED)
    label.setBuddy(field)
    return label
