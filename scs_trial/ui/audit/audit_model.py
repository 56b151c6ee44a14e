"""The rows of the audit trail as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from scs_trial.services.audit_view import AuditLine
from scs_trial.ui.text import shown

_Index = QModelIndex | QPersistentModelIndex
_COLUMNS = ("No.", "When", "Who", "Did", "What", "Patient", "Reason", "Computer")


class AuditModel(QAbstractTableModel):
    """The rows found, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[AuditLine] = ()

    def set_lines(self, lines: Sequence[AuditLine]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> AuditLine | None:
        """Return the line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell."""
        line = self.line(index.row())
        if line is None or not index.isValid():
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        texts = (
            str(line.seq),
            f"{line.at:%Y-%m-%d %H:%M:%S}",
            line.actor,
            line.action.replace("_", " "),
            line.entity.replace("_", " "),
            line.patient,
            line.reason,
            line.workstation,
        )
        return shown(texts[index.column()], one_line=True)
