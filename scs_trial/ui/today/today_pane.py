"""The start page: the list of today with a search box above it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from scs_trial.services.today import TodayList, TodayRow
from scs_trial.ui.theme import SPACE
from scs_trial.ui.today.row_painter import RowPainter
from scs_trial.ui.today.search_box import SearchBox
from scs_trial.ui.today.today_model import TodayModel, TodayRole
from scs_trial.ui.widgets.banner import EmptyState


class TodayPane(QWidget):
    """Whom to call and what is pending.

    Signals
    -------
    row_chosen
        A `TodayRow` was chosen by key or click.
    search_requested
        The search box was entered; the caller opens the search.
    new_trial_requested
        The empty state's button was pressed.
    emergency_requested
        The button was pressed by somebody to whom patients are closed.
    """

    row_chosen = Signal(object)
    search_requested = Signal()
    new_trial_requested = Signal()
    emergency_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, reads_only: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._search = SearchBox(self)
        self._model = TodayModel()
        self._view = QListView(self)
        self._view.setObjectName("today.list")
        self._view.setAccessibleName("Today's patients")
        self._view.setModel(self._model)
        self._view.setItemDelegate(RowPainter(self._view))
        self._view.setFrameShape(QListView.Shape.NoFrame)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setUniformItemSizes(False)
        self._empty = EmptyState(
            "Nobody is in a trial",
            "Find an earlier patient with Ctrl+K."
            if reads_only
            else "Start a trial, import a diary, or find an earlier patient with Ctrl+K.",
            icon="user-plus",
            button="" if reads_only else "New trial",
        )
        self._empty.setObjectName("today.empty")
        self._closed = EmptyState(
            "Patients are closed to this account",
            "It manages the record. A nurse or a clinician works with patients; in an emergency"
            " you can read them for an hour, with a reason.",
            icon="lock",
            button="Open in an emergency…",
        )
        self._closed.setObjectName("today.closed")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, round(1.5 * SPACE), 0, 0)
        layout.setSpacing(SPACE)
        top = QVBoxLayout()
        top.setContentsMargins(round(1.5 * SPACE), 0, round(1.5 * SPACE), 0)
        top.addWidget(self._search)
        layout.addLayout(top)
        layout.addWidget(self._view, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._closed, 1)
        self._empty.hide()
        self._closed.hide()
        self._closed.triggered.connect(self.emergency_requested)
        self._search.activated.connect(self.search_requested)
        self._empty.triggered.connect(self.new_trial_requested)
        self._view.activated.connect(self._on_view_activated)
        self._view.clicked.connect(self._on_view_activated)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows again: how many lines one needs follows from the width."""
        super().resizeEvent(event)
        self._view.scheduleDelayedItemsLayout()

    def show_list(self, today: TodayList) -> None:
        """Show another state of the record and keep the chosen patient chosen."""
        chosen = self._view.currentIndex().data(TodayRole.PATIENT_ID)
        self._model.set_list(today)
        self._closed.hide()
        self._view.setVisible(bool(today.rows))
        self._empty.setVisible(not today.rows)
        if chosen is not None:
            self.mark_patient(chosen)

    def show_closed(self) -> None:
        """Show nobody, to somebody who may not read patients."""
        self._model.clear()
        self._view.hide()
        self._empty.hide()
        self._closed.show()

    def mark_patient(self, patient_id: UUID) -> None:
        """Mark the patient whose workspace is open."""
        index = self._model.position_of(patient_id)
        if index.isValid():
            self._view.setCurrentIndex(index)
        else:
            self._view.clearSelection()
            self._view.setCurrentIndex(QModelIndex())

    def next_to_call(self, after: UUID | None) -> TodayRow | None:
        """Return the next row with a day to ask about."""
        return self._model.next_to_call(after)

    def due_days(self, trial_id: UUID | None) -> tuple[date, ...]:
        """Return the days of a trial that are still to be asked about, oldest first."""
        return self._model.due_days(trial_id)

    def focus_list(self) -> None:
        """Put the keyboard into the list, on its first row where none is chosen."""
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._view.currentIndex().isValid() and self._model.rowCount() > 1:
            self._view.setCurrentIndex(self._model.index(1))

    @Slot(QModelIndex)
    def _on_view_activated(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if isinstance(entry, TodayRow):
            self.row_chosen.emit(entry)
