"""What can be done with a trial next: buttons that wrap."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from scs_trial.domain.trial import Trial
from scs_trial.ui.theme import SPACE
from scs_trial.ui.workspace.flow import FlowLayout


class ActionRow(QWidget):
    """Names what was clicked: page, end, decision, sign, safety, follow_up, new_trial."""

    triggered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, spacing=(SPACE, SPACE // 2))
        texts = {
            "page": self.tr("Page…"),
            "end": self.tr("End of trial…"),
            "decision": self.tr("Decision…"),
            "sign": self.tr("Sign…"),
            "safety": self.tr("Report a safety event…"),
            "follow_up": self.tr("Follow-up…"),
            "new_trial": self.tr("New trial…"),
        }
        self._buttons: dict[str, QPushButton] = {}
        for key, text in texts.items():
            button = QPushButton(text, self)
            button.setObjectName(f"workspace.action.{key}")
            button.setAccessibleName(text)
            button.setProperty("action", key)
            button.clicked.connect(self._on_button_clicked)
            flow.addWidget(button)
            self._buttons[key] = button

    def show_trial(self, trial: Trial, *, decided: bool, may_sign: bool = True) -> None:
        """Offer what makes sense for a trial in its state."""
        ended = trial.trial_ended is not None
        self._buttons["page"].setEnabled(trial.trial_start is not None)
        self._buttons["end"].setEnabled(trial.trial_start is not None)
        self._buttons["end"].setText(
            self.tr("Change the end…") if ended else self.tr("End of trial…")
        )
        self._buttons["decision"].setVisible(ended)
        self._buttons["sign"].setVisible(decided and may_sign)
        self._buttons["follow_up"].setVisible(decided)
        self._buttons["new_trial"].setVisible(ended)
        first = "decision" if ended and not decided else ""
        for key, button in self._buttons.items():
            button.setProperty("kind", "primary" if key == first else "")
            button.style().unpolish(button)
            button.style().polish(button)

    @Slot()
    def _on_button_clicked(self) -> None:
        self.triggered.emit(str(self.sender().property("action")))
