"""Cards that list things in columns of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QWidget

from scs_trial.ui.icons import icon
from scs_trial.ui.text import set_plain_tool_tip
from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets import Card, PlainLabel, TextSize


class RowsCard(Card):
    """A titled card with a grid of text: a head, rows, and words for "nothing yet".

    Parameters
    ----------
    title
        Heading.
    name
        Object name.
    stretch
        Share of the width for each column; 0 takes what its text needs on one line.

    Signals
    -------
    row_opened
        Number of the row whose arrow was pressed, from 0.
    """

    row_opened = Signal(int)

    def __init__(
        self, title: str, parent: QWidget | None = None, *, name: str, stretch: Sequence[int]
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self._stretch = tuple(stretch)
        self._remark = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL)
        self.header.addWidget(self._remark, 1)
        self._sheet = QWidget(self)
        self.body.addWidget(self._sheet)
        self.body.addStretch(1)

    def set_remark(self, text: str) -> None:
        """Say something quietly beside the title."""
        self._remark.setText(text)

    def add_header_button(self, text: str, name: str) -> QPushButton:
        """Add a button right of the title."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        self.header.addWidget(button)
        return button

    def show_rows(
        self,
        rows: Sequence[Sequence[str]],
        *,
        head: Sequence[str] = (),
        empty: str = "",
        opens: Sequence[int] = (),
    ) -> None:
        """Show these rows instead of the ones before; those numbered in ``opens`` have an arrow.

        They are made on a new sheet that is shown once: every single label that is shown would
        lay out the whole page.
        """
        sheet = QWidget(self)
        grid = self._new_grid(sheet)
        for column, text in enumerate(head if rows else ()):
            label = PlainLabel(text, sheet, role=Colour.MUTED, size=TextSize.SMALL)
            grid.addWidget(label, 0, column)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                grid.addWidget(self._cell(text, column, sheet), number, column)
        for place in opens:
            grid.addWidget(self._arrow(place, rows[place], sheet), place + 1, len(self._stretch))
        if not rows:
            label = PlainLabel(empty, sheet, role=Colour.MUTED, wrap=True)
            grid.addWidget(label, 0, 0, 1, len(self._stretch))
        self.body.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = sheet
        sheet.show()

    def _new_grid(self, sheet: QWidget) -> QGridLayout:
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(4)
        for column, share in enumerate(self._stretch):
            grid.setColumnStretch(column, share)
        return grid

    def _arrow(self, place: int, row: Sequence[str], sheet: QWidget) -> QToolButton:
        arrow = QToolButton(sheet)
        arrow.setObjectName(f"{self.objectName()}.open.{place}")
        arrow.setAccessibleName(self.tr("Open: {0}").format(", ".join(row)))
        set_plain_tool_tip(arrow, self.tr("Open"))
        arrow.setIcon(icon("chevron-right"))
        arrow.setIconSize(QSize(14, 14))
        arrow.setAutoRaise(True)
        arrow.setProperty("place", place)
        arrow.clicked.connect(self._on_arrow_clicked)
        return arrow

    @Slot()
    def _on_arrow_clicked(self) -> None:
        self.row_opened.emit(int(self.sender().property("place")))

    def _cell(self, text: str, column: int, sheet: QWidget) -> PlainLabel:
        first = column == 0
        label = PlainLabel(
            text,
            sheet,
            role=Colour.MUTED if first and self._stretch[0] == 0 else Colour.TEXT,
            wrap=self._stretch[column] > 0,
        )
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if self._stretch[column] == 0:
            label.setMinimumWidth(label.sizeHint().width())
        return label
