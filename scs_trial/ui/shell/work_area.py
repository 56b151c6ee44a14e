"""Rail and pages: everything between menu bar and status line once a record is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from scs_trial.ui.shell.rail import Destination, Rail

TODAY = Destination(id="today", title="Today", icon="calendar-check")
PATIENTS = Destination(id="patients", title="Patients", icon="users")
COHORT = Destination(id="cohort", title="Cohort", icon="chart-column")
CRITERIA = Destination(id="criteria", title="Criteria", icon="scale")
SETTINGS = Destination(id="settings", title="Settings", icon="settings", page=False, at_bottom=True)


class WorkArea(QWidget):
    """The rail and the page that it leads to.

    Parameters
    ----------
    destinations
        Places of the rail, in order.
    pages
        Page of each destination that has one.
    """

    page_shown = Signal(str)
    """Id of the destination that is shown now."""
    opening_requested = Signal(str)
    """Id of a destination without a page (such as the settings) that was pressed."""

    def __init__(
        self,
        destinations: Sequence[Destination],
        pages: Mapping[str, QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("work_area")
        self._pages = dict(pages)
        self.rail = Rail(destinations, self)
        self._stack = QStackedWidget(self)
        for page in self._pages.values():
            self._stack.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        self.rail.chosen.connect(self._on_rail_chosen)
        first = next((d.id for d in destinations if d.id in self._pages), None)
        if first is not None:
            self.show_page(first)

    @property
    def current(self) -> str:
        """Id of the destination that is shown."""
        shown = self._stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is shown), "")

    def show_page(self, destination_id: str) -> None:
        """Go to a page."""
        self.rail.mark(destination_id)
        self._stack.setCurrentWidget(self._pages[destination_id])
        self.page_shown.emit(destination_id)

    def _on_rail_chosen(self, destination_id: str) -> None:
        if destination_id in self._pages:
            self.show_page(destination_id)
        else:
            self.opening_requested.emit(destination_id)
