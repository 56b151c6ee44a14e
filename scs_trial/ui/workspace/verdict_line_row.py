"""One line of the verdict card: symbol, word, criterion, figure, range bar, remark."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from scs_trial.domain.result import Status
from scs_trial.domain.verdict import VerdictLine
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import PlainLabel, TextSize
from scs_trial.ui.workspace.range_bar import RangeBar
from scs_trial.ui.workspace.words import in_locale

_ROLES = {
    Status.MET: Colour.GOOD,
    Status.NOT_MET: Colour.DANGER,
    Status.NOT_ASSESSABLE: Colour.NEUTRAL,
}
_TITLE, _VALUE = 22, 30
"""Widths in characters up to which a criterion and its figure stand in one line."""
ROWS = 2
"""Grid rows that a line takes: the second for the remark where it is narrow."""


class VerdictLineRow:
    """The labels of one line in the card's grid; changed in place while somebody types.

    Parameters
    ----------
    grid
        The card's grid.
    row
        First of its grid rows.
    parent
        The card.
    """

    def __init__(self, grid: QGridLayout, row: int, parent: QWidget) -> None:
        self._grid, self._row = grid, row
        self._status = PlainLabel("", parent, weight=QFont.Weight.DemiBold)
        self._title = PlainLabel("", parent, wrap=True)
        self._value = PlainLabel("", parent, weight=QFont.Weight.DemiBold)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._bar = RangeBar(parent)
        self._remark = PlainLabel("", parent, size=TextSize.SMALL, role=Colour.MUTED, wrap=True)
        self._narrow: bool | None = None
        self._has_bar = True

    def show_line(self, line: VerdictLine) -> None:
        """Show a line."""
        self._status.set_role(_ROLES[line.status])
        self._status.setText(f"{line.symbol} {status_word(line.status)}")
        self._title.setText(in_locale(line.title))
        self._value.setText(in_locale(line.value))
        self._remark.setText(in_locale(line.remark))
        for label, most in ((self._title, _TITLE), (self._value, _VALUE)):
            wide = label.fontMetrics().horizontalAdvance(label.text()) + 2
            label.setMinimumWidth(min(wide, most * label.fontMetrics().averageCharWidth()))
        self._bar.show_line(line)
        has_bar = line.bar is not None
        if has_bar is not self._has_bar:
            self._has_bar = has_bar
            self._bar.setVisible(has_bar)
            if self._narrow is not None:
                narrow, self._narrow = self._narrow, None
                self.place(narrow=narrow)

    def place(self, *, narrow: bool) -> None:
        """Stand in one row, or with bar and remark below where it is narrow."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        top = Qt.AlignmentFlag.AlignTop
        for widget in self.widgets():
            self._grid.removeWidget(widget)
        self._grid.addWidget(self._status, self._row, 0, top)
        self._grid.addWidget(self._title, self._row, 1, top)
        self._grid.addWidget(self._value, self._row, 2, top)
        row, column = (self._row + 1, 1) if narrow else (self._row, 3)
        if self._has_bar:
            self._grid.addWidget(self._bar, row, column, Qt.AlignmentFlag.AlignVCenter)
        place = (row, column + 1, 1, 1) if self._has_bar else (row, column, 1, 2)
        if narrow:
            place = (row, column + 1, 1, 3) if self._has_bar else (row, column, 1, 4)
        self._grid.addWidget(self._remark, *place, Qt.AlignmentFlag.AlignVCenter)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return everything that belongs to the line."""
        return (self._status, self._title, self._value, self._bar, self._remark)


def status_word(status: Status) -> str:
    """Return the word beside the symbol."""
    words = {
        Status.MET: _tr("met"),
        Status.NOT_MET: _tr("not met"),
        Status.NOT_ASSESSABLE: _tr("not assessable"),
    }
    return words[status]


def _tr(text: str) -> str:
    return QCoreApplication.translate("VerdictCard", text)
