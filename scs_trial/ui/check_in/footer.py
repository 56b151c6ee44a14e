"""Save, and what else can come of a call; always in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from scs_trial.domain.check_in import CallOutcome
from scs_trial.domain.diary import Phase
from scs_trial.ui.check_in.form import CheckInForm
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import PlainLabel, TextSize


class CheckInFooter(QWidget):
    """The buttons under the form.

    Signals
    -------
    save_wanted
        True to go on to the next patient afterwards.
    """

    save_wanted = Signal(bool)
    call_noted = Signal(CallOutcome)
    missed_wanted = Signal()
    error_wanted = Signal()
    move_wanted = Signal()
    event_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL)
        self._state.setObjectName("check_in.state")
        self.save = QPushButton(self)
        self.save.setObjectName("check_in.save")
        self.save.setProperty("kind", "primary")
        self.save.setMinimumWidth(self.fontMetrics().horizontalAdvance("Ctrl+Enter") + 24)
        self.save.clicked.connect(self._on_save_clicked)
        self._no_answer = QPushButton(self.tr("No answer"), self)
        self._no_answer.setObjectName("check_in.no_answer")
        self._no_answer.setAccessibleName(self.tr("No answer, F7"))
        self._no_answer.setStyleSheet("padding: 6px 8px;")
        self._no_answer.clicked.connect(self._on_no_answer_clicked)
        self._more = QToolButton(self)
        self._more.setObjectName("check_in.more")
        self._more.setText("⋯")
        self._more.setAccessibleName(self.tr("More"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setProperty("kind", "button")
        self._more.setStyleSheet(
            "QToolButton::menu-indicator { image: none; } QToolButton { padding: 6px 8px; }"
        )
        self._actions = self._fill_menu()
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.save, 1)
        row.addWidget(self._no_answer)
        row.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._state)
        layout.addLayout(row)

    @property
    def state_text(self) -> str:
        """What the line above the buttons says."""
        return self._state.text()

    def show_form(self, form: CheckInForm) -> None:
        """Offer what a form can do now."""
        correcting = form.is_correction
        text = self.tr("Save correction") if correcting else self.tr("Save and next")
        self.save.setText(f"{text}\nCtrl+Enter")
        self.save.setAccessibleName(f"{text}, Ctrl+Enter")
        self._no_answer.setVisible(not correcting)
        is_trial_day = form.phase is Phase.TRIAL
        for name in ("message_left", "call_back"):
            self._actions[name].setVisible(not correcting)
        self._actions["missed"].setVisible(is_trial_day and not correcting)
        for name in ("error", "move"):
            self._actions[name].setVisible(correcting)

    def say(self, text: str, *, role: Colour = Colour.MUTED) -> None:
        """Say how the form stands: kept as a draft, not saved, saved."""
        self._state.set_role(role)
        self._state.setText(text)

    def _fill_menu(self) -> dict[str, QAction]:
        menu = QMenu(self._more)
        menu.setObjectName("check_in.more.menu")
        entries = [
            ("message_left", self.tr("Message left\tF8"), self._on_message_left),
            ("call_back", self.tr("Call back at…\tF9"), self._on_call_back),
            ("missed", self.tr("Declare this day missed"), self.missed_wanted.emit),
            ("event", self.tr("Report a safety event…"), self.event_wanted.emit),
            ("error", self.tr("Entered in error…"), self.error_wanted.emit),
            ("move", self.tr("Move to the right patient or day…"), self.move_wanted.emit),
        ]
        actions = {}
        for name, text, run in entries:
            action = menu.addAction(text)
            action.setObjectName(f"check_in.{name}")
            action.triggered.connect(run)
            actions[name] = action
        self._more.setMenu(menu)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return actions

    def _on_save_clicked(self) -> None:
        self.save_wanted.emit(True)

    def _on_no_answer_clicked(self) -> None:
        self.call_noted.emit(CallOutcome.NO_ANSWER)

    def _on_message_left(self) -> None:
        self.call_noted.emit(CallOutcome.MESSAGE_LEFT)

    def _on_call_back(self) -> None:
        self.call_noted.emit(CallOutcome.CALL_BACK)
