"""The start page as a flat list model: a heading for each section, then its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from scs_trial.services.today import Section, TodayList, TodayRow
from scs_trial.ui.locale_words import days_in_locale, in_locale
from scs_trial.ui.text import shown

SECTION_TITLES = {
    Section.SAFETY: "Open safety events",
    Section.DUE: "Check-in due",
    Section.OVERDUE: "Overdue",
    Section.ENDING: "Ending",
    Section.AFTER_REMOVAL: "Call after lead removal",
    Section.AWAITING: "Awaiting diary or decision",
    Section.DONE: "Checked in today",
}

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a section with the number of its rows."""

    section: Section
    title: str
    count: int


class TodayRole(IntEnum):
    """Roles beyond Qt's own."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    """The `Heading` or `TodayRow` itself, for the painter."""
    PATIENT_ID = Qt.ItemDataRole.UserRole + 2


class TodayModel(QAbstractListModel):
    """Headings and rows in the order of the page; headings can't be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Heading | TodayRow] = []

    def set_list(self, today: TodayList) -> None:
        """Show another state of the record."""
        self.beginResetModel()
        self._entries = []
        for section in Section:
            rows = today.in_section(section)
            if rows:
                title = SECTION_TITLES[section]
                self._entries.append(Heading(section=section, title=title, count=len(rows)))
                self._entries.extend(_in_locale(row) for row in rows)
        self.endResetModel()

    def clear(self) -> None:
        """Show nobody."""
        self.beginResetModel()
        self._entries = []
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of headings and rows."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let rows be chosen and headings not."""
        if not isinstance(self.entry(index), TodayRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's text, its spoken text, or the entry itself."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == TodayRole.ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title if isinstance(entry, Heading) else _name(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry)
        if role == TodayRole.PATIENT_ID and isinstance(entry, TodayRow):
            return entry.patient.id
        return None

    def entry(self, index: _Index) -> Heading | TodayRow | None:
        """Return what stands at an index."""
        if not index.isValid() or not 0 <= index.row() < len(self._entries):
            return None
        return self._entries[index.row()]

    def position_of(self, patient_id: UUID) -> QModelIndex:
        """Return where a patient stands first; an invalid index when nowhere."""
        for position, entry in enumerate(self._entries):
            if isinstance(entry, TodayRow) and entry.patient.id == patient_id:
                return self.index(position)
        return QModelIndex()

    def next_to_call(self, after: UUID | None) -> TodayRow | None:
        """Return the next row with a day to ask about, wrapping around; None when all are done."""
        waiting = [
            entry
            for entry in self._entries
            if isinstance(entry, TodayRow) and entry.section in (Section.DUE, Section.OVERDUE)
        ]
        others = [entry for entry in waiting if entry.patient.id != after]
        return others[0] if others else None

    def due_days(self, trial_id: UUID | None) -> tuple[date, ...]:
        """Return the days of a trial that are still to be asked about, oldest first."""
        rows = [entry for entry in self._entries if isinstance(entry, TodayRow)]
        due = (row.due_days for row in rows if row.trial_id == trial_id and row.due_days)
        return next(due, ())


def _in_locale(row: TodayRow) -> TodayRow:
    """Return a row with days and figures as the locale writes them.

    The MRN, and in an open safety event the finding, stay as they were typed.
    """
    mrn, dot, rest = row.detail.rpartition(f"MRN {row.patient.mrn}")
    derived = row.section is not Section.SAFETY
    return replace(
        row,
        badge=days_in_locale(row.badge),
        detail=f"{mrn}{dot}{days_in_locale(rest)}" if derived else row.detail,
        figure=in_locale(row.figure),
        call=days_in_locale(row.call),
    )


def _spoken(entry: Heading | TodayRow) -> str:
    if isinstance(entry, Heading):
        return f"{entry.title}, {entry.count}"
    age = "" if entry.age is None else f"{entry.age} years"
    parts = [entry.patient.name, age, entry.badge, entry.detail, entry.call, entry.figure]
    return shown(", ".join(part for part in parts if part), one_line=True)


def _name(row: TodayRow) -> str:
    return shown(row.patient.name, one_line=True)
