"""Cards that list things in columns of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

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
    """

    def __init__(
        self, title: str, parent: QWidget | None = None, *, name: str, stretch: Sequence[int]
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self._stretch = tuple(stretch)
        self._remark = PlainLabel("", self, role=Colour.MUTED, size=TextSize.SMALL)
        self.header.addWidget(self._remark, 1)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(2 * SPACE)
        self.grid.setVerticalSpacing(4)
        for column, share in enumerate(self._stretch):
            self.grid.setColumnStretch(column, share)
        self.body.addLayout(self.grid)
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
        self, rows: Sequence[Sequence[str]], *, head: Sequence[str] = (), empty: str = ""
    ) -> None:
        """Show these rows instead of the ones before."""
        self._clear()
        if not rows:
            label = PlainLabel(empty, self, role=Colour.MUTED, wrap=True)
            self._put(label, 0, 0, span=len(self._stretch))
            return
        for column, text in enumerate(head):
            label = PlainLabel(text, self, role=Colour.MUTED, size=TextSize.SMALL)
            self._put(label, 0, column)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                self._put(self._cell(text, column), number, column)

    def _put(self, label: PlainLabel, row: int, column: int, *, span: int = 1) -> None:
        self.grid.addWidget(label, row, column, 1, span)
        label.show()  # at once: a layout shows new widgets one turn later, which flickers

    def _cell(self, text: str, column: int) -> PlainLabel:
        first = column == 0
        label = PlainLabel(
            text,
            self,
            role=Colour.MUTED if first and self._stretch[0] == 0 else Colour.TEXT,
            weight=QFont.Weight.Normal,
            wrap=self._stretch[column] > 0,
        )
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if self._stretch[column] == 0:
            label.setMinimumWidth(label.sizeHint().width())
        return label

    def _clear(self) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
