"""The sheets of a page, one under the other, as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from scs_trial.ui.theme import SPACE, Colour, colour

_WIDEST = 1000


class SheetView(QWidget):
    """One sheet, drawn to the width that it is given.

    Parameters
    ----------
    picture
        The sheet as PNG.
    name
        What a screen reader calls it, e.g. ``"Sheet 1 of 2"``.
    """

    def __init__(self, picture: bytes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage.fromData(picture)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_width(self, width: int) -> None:
        """Take a width; the height follows the sheet."""
        self.setFixedSize(QSize(width, self._height_at(width)))

    def _height_at(self, width: int) -> int:
        return round(width * self._image.height() / max(self._image.width(), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet with a thin edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        scaled = self._image.scaled(
            (QSize(self.size()) * ratio),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(QRectF(self.rect()), scaled)
        painter.setPen(colour(Colour.LINE, self))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class SheetsView(QScrollArea):
    """Shows the sheets; arrow keys, Page Up and Page Down scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheets: list[SheetView] = []

    def set_sheets(self, pictures: Sequence[bytes]) -> None:
        """Show other sheets, from the first one on."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(2 * SPACE)
        self._sheets = [
            SheetView(picture, self.tr("Sheet {} of {}").format(number, len(pictures)), inner)
            for number, picture in enumerate(pictures, start=1)
        ]
        for sheet in self._sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(inner)
        self._fit()

    def sheet_count(self) -> int:
        """Return how many sheets are shown."""
        return len(self._sheets)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sheets to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = min(self.viewport().width() - 4 * SPACE, _WIDEST)
        for sheet in self._sheets:
            sheet.set_width(max(width, SPACE))
        inner = self.widget()
        if inner is not None and (column := inner.layout()) is not None:
            column.invalidate()
            column.activate()
            inner.resize(inner.width(), max(column.sizeHint().height(), self.viewport().height()))
