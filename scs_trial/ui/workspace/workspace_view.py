"""Where the parts of the workspace stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets import Banner, EmptyState, PlainLabel
from scs_trial.ui.workspace.action_row import ActionRow
from scs_trial.ui.workspace.confirmations_card import ConfirmationsCard
from scs_trial.ui.workspace.course_sheet import CourseSheet
from scs_trial.ui.workspace.identity_header import IdentityHeader
from scs_trial.ui.workspace.record_card import RecordCard
from scs_trial.ui.workspace.red_flags import RedFlags
from scs_trial.ui.workspace.timeline_card import TimelineCard
from scs_trial.ui.workspace.treatment_cards import MedicationCard, ProgramsCard
from scs_trial.ui.workspace.verdict_card import VerdictCard

_BESIDE_FROM = 700
"""Width from which programs and medication stand side by side."""


class WorkspaceView(QWidget):
    """Identity above, the rest scrolls: red flags, verdict, course, timeline, record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.identity = IdentityHeader(self)
        self.name_alert = Banner(self)
        self.name_alert.setObjectName("workspace.name_alert")
        self.page = QWidget(self)
        self.red_flags = RedFlags(self.page)
        self.hint = Banner(self.page)
        self.hint.setObjectName("workspace.hint")
        self.no_trial = EmptyState(
            self.tr("No trial yet"),
            self.tr(
                "Set one up: region, baseline, criteria, planned days. It may be left half done."
            ),
            self.page,
            icon="calendar-check",
            button=self.tr("New trial…"),
        )
        self.trial = QWidget(self.page)
        self.verdict = VerdictCard(self.trial)
        self.signature = PlainLabel("", self.trial, wrap=True)
        self.signature.setObjectName("workspace.signature")
        self.action_row = ActionRow(self.trial)
        self.confirmations = ConfirmationsCard(self.trial)
        self.course = CourseSheet(self.trial)
        self.timeline = TimelineCard(self.trial)
        self.programs = ProgramsCard(self.trial)
        self.medication = MedicationCard(self.trial)
        self.record = RecordCard(self.trial)
        self.scroll_area = QScrollArea(self)
        self._treatments = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._alert_room = QHBoxLayout()
        self._lay_out()
        self.scroll_area.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put programs and medication side by side where there is room."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE_FROM
        way = QBoxLayout.Direction
        self._treatments.setDirection(way.LeftToRight if beside else way.TopToBottom)

    @Slot(int, int)
    def _on_scroll_range_changed(self, _low: int, high: int) -> None:
        """Keep the alert as wide as the cards, which leave room for the scroll bar."""
        bar = self.scroll_area.verticalScrollBar()
        self._alert_room.setContentsMargins(0, 0, bar.sizeHint().width() if high > 0 else 0, 0)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, int(1.5 * SPACE), 0, 0)
        outer.setSpacing(SPACE)
        head = QVBoxLayout()
        head.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        head.setSpacing(SPACE)
        head.addWidget(self.identity)
        self._alert_room.addWidget(self.name_alert)
        head.addLayout(self._alert_room)
        outer.addLayout(head)
        outer.addWidget(self.scroll_area, 1)
        self._treatments.setSpacing(int(1.5 * SPACE))
        self._treatments.addWidget(self.programs, 3)
        self._treatments.addWidget(self.medication, 2)
        _column(
            self.trial,
            (
                self.verdict,
                self.signature,
                self.confirmations,
                self.course,
                self.action_row,
                self.timeline,
            ),
            margins=(0, 0, 0, 0),
        )
        column = self.trial.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(self._treatments)
        column.addWidget(self.record)
        margins = (2 * SPACE, SPACE // 2, 2 * SPACE, 2 * SPACE)
        parts = (self.red_flags, self.hint, self.no_trial, self.trial)
        _column(self.page, parts, margins=margins).addStretch(1)
        self.scroll_area.setWidget(self.page)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setObjectName("workspace.scroll")
        self.scroll_area.setAccessibleName(self.tr("Patient"))


def _column(
    widget: QWidget, parts: tuple[QWidget, ...], *, margins: tuple[int, int, int, int]
) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(*margins)
    layout.setSpacing(int(1.5 * SPACE))
    for part in parts:
        layout.addWidget(part)
    return layout
