"""An event on record: who was told when, acknowledged, resolved; each step at once on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.safety import SafetyEvent
from scs_trial.services.local_time import to_local
from scs_trial.ui.check_in.words import moment_words
from scs_trial.ui.safety.words import TONES, state_words, urgency_words
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Chip, PlainLabel, TextSize


class EventPage(QWidget):
    """Shows an event and offers its next steps.

    Signals
    -------
    told, described, resolved
        With the text that was typed.
    acknowledged, retract_wanted
        Without one.
    """

    told = Signal(str)
    described = Signal(str)
    acknowledged = Signal()
    resolved = Signal(str)
    retract_wanted = Signal()

    def __init__(
        self,
        event: SafetyEvent,
        parent: QWidget | None = None,
        *,
        zone: ZoneInfo,
        names: Mapping[UUID, str],
    ) -> None:
        super().__init__(parent)
        self._event = event
        self._zone = zone
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE)
        self._add_head(names.get(event.reported_by, ""))
        self._add_instruction()
        self._described = self._add_step(
            "description",
            self.tr("What was reported, in words"),
            done="",
            button=self.tr("Keep words"),
        )
        self._described[0].setText(event.description)
        self._described[1].clicked.connect(self._on_described)
        self._add_told()
        self._add_acknowledged()
        self._add_resolved()
        self._error = QPushButton(self.tr("Entered in error…"), self)
        self._error.setObjectName("safety.error")
        self._error.clicked.connect(self.retract_wanted)
        row = QHBoxLayout()
        row.addWidget(self._error)
        row.addStretch(1)
        self._layout.addLayout(row)
        self._layout.addStretch(1)

    def take_focus(self) -> None:
        """Give the focus to who was told: the next step of a new event."""
        self._told[0].setFocus()

    def _add_head(self, who: str) -> None:
        event = self._event
        row = QHBoxLayout()
        chip = Chip(urgency_words(event.urgency), self, tone=TONES[event.urgency])
        state = PlainLabel(state_words(event), self, role=Colour.MUTED, size=TextSize.SMALL)
        state.setObjectName("safety.state")
        row.addWidget(chip)
        row.addWidget(state)
        row.addStretch(1)
        self._layout.addLayout(row)
        finding = PlainLabel(
            event.finding, self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold, wrap=True
        )
        self._layout.addWidget(finding)
        reported = self.tr("Reported {when} to {who}").format(
            when=self._when(event.reported_at), who=who
        )
        self._layout.addWidget(PlainLabel(reported, self, role=Colour.MUTED, wrap=True))

    def _add_instruction(self) -> None:
        event = self._event
        if event.instruction:
            self._layout.addWidget(PlainLabel(event.instruction, self, wrap=True))
        if event.number:
            text = self.tr("Call {number}").format(number=event.number)
            self._layout.addWidget(PlainLabel(text, self, weight=QFont.Weight.DemiBold, wrap=True))

    def _add_told(self) -> None:
        event = self._event
        done = ""
        if event.told_at is not None:
            done = self.tr("{who}, {when}").format(
                who=event.told_who, when=self._when(event.told_at)
            )
        title = self.tr("Who was told")
        self._told = self._add_step("told", title, done=done, button=self.tr("Told just now"))
        self._told[1].clicked.connect(self._on_told)
        self._told[0].returnPressed.connect(self._on_told)

    def _add_acknowledged(self) -> None:
        event = self._event
        if event.acknowledged_at is not None:
            text = self.tr("Acknowledged by {who}, {when}").format(
                who=event.acknowledged_by, when=self._when(event.acknowledged_at)
            )
            self._layout.addWidget(PlainLabel(text, self, wrap=True))
            return
        button = QPushButton(self.tr("I acknowledge this event"), self)
        button.setObjectName("safety.acknowledge")
        button.setAccessibleName(button.text())
        button.clicked.connect(self.acknowledged)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self._layout.addLayout(row)

    def _add_resolved(self) -> None:
        event = self._event
        if event.resolved_at is not None:
            text = self.tr("Resolved by {who}, {when}: {how}").format(
                who=event.resolved_by, when=self._when(event.resolved_at), how=event.resolution
            )
            self._layout.addWidget(PlainLabel(text, self, wrap=True))
            return
        title = self.tr("How it was resolved")
        self._resolved = self._add_step("resolution", title, done="", button=self.tr("Resolve"))
        self._resolved[1].clicked.connect(self._on_resolved)
        self._resolved[0].returnPressed.connect(self._on_resolved)

    def _add_step(
        self, name: str, title: str, *, done: str, button: str
    ) -> tuple[QLineEdit, QPushButton]:
        edit = QLineEdit(self)
        edit.setObjectName(f"safety.{name}")
        edit.setMaxLength(1000)
        press = QPushButton(button, self)
        press.setObjectName(f"safety.{name}.save")
        press.setAccessibleName(button)
        press.setAutoDefault(False)
        edit.setAccessibleName(title)
        label = PlainLabel(f"{title}: {done}" if done else title, self, wrap=True)
        label.setBuddy(edit)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(edit, 1)
        row.addWidget(press)
        self._layout.addWidget(label)
        self._layout.addLayout(row)
        return edit, press

    def _when(self, at: datetime) -> str:
        return moment_words(to_local(at, self._zone))

    def _on_described(self) -> None:
        self.described.emit(self._described[0].text())

    def _on_told(self) -> None:
        self.told.emit(self._told[0].text())

    def _on_resolved(self) -> None:
        self.resolved.emit(self._resolved[0].text())
