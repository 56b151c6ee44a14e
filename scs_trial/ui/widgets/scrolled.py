"""An area that scrolls what does not fit, up and down only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(name: str, title: str, inner: QWidget | None = None) -> QScrollArea:
    """Return a scroll area.

    Parameters
    ----------
    name
        Object name.
    title
        What a screen reader calls it.
    inner
        What is scrolled; it takes the whole width.
    """
    area = QScrollArea()
    area.setObjectName(name)
    area.setAccessibleName(title)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if inner is not None:
        area.setWidget(inner)
    return area
