"""The first rows of the file, each cell as it stands and as it is understood."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from scs_trial.exchange.assistant.assess import Assessment
from scs_trial.exchange.assistant.model import PreviewCell
from scs_trial.ui.text import shown
from scs_trial.ui.theme import Colour, colour

Index = QModelIndex | QPersistentModelIndex
_LONGEST = 40
_WIDEST = 300


class PreviewModel(QAbstractTableModel):
    """Rows of the preview under the columns of the file."""

    def __init__(self, ink: QWidget) -> None:
        super().__init__(ink)
        self._ink = ink
        self._names: tuple[str, ...] = ()
        self._rows: tuple[tuple[int, bool, bool, tuple[PreviewCell, ...]], ...] = ()

    def show_assessment(self, made: Assessment) -> None:
        """Show what a reading makes of the file."""
        self.beginResetModel()
        self._rows = tuple(
            (row.number, row.header, row.left_out, row.cells) for row in made.preview
        )
        wide = max((len(row[3]) for row in self._rows), default=0)
        heads = {column.number: f"{column.name}\n{column.words}" for column in made.columns}
        self._names = tuple(
            shown(heads.get(number, "")[: 2 * _LONGEST]) for number in range(1, wide + 1)
        )
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._names)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the column's name over what it becomes, or the row's number in the file."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._names[section]
        return str(self._rows[section][0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell: its text, and behind an arrow what it is taken for."""
        if not index.isValid():
            return None
        _, header, left_out, cells = self._rows[index.row()]
        if index.column() >= len(cells):
            return None
        cell = cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = header or left_out
            return colour(
                Colour.DANGER if cell.fault else Colour.MUTED if quiet else Colour.TEXT, self._ink
            )
        return None


def preview_table(parent: QWidget | None) -> QTableView:
    """Return the table; its model is a `PreviewModel`."""
    table = QTableView(parent)
    table.setObjectName("import.preview")
    table.setAccessibleName(table.tr("First rows of the file"))
    table.setModel(PreviewModel(table))
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.horizontalHeader().setMaximumSectionSize(_WIDEST)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    return table


def _text(cell: PreviewCell) -> str:
    text = shown(cell.text, one_line=True)
    if cell.fault:
        return f"✕ {text[:_LONGEST]} — {shown(cell.fault, one_line=True)}"
    understood = shown(cell.value, one_line=True)
    if cell.kind and understood and understood != text:
        return f"{text[:_LONGEST]} → {understood[:_LONGEST]}"
    return text[:_LONGEST]
