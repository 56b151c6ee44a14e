"""The timeline: programs, check-ins, events and changes, newest first."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from scs_trial.services.review_trial import TimelineEntry
from scs_trial.ui.workspace.rows_card import RowsCard
from scs_trial.ui.workspace.words import moment_text

FEW = 8
"""Entries shown until all are asked for."""


class TimelineCard(RowsCard):
    """The newest entries, or all of them; check-ins and safety events can be opened.

    Signals
    -------
    entry_opened
        The `TimelineEntry` that is to be read or corrected.
    """

    entry_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Timeline"), parent, name="workspace.timeline", stretch=(0, 1))
        self._entries: tuple[TimelineEntry, ...] = ()
        self._today: date | None = None
        self._all = False
        self.set_remark(self.tr("programs, check-ins, events, changes"))
        self._more = self.add_header_button("", "workspace.timeline.more")
        self._more.clicked.connect(self._on_more_clicked)
        self.row_opened.connect(self._on_row_opened)

    def show_entries(self, entries: tuple[TimelineEntry, ...], today: date) -> None:
        """Show a timeline, newest first."""
        self._entries, self._today = entries, today
        self._show()

    def _show(self) -> None:
        shown = self._entries if self._all else self._entries[:FEW]
        self.show_rows(
            [(self._when(entry), _words(entry)) for entry in shown],
            empty=self.tr("Nothing has happened yet."),
            opens=[place for place, entry in enumerate(shown) if _opens(entry)],
        )
        hidden = len(self._entries) > FEW
        self._more.setVisible(hidden)
        words = (
            self.tr("Newest only")
            if self._all
            else self.tr("Show all {0}").format(len(self._entries))
        )
        self._more.setText(words)
        self._more.setAccessibleName(words)

    def _when(self, entry: TimelineEntry) -> str:
        at, time = entry.at, " HH:mm" if entry.timed else ""
        if at.date() == self._today:
            return self.tr("Today") + (moment_text(at, time) if entry.timed else "")
        near = self._today is not None and abs((self._today - at.date()).days) < 180
        return moment_text(at, f"ddd d MMM{time}" if near else f"d MMM yyyy{time}")

    @Slot(int)
    def _on_row_opened(self, place: int) -> None:
        self.entry_opened.emit(self._entries[place])

    @Slot()
    def _on_more_clicked(self) -> None:
        self._all = not self._all
        self._show()


def _opens(entry: TimelineEntry) -> bool:
    return entry.check_in_id is not None or entry.event_id is not None


def _words(entry: TimelineEntry) -> str:
    return f"{entry.text} ({entry.who})" if entry.who else entry.text
