"""Who answers: no score has the focus until a key confirms it, and says how it was obtained."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from scs_trial.domain.check_in import CallOutcome, HowObtained
from scs_trial.domain.patient import Patient
from scs_trial.ui.check_in.narrow import narrow
from scs_trial.ui.check_in.small_button import SmallButton
from scs_trial.ui.check_in.words import long_day
from scs_trial.ui.theme import RADIUS, SPACE, Colour, colour
from scs_trial.ui.widgets import Card, PlainLabel, TextSize

_HOW_KEYS = {
    "p": HowObtained.PHONE,
    "v": HowObtained.VISIT,
    "d": HowObtained.PAPER_DIARY,
    "e": HowObtained.MESSAGE,
    "o": HowObtained.PROXY,
    "r": HowObtained.REPRESENTATIVE,
}
_CALL_KEYS = {
    "n": CallOutcome.NO_ANSWER,
    "l": CallOutcome.MESSAGE_LEFT,
    "b": CallOutcome.CALL_BACK,
}


class IdentityCard(Card):
    """Asks "speaking with ..., born ...?"; Enter is yes, on the phone.

    Letters stand for the other ways in which answers arrive, and for calls that reached nobody.
    Digits mean nothing here.
    """

    confirmed = Signal(HowObtained)
    call_noted = Signal(CallOutcome)
    day_switched = Signal()

    def __init__(self, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("check_in.identity")
        narrow(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        born = long_day(patient.birth_date) if patient.birth_date else self.tr("not recorded")
        asked = self.tr("Speaking with {name}, born {born}?").format(name=patient.name, born=born)
        self.setAccessibleName(asked + " " + self.tr("Enter confirms."))
        self.body.addWidget(PlainLabel(asked, self, weight=QFont.Weight.DemiBold, wrap=True))
        for remark in self._remarks(patient):
            self.body.addWidget(
                PlainLabel(remark, self, role=Colour.MUTED, size=TextSize.SMALL, wrap=True)
            )
        self._yes = self._how_button(self.tr("Yes, on the phone  ⏎"), HowObtained.PHONE)
        self._yes.setProperty("kind", "primary")
        self.body.addWidget(self._yes)
        self.body.addLayout(self._grid_of_ways())
        self.body.addWidget(
            PlainLabel(self.tr("Nobody reached:"), self, role=Colour.MUTED, size=TextSize.SMALL)
        )
        self.body.addLayout(self._grid_of_calls())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Enter, or choose by letter."""
        letter = event.text().lower()
        if event.isAutoRepeat() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit(HowObtained.PHONE)
        elif letter in _HOW_KEYS:
            self.confirmed.emit(_HOW_KEYS[letter])
        elif letter in _CALL_KEYS:
            self.call_noted.emit(_CALL_KEYS[letter])
        elif letter == "t":
            self.day_switched.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the card waits."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the focus frame over the card."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(Colour.ACCENT, self), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _remarks(self, patient: Patient) -> list[str]:
        rows = []
        if patient.who_may_answer:
            who = self.tr("May answer too: {who}").format(who=patient.who_may_answer)
            rows.append(who)
        needs = ", ".join(t for t in (patient.language, patient.communication_needs) if t)
        return [*rows, needs] if needs else rows

    def _grid_of_ways(self) -> QGridLayout:
        ways = [
            (self.tr("Visit  V"), HowObtained.VISIT),
            (self.tr("Paper diary  D"), HowObtained.PAPER_DIARY),
            (self.tr("Message  E"), HowObtained.MESSAGE),
            (self.tr("Proxy  O"), HowObtained.PROXY),
            (self.tr("Maker's rep  R"), HowObtained.REPRESENTATIVE),
        ]
        return _two_columns([self._how_button(text, how) for text, how in ways])

    def _grid_of_calls(self) -> QGridLayout:
        calls = [
            (self.tr("No answer  N"), CallOutcome.NO_ANSWER),
            (self.tr("Message left  L"), CallOutcome.MESSAGE_LEFT),
            (self.tr("Call back at  B"), CallOutcome.CALL_BACK),
        ]
        return _two_columns([self._call_button(text, outcome) for text, outcome in calls])

    def _how_button(self, text: str, how: HowObtained) -> SmallButton:
        button = self._button(text, f"check_in.how.{how.value}")
        button.setProperty("answer", how.value)
        button.clicked.connect(self._on_how_clicked)
        return button

    def _call_button(self, text: str, outcome: CallOutcome) -> SmallButton:
        button = self._button(text, f"check_in.call.{outcome.value}")
        button.setProperty("answer", outcome.value)
        button.clicked.connect(self._on_call_clicked)
        return button

    def _button(self, text: str, name: str) -> SmallButton:
        return SmallButton(text, name, self).shares_width()

    def _on_how_clicked(self) -> None:
        self.confirmed.emit(HowObtained(str(self.sender().property("answer"))))

    def _on_call_clicked(self) -> None:
        self.call_noted.emit(CallOutcome(str(self.sender().property("answer"))))


def _two_columns(buttons: list[SmallButton]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(SPACE // 2)
    for place, button in enumerate(buttons):
        grid.addWidget(button, place // 2, place % 2)
        grid.setColumnStretch(place % 2, 1)
    return grid
