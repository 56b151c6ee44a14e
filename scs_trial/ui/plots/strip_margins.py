"""What stands beside a strip: title and scale on the left, names of the lines on the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from scs_trial.ui.locale_words import in_locale
from scs_trial.ui.plots.strip_content import StripContent
from scs_trial.ui.theme import Colour, colour

_GAP = 6.0
_MORE_LINES = (64, 74, 150)
"""Heights from which a title may take two, three and four lines."""
_SMALL = 0.86


class StripLegend(QWidget):
    """Title, remark and the numbers of the scale, left of a strip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: StripContent | None = None

    def show_content(self, content: StripContent) -> None:
        """Show another strip."""
        self._content = content
        self.setAccessibleName(f"{content.title}, {content.remark}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return no wish of its own: the sheet decides."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title, remark and scale."""
        if self._content is None:
            return
        painter = QPainter(self)
        room = self._draw_scale(painter, self._content)
        width = self.width() - room - _GAP
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value
        painter.setFont(bold)
        painter.setPen(colour(Colour.TEXT, self))
        metrics = QFontMetricsF(bold)
        title = self._content.title
        lines = 1 + sum(self.height() > enough for enough in _MORE_LINES)
        high = metrics.lineSpacing() * lines + 1
        box = painter.boundingRect(QRectF(0, 4, width, 1000), flags, title)
        if box.height() > high:
            title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)
            box.setHeight(metrics.lineSpacing())
        painter.drawText(QRectF(0, 4, width, high), flags, title)
        painter.setFont(_small(self.font()))
        painter.setPen(colour(Colour.MUTED, self))
        top = 6 + box.height()
        painter.drawText(QRectF(0, top, width, self.height() - top), flags, self._content.remark)

    def _draw_scale(self, painter: QPainter, content: StripContent) -> float:
        painter.setFont(_small(self.font()))
        painter.setPen(colour(Colour.MUTED, self))
        metrics = QFontMetricsF(painter.font())
        widest, line = 0.0, metrics.height()
        for value, y in scale_places(content, line, self.height()):
            text = in_locale(f"{value:g}")
            wide = metrics.horizontalAdvance(text)
            widest = max(widest, wide)
            rect = QRectF(self.width() - wide - _GAP, y - line / 2, wide + 1, line)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight, text)
        return widest + _GAP


def scale_places(content: StripContent, line: float, height: float) -> list[tuple[float, float]]:
    """Return value and middle of the numbers of a scale: both ends, and between them what fits."""
    steps = round((content.high - content.low) / content.step)
    fits = [n for n in range(1, steps + 1) if steps % n == 0 and height * n / steps > 1.2 * line]
    every = fits[0] if fits else steps
    values = [content.low + content.step * n for n in range(0, steps + 1, every)]
    half = line / 2
    return [(value, min(max(content.y_of(value, height), half), height - half)) for value in values]


class StripLabels(QWidget):
    """Names of the baseline and the threshold line, right of a strip at their heights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: StripContent | None = None

    def show_content(self, content: StripContent) -> None:
        """Show another strip."""
        self._content = content
        words = [content.baseline_text, content.threshold_text]
        self.setAccessibleName(", ".join(word for word in words if word))
        self.update()

    def sizeHint(self) -> QSize:
        """Return no wish of its own: the sheet decides."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names, apart from each other where the lines are near."""
        if self._content is None:
            return
        painter = QPainter(self)
        font = _small(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for text, y, role in label_places(self._content, metrics.height(), self.height()):
            painter.setPen(colour(role, self))
            width = self.width() - _GAP
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            rect = QRectF(_GAP, y - metrics.height() / 2, width, metrics.height())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)


def label_places(
    content: StripContent, line: float, height: float
) -> list[tuple[str, float, Colour]]:
    """Return text, middle and colour of each name; near ones are moved apart evenly."""
    found: list[tuple[str, float, Colour]] = []
    if content.baseline is not None:
        found.append((content.baseline_text, content.y_of(content.baseline, height), Colour.MUTED))
    if content.threshold is not None:
        found.append((content.threshold_text, content.y_of(content.threshold, height), Colour.GOOD))
    found.sort(key=lambda place: place[1])
    if len(found) == 2 and found[1][1] - found[0][1] < line:
        middle = (found[0][1] + found[1][1]) / 2
        middle = min(max(middle, line), height - line)
        found = [
            (found[0][0], middle - line / 2, found[0][2]),
            (found[1][0], middle + line / 2, found[1][2]),
        ]
    half = line / 2
    return [(text, min(max(y, half), height - half), role) for text, y, role in found]


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    return small
