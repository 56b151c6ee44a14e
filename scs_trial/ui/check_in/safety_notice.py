"""What a finding has set going: it is on record; the clinic's instruction stands here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from scs_trial.domain.safety import SafetyEvent
from scs_trial.ui.check_in.narrow import narrow
from scs_trial.ui.check_in.small_button import SmallButton
from scs_trial.ui.safety.words import TONES, urgency_words
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Card, PlainLabel


class SafetyNotice(Card):
    """Repeats the answer and the clinic's own instruction; it diagnoses nothing."""

    details_wanted = Signal(object)
    retract_wanted = Signal(object)

    def __init__(self, event: SafetyEvent, parent: QWidget | None = None, *, at: str) -> None:
        tone = TONES[event.urgency]
        super().__init__(parent=parent, tone=tone)
        self.setObjectName(f"check_in.event.{event.item_id}")
        self._event = event
        narrow(self)
        head = f"▲ {urgency_words(event.urgency)}: {event.finding}"
        label = PlainLabel(
            head, self, role=Colour(tone.value), weight=QFont.Weight.DemiBold, wrap=True
        )
        self.body.addWidget(label)
        since = self.tr("On record since {at}, also if this form is never saved.").format(at=at)
        texts = [since, event.instruction, self._number(event)]
        for text in texts:
            if text:
                self.body.addWidget(PlainLabel(text, self, wrap=True))
        self.setAccessibleName(" ".join([head, *texts]))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        details = self._button(self.tr("Who was told…"), "details")
        details.clicked.connect(self._on_details_clicked)
        error = self._button(self.tr("In error…"), "error")
        error.clicked.connect(self._on_error_clicked)
        row.addWidget(details, 1)
        row.addWidget(error, 1)
        self.body.addLayout(row)

    def _number(self, event: SafetyEvent) -> str:
        return self.tr("Call {number}").format(number=event.number) if event.number else ""

    def _button(self, text: str, name: str) -> SmallButton:
        button = SmallButton(text, f"{self.objectName()}.{name}", self).shares_width()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _on_details_clicked(self) -> None:
        self.details_wanted.emit(self._event)

    def _on_error_clicked(self) -> None:
        self.retract_wanted.emit(self._event)
