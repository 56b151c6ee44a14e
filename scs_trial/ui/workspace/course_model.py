"""The day table of a course as an item model."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from scs_trial.domain.course import Cell, CellState, Course, CourseRow, DayColumn
from scs_trial.ui.locale_words import days_in_locale, in_locale
from scs_trial.ui.text import plain_tool_tip
from scs_trial.ui.workspace.words import day_text, exact

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
TITLE, BASELINE, FIRST_DAY = 0, 1, 2


class CourseRole(IntEnum):
    """Roles beside Qt's own."""

    CELL = Qt.ItemDataRole.UserRole
    """The `Cell` of a day, None elsewhere."""
    COLUMN = Qt.ItemDataRole.UserRole + 1
    """The `DayColumn` of a day, None elsewhere."""
    BETTER = Qt.ItemDataRole.UserRole + 2
    """Of the change: True, False or None."""
    PRIMARY = Qt.ItemDataRole.UserRole + 3
    """Whether the row is the one that the criteria test first."""


class CourseModel(QAbstractTableModel):
    """Title, baseline, one column for each day, mean, change.

    A day's cell can be edited; the text is handed on and the model stays as it is until the
    record has changed.
    """

    cell_edited = Signal(object, object, str)
    """Series, date and the text that was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CourseRow, ...] = ()
        self._columns: tuple[DayColumn, ...] = ()
        self._baseline_label = ""
        self._editable = True

    def set_course(self, course: Course) -> None:
        """Show a course; one of the same shape only changes its cells."""
        same = [row.series for row in self._rows] == [row.series for row in course.rows] and [
            c.day_number for c in self._columns
        ] == [c.day_number for c in course.columns]
        if not same:
            self.beginResetModel()
        self._rows, self._columns = course.rows, course.columns
        self._baseline_label = days_in_locale(course.baseline_label)
        if not same:
            self.endResetModel()
            return
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def set_editable(self, editable: bool) -> None:
        """Allow or refuse editing in place."""
        self._editable = editable

    @property
    def days(self) -> tuple[DayColumn, ...]:
        """The day columns."""
        return self._columns

    def row_at(self, number: int) -> CourseRow:
        """Return one row of the course."""
        return self._rows[number]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of series."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of days and four."""
        return 0 if parent.isValid() else len(self._columns) + 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return editable for the days that are not being typed in the form."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        cell = self._cell(index)
        if self._editable and cell is not None and cell.state is not CellState.DRAFT:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, tool tip, words for a screen reader, or one of our roles."""
        if not index.isValid():
            return None
        row, cell = self._rows[index.row()], self._cell(index)
        answers: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: in_locale(self._text(row, index.column())),
            Qt.ItemDataRole.EditRole: lambda: (
                "" if cell is None or cell.value is None else exact(cell.value)
            ),
            Qt.ItemDataRole.ToolTipRole: lambda: plain_tool_tip(self.words(index)),
            Qt.ItemDataRole.AccessibleTextRole: lambda: self.words(index),
            CourseRole.CELL: lambda: cell,
            CourseRole.COLUMN: lambda: self.day_of(index.column()),
            CourseRole.BETTER: lambda: row.change_is_better,
            CourseRole.PRIMARY: lambda: row.is_primary,
        }
        answer = answers.get(role)
        return None if answer is None else answer()

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what was typed; False, for nothing has changed yet."""
        if role != Qt.ItemDataRole.EditRole or str(value).strip() == self.data(index, role):
            return False
        column = self.day_of(index.column())
        if column is not None:
            series = self._rows[index.row()].series
            self.cell_edited.emit(series, column.day, str(value).strip())
        return False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return two lines for each column: what it is, and which day of the trial."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(self.header_lines(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(" ".join(self.header_lines(section, full=True)))
        if role == CourseRole.COLUMN:
            return self.day_of(section)
        return None

    def header_lines(self, section: int, *, full: bool = False) -> tuple[str, str]:
        """Return the two lines of a header."""
        column = self.day_of(section)
        if column is not None:
            pattern = "dddd d MMMM yyyy" if full else "ddd d"
            return day_text(column.day, pattern), self._day_words(column, full=full)
        if section == TITLE:
            return "", ""
        if section == BASELINE:
            return self.tr("Baseline"), self._baseline_label
        mean = section == FIRST_DAY + len(self._columns)
        return (self.tr("Mean"), "") if mean else (self.tr("Change"), "")

    def day_of(self, section: int) -> DayColumn | None:
        """Return the day of a column; None for the other columns."""
        number = section - FIRST_DAY
        return self._columns[number] if 0 <= number < len(self._columns) else None

    def words(self, index: Index) -> str:
        """Return a cell in words, with its exact value."""
        row, column, cell = self._rows[index.row()], self.day_of(index.column()), self._cell(index)
        if column is None or cell is None:
            head = self.header_lines(index.column())[0] or row.title
            text = self._text(row, index.column())
            return in_locale(f"{row.title}, {head}: {text}" if head != row.title else text)
        when = f"{day_text(column.day, 'ddd d MMM')}, {self._day_words(column, full=True)}"
        return f"{row.title}, {when}: {self._cell_words(row, cell)}"

    def _cell(self, index: Index) -> Cell | None:
        number = index.column() - FIRST_DAY
        if not index.isValid() or not 0 <= number < len(self._columns):
            return None
        return self._rows[index.row()].cells[number]

    def _text(self, row: CourseRow, section: int) -> str:
        days = len(self._columns)
        if FIRST_DAY <= section < FIRST_DAY + days:
            return row.cells[section - FIRST_DAY].text
        return {
            TITLE: row.title,
            BASELINE: row.baseline_text,
            FIRST_DAY + days: row.mean_text,
        }.get(section, row.change_text)

    def _cell_words(self, row: CourseRow, cell: Cell) -> str:
        state = {
            CellState.RECORDED: "",
            CellState.MISSED: self.tr("declared missed"),
            CellState.EXCLUDED: self.tr("not counted, stimulation was off"),
            CellState.OPEN: self.tr("no value yet"),
            CellState.EMPTY: self.tr("no value"),
            CellState.DRAFT: self.tr("not saved yet"),
        }[cell.state]
        if cell.value is None:
            return state
        value = f"{exact(cell.value)} {row.unit}".strip()
        return f"{value}, {state}" if state else value

    def _day_words(self, column: DayColumn, *, full: bool) -> str:
        day = self.tr("day {0}").format(column.day_number)
        remarks = []
        if column.is_asked:
            remarks.append(self.tr("asking"))
        if column.is_today:
            remarks.append(self.tr("today"))
        if full:
            return ", ".join([day, *remarks])
        return remarks[0] if remarks else day
