"""One thing that the import assistant settled by itself: what, why, and how to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from scs_trial.exchange.assistant.model import By, Finding
from scs_trial.ui.text import shown
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import PlainLabel
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.labels import TextSize

_TITLE_SHARE, _REST_SHARE = 2, 5


class FindingLine(QWidget):
    """Title on the left; on the right what holds (to be changed where it can be), and why.

    Signals
    -------
    answered
        Id of the finding, and what it should be instead.
    """

    answered = Signal(str, str)

    def __init__(self, finding: Finding, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._id = finding.id
        self.setObjectName(f"import.finding.{finding.id}")
        self._box: ChoiceBox | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(PlainLabel(finding.title, self, wrap=True), _TITLE_SHARE)
        right = QVBoxLayout()
        right.setSpacing(2)
        if len(finding.choices) > 1:
            right.addWidget(self._make_box(finding))
        else:
            right.addWidget(PlainLabel(finding.words, self, wrap=True))
        why = finding.why
        if finding.by is By.YOU:
            why = self.tr("You chose this. {why}").format(why=why).strip()
        elif finding.by is By.PROFILE:
            why = self.tr("From the profile. {why}").format(why=why).strip()
        reason = PlainLabel(why, self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
        reason.setVisible(bool(why))
        right.addWidget(reason)
        row.addLayout(right, _REST_SHARE)

    def _make_box(self, finding: Finding) -> ChoiceBox:
        offered = [(choice.value, shown(choice.words, one_line=True)) for choice in finding.choices]
        self._box = box = ChoiceBox(offered, self)
        box.setObjectName(f"import.finding.{finding.id}.choice")
        box.setAccessibleName(finding.title)
        if box.findData(finding.value) < 0:
            box.addItem(shown(finding.words, one_line=True), finding.value)
        box.choose(finding.value)
        box.activated.connect(self._on_activated)
        return box

    def _on_activated(self, _number: int) -> None:
        if self._box is not None:
            self.answered.emit(self._id, self._box.key())
