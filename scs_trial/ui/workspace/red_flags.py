"""Open safety events above everything: the answer, the clinic's instruction, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.safety import SafetyEvent
from scs_trial.ui.safety.words import TONES, state_words, urgency_words
from scs_trial.ui.theme import RADIUS, SPACE, Colour, tone_colours
from scs_trial.ui.widgets import PlainLabel, TextSize
from scs_trial.ui.workspace.flow import FlowLayout
from scs_trial.ui.workspace.words import clinic_moment


class RedFlag(QFrame):
    """One open event. It repeats what was reported and what the clinic says; it diagnoses nothing.

    Parameters
    ----------
    event
        The event.
    zone
        The clinic's time zone.
    """

    told_requested = Signal(object)
    acknowledge_requested = Signal(object)
    resolve_requested = Signal(object)

    def __init__(self, event: SafetyEvent, parent: QWidget | None = None, *, zone: tzinfo) -> None:
        super().__init__(parent)
        self.setObjectName(f"workspace.red_flag.{event.id}")
        self._event = event
        self._tone = TONES[event.urgency]
        ink = Colour(self._tone.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(4)
        head = f"▲ {urgency_words(event.urgency)}: {event.finding}"
        column.addWidget(
            PlainLabel(
                head, self, role=ink, size=TextSize.LARGE, weight=QFont.Weight.Bold, wrap=True
            )
        )
        said = [self._reported(zone), event.description, event.instruction]
        for text in said:
            if text:
                column.addWidget(PlainLabel(text, self, wrap=True))
        number = self.tr("Call {0}").format(event.number) if event.number else ""
        if number:
            column.addWidget(
                PlainLabel(
                    number, self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True
                )
            )
        done = self._done(zone)
        column.addWidget(PlainLabel(done, self, weight=QFont.Weight.Medium, wrap=True))
        column.addWidget(self._buttons())
        self.setAccessibleName(". ".join(part for part in (head, *said, number, done) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and frame in the tone of the urgency."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong, soft = tone_colours(self._tone, self)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.fillPath(path, soft)
        painter.setPen(QPen(strong, 2))
        painter.drawPath(path)

    def _reported(self, zone: tzinfo) -> str:
        return self.tr("Reported {0}").format(clinic_moment(self._event.reported_at, zone))

    def _done(self, zone: tzinfo) -> str:
        event, parts = self._event, []
        if event.told_at is not None:
            told = self.tr("Told: {0}, {1}")
            parts.append(told.format(event.told_who, clinic_moment(event.told_at, zone)))
        if event.acknowledged_at is not None:
            taken = self.tr("Acknowledged: {0}, {1}")
            parts.append(
                taken.format(event.acknowledged_by, clinic_moment(event.acknowledged_at, zone))
            )
        return " · ".join(parts) or state_words(event).capitalize()

    def _buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=(SPACE, 4))
        acknowledged = self._event.acknowledged_at is not None
        told = self._button(self.tr("Told…"), "told", self._on_told_clicked)
        flow.addWidget(told)
        if not acknowledged:
            flow.addWidget(
                self._button(self.tr("Acknowledge"), "acknowledge", self._on_acknowledge_clicked)
            )
        flow.addWidget(self._button(self.tr("Resolve…"), "resolve", self._on_resolve_clicked))
        return row

    def _button(self, text: str, name: str, clicked: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"workspace.red_flag.{name}")
        button.setAccessibleName(f"{text}: {self._event.finding}")
        button.clicked.connect(clicked)
        return button

    @Slot()
    def _on_told_clicked(self) -> None:
        self.told_requested.emit(self._event)

    @Slot()
    def _on_acknowledge_clicked(self) -> None:
        self.acknowledge_requested.emit(self._event)

    @Slot()
    def _on_resolve_clicked(self) -> None:
        self.resolve_requested.emit(self._event)


class RedFlags(QWidget):
    """All open events of the patient, as the record orders them."""

    told_requested = Signal(object)
    acknowledge_requested = Signal(object)
    resolve_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self.hide()

    def show_events(self, events: Iterable[SafetyEvent], *, zone: tzinfo) -> None:
        """Show these events; hidden when there is none."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for event in events:
            flag = RedFlag(event, self, zone=zone)
            flag.told_requested.connect(self.told_requested)
            flag.acknowledge_requested.connect(self.acknowledge_requested)
            flag.resolve_requested.connect(self.resolve_requested)
            self._column.addWidget(flag)
        self.setVisible(self._column.count() > 0)
