"""One line of the verdict card: symbol, word, criterion, figure, range bar, remark."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from scs_trial.domain.result import Status
from scs_trial.domain.verdict import VerdictLine
from scs_trial.ui.locale_words import in_locale
from scs_trial.ui.theme import Colour
from scs_trial.ui.widgets import PlainLabel, TextSize
from scs_trial.ui.workspace.range_bar import RangeBar

_ROLES = {
    Status.MET: Colour.GOOD,
    Status.NOT_MET: Colour.DANGER,
    Status.NOT_ASSESSABLE: Colour.NEUTRAL,
}
_TITLE, _VALUE = 22, 30
"""Widths in characters up to which a criterion and its figure stand in one line."""
ROWS = 3
"""Grid rows that a line takes: the others for remark and bar where it is narrow."""


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
        self._value = PlainLabel("", parent, weight=QFont.Weight.DemiBold, wrap=True)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for label in (self._status, self._title):
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._bar = RangeBar(parent)
        self._remark = PlainLabel("", parent, size=TextSize.SMALL, role=Colour.MUTED, wrap=True)
        self._narrow: bool | None = None
        self._has_bar = True
        self._squeezed = False

    def show_line(self, line: VerdictLine) -> None:
        """Show a line."""
        self._status.set_role(_ROLES[line.status])
        self._status.setText(f"{line.symbol} {status_word(line.status)}")
        self._title.setText(in_locale(line.title))
        self._value.setText(in_locale(line.value))
        self._remark.setText(in_locale(line.remark))
        self._keep_lines_whole()
        self._bar.show_line(line)
        has_bar = line.bar is not None
        if has_bar is not self._has_bar:
            self._has_bar = has_bar
            self._bar.setVisible(has_bar)
            if self._narrow is not None:
                self._arrange()

    def squeeze(self, *, squeezed: bool) -> None:
        """Let criterion and figure break into lines, where there is very little room."""
        if squeezed is not self._squeezed:
            self._squeezed = squeezed
            self._keep_lines_whole()
            self._arrange()

    def _keep_lines_whole(self) -> None:
        for label, most in ((self._title, _TITLE), (self._value, _VALUE)):
            metrics = label.fontMetrics()
            wide = metrics.horizontalAdvance(label.text()) + 2
            least = 0 if self._squeezed else min(wide, most * metrics.averageCharWidth())
            label.setMinimumWidth(least)

    def place(self, *, narrow: bool) -> None:
        """Stand in one row, or with bar and remark below where it is narrow."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._arrange()

    def _arrange(self) -> None:
        """Put the parts into the grid; the bar gets a line of its own where it is squeezed."""
        for widget in self.widgets():
            self._grid.removeWidget(widget)
        row = self._row
        self._grid.addWidget(self._status, row, 0)
        if self._squeezed:
            self._grid.addWidget(self._title, row, 1, 1, 4)
            self._grid.addWidget(self._value, row + 1, 1, 1, 2)
            self._grid.addWidget(self._bar, row + 1, 3, 1, 2)
            self._grid.addWidget(self._remark, row + 2, 1, 1, 4)
            return
        self._grid.addWidget(self._title, row, 1)
        self._grid.addWidget(self._value, row, 2)
        if self._narrow:
            self._grid.addWidget(self._bar, row, 3, 1, 2)
            self._grid.addWidget(self._remark, row + 1, 1, 1, 4)
        elif self._has_bar:
            self._grid.addWidget(self._bar, row, 3)
            self._grid.addWidget(self._remark, row, 4)
        else:
            self._grid.addWidget(self._remark, row, 3, 1, 2)
        for widget in self.widgets():
            widget.setVisible(widget is not self._bar or self._has_bar)

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
