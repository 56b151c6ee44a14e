"""The list of keys, shown with "?"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from scs_trial.ui.theme import SPACE, Colour
from scs_trial.ui.widgets.labels import PlainLabel, TextSize


def entry_keys(where: QWidget) -> tuple[tuple[str, str], ...]:
    """Return (key, text) of the keys inside fields, which are no commands."""
    return (
        ("0 … 9", where.tr("score; 1 then 0 is ten")),
        (". or ,", where.tr("half a point more")),
        ("Y  N", where.tr("answer a question")),
        (where.tr("Space"), where.tr("confirm a grey suggestion")),
        (where.tr("Backspace"), where.tr("empty again")),
        (where.tr("Enter  Tab"), where.tr("next field")),
        ("Alt+Down", where.tr("calendar of a date")),
    )


class KeyList(QDialog):
    """Every key of the program on one page.

    Parameters
    ----------
    keys
        (key, text) pairs of the commands.
    """

    def __init__(self, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("key_list")
        self.setAccessibleName(self.tr("Keys"))
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        for row, (key, text) in enumerate((*keys, *entry_keys(self))):
            grid.addWidget(PlainLabel(key, page, weight=QFont.Weight.DemiBold), row, 0)
            grid.addWidget(PlainLabel(text, page, role=Colour.MUTED), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setObjectName("key_list.area")
        area.setAccessibleName(self.tr("Keys"))
        area.setWidgetResizable(True)
        area.setWidget(page)
        close = QPushButton(self.tr("Close"), self)
        close.setObjectName("key_list.close")
        close.setAccessibleName(close.text())
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.addWidget(
            PlainLabel(self.tr("Keys"), self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold)
        )
        layout.addWidget(area, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(440, 560)
