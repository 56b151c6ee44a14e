"""The drawn parts of a strip. One horizontal unit is one logical pixel of the plot."""

from __future__ import annotations

from collections.abc import Iterator

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPalette, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem, QGraphicsRectItem

from scs_trial.ui.plots.geometry import Geometry
from scs_trial.ui.plots.strip_content import SAFETY, BandSpan, DayPoint, StripContent
from scs_trial.ui.theme import Colour, colour

_BAR_WIDTH = 7.0
_POINT = 11.0


class StripItems:
    """Makes the items of one strip for one geometry and palette.

    Parameters
    ----------
    content
        What to draw.
    geometry
        Where the days stand.
    palette
        Gives the colours of the scheme.
    font
        For the labels of the programs.
    """

    def __init__(
        self, content: StripContent, geometry: Geometry, palette: QPalette, font: QFont
    ) -> None:
        self._content = content
        self._geometry = geometry
        self._palette = palette
        self._font = font
        self._bottom, self._top = content.low, content.high

    def all(self) -> Iterator[QGraphicsItem]:
        """Return every item, the hindmost first."""
        if self._geometry.total:
            yield from self._bands()
            yield from self._columns()
            yield from self._relief_zone()
            yield from self._band_labels()
        yield from self._grid()
        yield from self._bars()
        yield from self._lines()
        yield from self._baseline()
        yield from self._links()
        yield from self._points()
        yield from self._marks()

    def cursor(self, x: float) -> QGraphicsItem:
        """Return the vertical line of the day that is read out."""
        return self._line(x, self._bottom, x, self._top, pen=self._pen(Colour.ACCENT, 1.0))

    def _ink(self, role: Colour) -> QColor:
        return colour(role, self._palette)

    def _pen(self, role: Colour, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(self._ink(role), width, style)
        pen.setCosmetic(True)
        return pen

    def _x(self, index: int) -> float:
        return self._geometry.day_centre(index)

    def _rect(
        self, left: float, bottom: float, right: float, top: float, fill: QBrush
    ) -> QGraphicsRectItem:
        item = QGraphicsRectItem(QRectF(left, bottom, right - left, top - bottom))
        item.setPen(QPen(Qt.PenStyle.NoPen))
        item.setBrush(fill)
        return item

    def _line(self, x1: float, y1: float, x2: float, y2: float, *, pen: QPen) -> QGraphicsLineItem:
        item = QGraphicsLineItem(x1, y1, x2, y2)
        item.setPen(pen)
        return item

    def _visible_span(self, first: int, last: int) -> tuple[float, float] | None:
        geometry = self._geometry
        first = max(first, geometry.first)
        last = min(last, geometry.first + geometry.count - 1)
        if first > last:
            return None
        return geometry.day_edges(first)[0], geometry.day_edges(last)[1]

    def _bands(self) -> Iterator[QGraphicsItem]:
        for number, band in enumerate(self._content.bands):
            span = self._visible_span(band.first, band.last)
            if span is not None:
                role = Colour.PROGRAM_B if number % 2 else Colour.PROGRAM_A
                yield self._rect(span[0], self._bottom, span[1], self._top, QBrush(self._ink(role)))

    def _band_labels(self) -> Iterator[QGraphicsItem]:
        for band in self._content.bands:
            span = self._visible_span(band.first, band.last)
            if span is not None:
                yield self._band_label(band, *span)

    def _band_label(self, band: BandSpan, left: float, right: float) -> QGraphicsItem:
        metrics = QFontMetricsF(self._font)
        high = self._top - 0.15 * (self._top - self._bottom)
        drawn = [(point.index, point.value) for point in self._content.points]
        drawn += [(bar.index, bar.high) for bar in self._content.bars]
        low = any(
            band.first <= index <= band.last and value > high
            for index, value in drawn
            if self._geometry.shows(index)
        )
        text = metrics.elidedText(band.label, Qt.TextElideMode.ElideRight, right - left - 10)
        label_item = pg.TextItem(text, color=self._ink(Colour.MUTED), anchor=(0, 1 if low else 0))
        label_item.textItem.document().setDocumentMargin(0)
        label_item.setFont(self._font)
        item: QGraphicsItem = label_item
        inset = 0.03 * (self._top - self._bottom)
        edge = self._bottom + inset if low else self._top - inset
        item.setPos(QPointF(left + 5, edge))
        return item

    def _relief_zone(self) -> Iterator[QGraphicsItem]:
        threshold, content = self._content.threshold, self._content
        span = self._visible_span(0, content.columns - 1)
        if threshold is None or span is None:
            return
        fill = self._ink(Colour.RELIEF_ZONE)
        fill.setAlphaF(0.8)
        low, high = sorted((threshold, content.relief_to))
        yield self._rect(span[0], low, span[1], high, QBrush(fill))

    def _columns(self) -> Iterator[QGraphicsItem]:
        geometry, content = self._geometry, self._content
        if content.asked is not None and geometry.shows(content.asked):
            left, right = geometry.day_edges(content.asked)
            tint = self._ink(Colour.TODAY_SOFT)
            yield self._rect(left, self._bottom, right, self._top, QBrush(tint))
            for x in (left, right):
                yield self._line(x, self._bottom, x, self._top, pen=self._pen(Colour.GRID, 1))
        for index in content.hatched:
            if geometry.shows(index):
                left, right = geometry.day_edges(index)
                hatch = QBrush(self._ink(Colour.FIELD_LINE), Qt.BrushStyle.BDiagPattern)
                yield self._rect(left, self._bottom, right, self._top, hatch)

    def _grid(self) -> Iterator[QGraphicsItem]:
        content, value = self._content, self._bottom
        while value <= self._top + content.step / 100:
            yield self._line(
                0, value, self._geometry.plot_width, value, pen=self._pen(Colour.GRID, 1)
            )
            value += content.step

    def _bars(self) -> Iterator[QGraphicsItem]:
        pen = self._pen(Colour.RANGE_BAR, _BAR_WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for bar in self._content.bars:
            if self._geometry.shows(bar.index):
                x = self._x(bar.index)
                yield self._line(x, bar.low, x, bar.high, pen=pen)

    def _lines(self) -> Iterator[QGraphicsItem]:
        content, right = self._content, self._geometry.plot_width
        if content.baseline is not None:
            pen = self._pen(Colour.MUTED, 1.6, Qt.PenStyle.DashLine)
            yield self._line(0, content.baseline, right, content.baseline, pen=pen)
        if content.threshold is not None:
            yield self._line(
                self._geometry.baseline,
                content.threshold,
                right,
                content.threshold,
                pen=self._pen(Colour.GOOD, 1.6),
            )

    def _baseline(self) -> Iterator[QGraphicsItem]:
        """Spread the baseline values over their column, oldest first."""
        points = self._content.baseline_points
        step = (self._geometry.baseline - 12) / max(len(points), 1)
        for used, brush in (
            (True, self._ink(Colour.MUTED)),
            (False, QColor(Qt.GlobalColor.transparent)),
        ):
            chosen = [
                (6 + step * (number + 0.5), value)
                for number, (value, counts) in enumerate(points)
                if counts is used
            ]
            if chosen:
                yield pg.ScatterPlotItem(
                    [x for x, _ in chosen],
                    [y for _, y in chosen],
                    size=7,
                    pen=self._pen(Colour.MUTED, 1.2),
                    brush=QBrush(brush),
                )

    def _links(self) -> Iterator[QGraphicsItem]:
        for left, right in self._content.links():
            if self._geometry.shows(left.index) and self._geometry.shows(right.index):
                drafted = left.draft or right.draft
                style = Qt.PenStyle.DotLine if drafted else Qt.PenStyle.SolidLine
                yield self._line(
                    self._x(left.index),
                    left.value,
                    self._x(right.index),
                    right.value,
                    pen=self._pen(Colour.ACCENT, 2.0, style),
                )

    def _points(self) -> Iterator[QGraphicsItem]:
        shown = [p for p in self._content.points if self._geometry.shows(p.index)]
        kinds = {
            "counted": [p for p in shown if p.counted and not p.draft],
            "draft": [p for p in shown if p.draft],
            "apart": [p for p in shown if not p.counted and not p.draft],
        }
        pens = {
            "counted": self._pen(Colour.ACCENT, 2.2),
            "draft": self._pen(Colour.ACCENT, 1.8, Qt.PenStyle.DotLine),
            "apart": self._pen(Colour.MUTED, 1.6),
        }
        for kind, points in kinds.items():
            if points:
                yield self._scatter(points, pens[kind], symbol="x" if kind == "apart" else "o")

    def _scatter(self, points: list[DayPoint], pen: QPen, *, symbol: str) -> QGraphicsItem:
        item: QGraphicsItem = pg.ScatterPlotItem(
            [self._x(point.index) for point in points],
            [point.value for point in points],
            size=_POINT,
            symbol=symbol,
            pen=pen,
            brush=QBrush(self._ink(Colour.PANE)),
        )
        return item

    def _marks(self) -> Iterator[QGraphicsItem]:
        """Draw findings as red triangles, others as squares; the words come with the day."""
        shown = [mark for mark in self._content.marks if self._geometry.shows(mark.index)]
        findings = {mark.index for mark in shown if mark.kind == SAFETY}
        others = {mark.index for mark in shown} - findings
        kinds = ((findings, "t1", Colour.DANGER), (others, "s", Colour.MUTED))
        for places, symbol, role in kinds:
            if places:
                yield pg.ScatterPlotItem(
                    [self._x(index) for index in sorted(places)],
                    [self._bottom + 0.05 * (self._top - self._bottom)] * len(places),
                    size=11 if symbol == "t1" else 8,
                    symbol=symbol,
                    pen=self._pen(Colour.PANE, 1.0),
                    brush=QBrush(self._ink(role)),
                )
