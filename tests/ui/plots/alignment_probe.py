"""Measure, in one process with one scale factor, how far the plot's days are from the table's.

Run as ``python -m tests.ui.plots.alignment_probe``; prints JSON: device pixel ratio, how many days
were measured, and the largest distance in device pixels, by the scene and in the picture.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from scs_trial.ui.theme import Appearance, Colour, Theme, colour
from scs_trial.ui.workspace.course_board import CourseBoard
from scs_trial.ui.workspace.course_model import FIRST_DAY
from tests.domain import sample_diary as sample

WIDTHS = (420, 555, 707, 1003, 601)


def centres(board: CourseBoard) -> list[tuple[float, float]]:
    """Return for each day in sight the centre in the plot and in the table, logical pixels."""
    found = []
    plot = board.strips[0].plot
    assert plot is not None
    header = board.table.horizontalHeader()
    geometry = board.geometry_of_columns
    for index in range(geometry.first, geometry.first + geometry.count):
        section = index + FIRST_DAY
        middle = header.sectionViewportPosition(section) + header.sectionSize(section) / 2
        below = board.table.mapTo(board, QPoint(0, 0)).x() + middle
        found.append((plot.x() + plot.centre_of(index), below))
    return found


def tint_edges(image: QImage, y: int, tint: QColor) -> tuple[int, int] | None:
    """Return the first and last pixel of a colour in one line of a picture."""
    hits = [x for x in range(image.width()) if image.pixelColor(x, y) == tint]
    return (hits[0], hits[-1]) if hits else None


def picture_distance(board: CourseBoard) -> float:
    """Return how far the edges of the asked day differ between plot and header."""
    image = board.grab().toImage()
    ratio = image.devicePixelRatio()
    tint = colour(Colour.TODAY_SOFT, board)
    plot = board.strips[0].plot
    assert plot is not None
    in_plot = tint_edges(image, round((plot.y() + 12) * ratio), tint)
    header = board.table.horizontalHeader()
    place = QRect(header.mapTo(board, QPoint(0, 0)), header.size())
    in_header = tint_edges(image, round((place.top() + 2) * ratio), tint)
    assert in_plot is not None
    assert in_header is not None
    return max(abs(a - b) for a, b in zip(in_plot, in_header, strict=True))


def main() -> None:
    """Measure all lengths and widths."""
    app = QApplication(sys.argv[:1])
    Theme(app, appearance=Appearance.LIGHT)
    board = CourseBoard()
    board.show()
    board.load_plots()
    worst, worst_picture, measured, ratio = 0.0, 0.0, 0, board.devicePixelRatio()
    for days in range(1, 29):
        asked = sample.START + timedelta(days=min(days, 5))
        board.show_course(sample.course(sample.diary(planned_days=days), asked_day=asked))
        for width in WIDTHS:
            board.resize(width, board.sizeHint().height())
            for plot, table in centres(board):
                worst = max(worst, abs(plot - table) * ratio)
                measured += 1
        if days in (1, 7, 28):
            worst_picture = max(worst_picture, picture_distance(board))
    print(json.dumps({"ratio": ratio, "days": measured, "scene": worst, "picture": worst_picture}))


if __name__ == "__main__":
    main()
