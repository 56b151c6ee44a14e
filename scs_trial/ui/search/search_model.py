"""What the search found: patients first, then commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from scs_trial.ui.text import shown

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line: a patient (``patient_id``) or a command (``command``)."""

    title: str
    detail: str
    shortcut: str = ""
    patient_id: UUID | None = None
    trial_id: UUID | None = None
    command: str | None = None


class FoundRole(IntEnum):
    """Roles beyond Qt's own."""

    FOUND = Qt.ItemDataRole.UserRole + 1


class SearchModel(QAbstractListModel):
    """The lines found for the text typed so far."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Found] = ()

    def set_found(self, found: Sequence[Found]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the spoken text or the line itself."""
        found = self.found(index)
        if found is None:
            return None
        if role == FoundRole.FOUND:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(found.title, one_line=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (found.title, found.detail, found.shortcut)
            return shown(", ".join(part for part in parts if part), one_line=True)
        return None

    def found(self, index: _Index) -> Found | None:
        """Return the line at an index."""
        if not index.isValid() or not 0 <= index.row() < len(self._found):
            return None
        return self._found[index.row()]
