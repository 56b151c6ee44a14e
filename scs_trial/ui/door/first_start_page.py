"""First start: where the record lives, the first account, the recovery key asked back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scs_trial.services.door import FirstAccount, password_problem
from scs_trial.ui.door.recovery_key import RecoveryKeyStep
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.card import Card
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_CARD_WIDTH = 560


class FirstStartPage(QWidget):
    """Leads from an empty computer to an open record, or to the demo.

    Signals
    -------
    create_requested
        Path and `FirstAccount`.
    open_requested, demo_requested, folder_requested
        The other ways in, and the button that chooses a folder.
    finished
        The recovery key was shown and two groups were typed back.
    print_requested
        The recovery key's text is to be printed.
    """

    create_requested = Signal(object, object)
    open_requested = Signal()
    demo_requested = Signal()
    folder_requested = Signal()
    finished = Signal()
    print_requested = Signal(str)

    def __init__(self, default_path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first_start")
        self._stack = QStackedWidget()
        self._form = _AccountStep(default_path)
        self._key = RecoveryKeyStep()
        self._steps = (self._welcome(), self._form, self._key)
        for step in self._steps:
            self._stack.addWidget(step)
        self._show(self._steps[0])
        card = Card()
        card.setFixedWidth(_CARD_WIDTH)
        card.body.addWidget(self._stack)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self._form.submitted.connect(self.create_requested)
        self._form.folder_requested.connect(self.folder_requested)
        self._key.confirmed.connect(self.finished)
        self._key.print_requested.connect(self.print_requested)

    def set_path(self, path: Path) -> None:
        """Take over a folder that was chosen."""
        self._form.set_path(path)

    def show_working(self) -> None:
        """Say that the record is being made."""
        self._form.show_working()

    def show_error(self, text: str) -> None:
        """Say why no record was made; what was typed stays."""
        self._form.show_error(text)

    def show_recovery_key(self, groups: Sequence[str]) -> None:
        """Show the recovery key and ask two of its groups back."""
        self._show(self._key)
        self._key.set_groups(groups)

    def _welcome(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(round(1.5 * SPACE))
        column.addWidget(PlainLabel("Welcome to SCS Trial", size=TextSize.TITLE))
        column.addWidget(
            PlainLabel(
                "The record of your spinal cord stimulation trials is one encrypted file on this"
                " computer. Nothing leaves it unless you export or print it.",
                role=Colour.MUTED,
                wrap=True,
            )
        )
        for text, name, slot, primary in (
            ("Create the clinic's record", "first_start.create", self._on_create_clicked, True),
            ("Open an existing record…", "first_start.open", self.open_requested, False),
            (
                "Try the demo with synthetic patients",
                "first_start.demo",
                self.demo_requested,
                False,
            ),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            if primary:
                button.setProperty("kind", "primary")
                button.setDefault(True)
            button.clicked.connect(slot)
            column.addWidget(button)
        column.addStretch(1)
        return page

    @Slot()
    def _on_create_clicked(self) -> None:
        self._show(self._form)
        self._form.start()

    def _show(self, step: QWidget) -> None:
        """Go to a step; the card takes its height."""
        policy = QSizePolicy.Policy
        for page in self._steps:
            page.setSizePolicy(
                policy.Preferred, policy.Preferred if page is step else policy.Ignored
            )
        self._stack.setCurrentWidget(step)


class _AccountStep(QWidget):
    """Folder, name and password of the first account."""

    submitted = Signal(object, object)
    folder_requested = Signal()

    def __init__(self, default_path: Path) -> None:
        super().__init__()
        self._fields: dict[str, QLineEdit] = {}
        self._state = PlainLabel("", role=Colour.DANGER, wrap=True)
        self._state.setObjectName("first_start.state")
        self._create = QPushButton("Create the record")
        self._create.setObjectName("first_start.submit")
        self._create.setProperty("kind", "primary")
        self._create.clicked.connect(self._on_create_clicked)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel("The clinic's record", size=TextSize.TITLE))
        column.addWidget(self._caption("Kept in this file"))
        row = QHBoxLayout()
        row.addWidget(self._field("path", "File of the record"))
        choose = QPushButton("Change…")
        choose.setObjectName("first_start.folder")
        choose.clicked.connect(self.folder_requested)
        row.addWidget(choose)
        column.addLayout(row)
        for name, caption in (
            ("display_name", "Your name, as printed, e.g. Dr B. Stone"),
            ("user_name", "User name for the log-in"),
            ("password", "Password, at least 15 characters; a short sentence is fine"),
            ("again", "The same password again"),
        ):
            column.addWidget(self._caption(caption))
            column.addWidget(self._field(name, caption))
        for name in ("password", "again"):
            self._fields[name].setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(
            self._caption(
                "This account holds the clinician's and the administrator's role."
                " More accounts follow in Settings."
            )
        )
        column.addWidget(self._state)
        column.addWidget(self._create)
        column.addStretch(1)
        self._fields["path"].setText(str(default_path))

    def start(self) -> None:
        self._fields["display_name"].setFocus()

    def set_path(self, path: Path) -> None:
        self._fields["path"].setText(str(path))

    def show_working(self) -> None:
        self._create.setEnabled(False)
        self._state.set_role(Colour.MUTED)
        self._state.setText("Making the keys and the record…")

    def show_error(self, text: str) -> None:
        self._create.setEnabled(True)
        self._state.set_role(Colour.DANGER)
        self._state.setText(text)

    def _field(self, name: str, spoken: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(f"first_start.{name}")
        field.setAccessibleName(spoken)
        field.returnPressed.connect(self._on_create_clicked)
        self._fields[name] = field
        return field

    @staticmethod
    def _caption(text: str) -> PlainLabel:
        return PlainLabel(text, role=Colour.MUTED, weight=QFont.Weight.Normal, wrap=True)

    @Slot()
    def _on_create_clicked(self) -> None:
        text = {name: field.text() for name, field in self._fields.items()}
        problem = _problem(text)
        if problem:
            name, words = problem
            self.show_error(words)
            self._fields[name].setFocus()
            return
        first = FirstAccount(
            user_name=text["user_name"].strip(),
            display_name=text["display_name"].strip(),
            password=text["password"],
        )
        self.submitted.emit(Path(text["path"].strip()), first)


def _problem(text: dict[str, str]) -> tuple[str, str] | None:
    for name, words in (
        ("path", "Say where the record is kept."),
        ("display_name", "Enter your name."),
        ("user_name", "Enter a user name for the log-in."),
    ):
        if not text[name].strip():
            return name, words
    weak = password_problem(text["password"], user_name=text["user_name"].strip())
    if weak:
        return "password", weak
    if text["password"] != text["again"]:
        return "again", "The two passwords differ; type the same one twice."
    return None
