"""The dry run as tables: what would become of each day, and which cells are refused."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from scs_trial.domain.diary import Phase
from scs_trial.exchange.assistant.model import CellFault
from scs_trial.services.import_types import Count, DayFate, Fate, ValueChange
from scs_trial.ui.models.row_table import RowTable
from scs_trial.ui.text import shown

_DASH = "–"
_MOST_ROWS = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("FateTables", text)


class DaysModel(RowTable[DayFate]):
    """A row for each day of the file."""

    COLUMNS = ("Patient", "Placement", "Day", "Phase", "What happens", "Values", "Rows in file")

    def texts(self, row: DayFate) -> tuple[str, ...]:
        """Return the text of each column."""
        words = {
            Fate.NEW: _tr("new"),
            Fate.CHANGED: _tr("would change"),
            Fate.UNCHANGED: _tr("the same already"),
        }
        values = [_change(one) for one in row.changes]
        if row.note_changes:
            values.append(_tr("note"))
        rows = [str(number) for number in row.rows[:_MOST_ROWS]]
        more = "…" if len(row.rows) > _MOST_ROWS else ""
        return tuple(
            shown(text, one_line=True)
            for text in (
                row.patient,
                row.trial_start.isoformat(),
                row.day.isoformat(),
                _tr("baseline") if row.phase is Phase.BASELINE else _tr("trial"),
                words[row.fate],
                ", ".join(values),
                ", ".join(rows) + more,
            )
        )


class FaultsModel(RowTable[CellFault]):
    """A row for each refused cell."""

    COLUMNS = ("Row", "Column", "Cell", "Why it is refused")

    def texts(self, row: CellFault) -> tuple[str, ...]:
        """Return the text of each column."""
        texts = (str(row.row) if row.row else _DASH, row.column or _DASH, row.value, row.reason)
        return tuple(shown(text, one_line=True) for text in texts)


def table(model: RowTable[object], name: str, title: str, parent: QWidget) -> QTableView:
    """Return a read-only table whose last column takes the room that is left."""
    made = QTableView(parent)
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setModel(model)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.verticalHeader().hide()
    header = made.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


def counted(counts: Mapping[Count, int], *wanted: Count) -> str:
    """Return the counts that are not zero in words, e.g. "1 new trial, 4 new days"."""
    return ", ".join(
        f"{number} {what.value.removesuffix('s') if number == 1 else what.value}"
        for what in wanted or Count
        if (number := counts.get(what, 0))
    )


def _change(one: ValueChange) -> str:
    said = _DASH if one.said is None else f"{one.said:f}"
    if one.held is None:
        return f"{one.series} {said}"
    return f"{one.series} {one.held:f} → {said}"
