"""The timeline: programs, check-ins, events and changes, newest first."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from scs_trial.services.review_trial import TimelineEntry
from scs_trial.ui.workspace.rows_card import RowsCard
from scs_trial.ui.workspace.words import moment_text

FEW = 8
"""Entries shown until all are asked for."""


class TimelineCard(RowsCard):
    """The newest entries, or all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Timeline"), parent, name="workspace.timeline", stretch=(0, 1))
        self._entries: tuple[TimelineEntry, ...] = ()
        self._today: date | None = None
        self._all = False
        self.set_remark(self.tr("programs, check-ins, events, changes"))
        self._more = self.add_header_button("", "workspace.timeline.more")
        self._more.clicked.connect(self._on_more_clicked)

    def show_entries(self, entries: tuple[TimelineEntry, ...], today: date) -> None:
        """Show a timeline, newest first."""
        self._entries, self._today = entries, today
        self._show()

    def _show(self) -> None:
        shown = self._entries if self._all else self._entries[:FEW]
        self.show_rows(
            [(self._when(entry.at), _words(entry)) for entry in shown],
            empty=self.tr("Nothing has happened yet."),
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

    def _when(self, at: datetime) -> str:
        if at.date() == self._today:
            return self.tr("Today {0}").format(moment_text(at, "HH:mm"))
        near = self._today is not None and abs((self._today - at.date()).days) < 180
        return moment_text(at, "ddd d MMM HH:mm" if near else "d MMM yyyy HH:mm")

    @Slot()
    def _on_more_clicked(self) -> None:
        self._all = not self._all
        self._show()


def _words(entry: TimelineEntry) -> str:
    return f"{entry.text} ({entry.who})" if entry.who else entry.text
