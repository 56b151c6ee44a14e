"""The scrolled part of a form: one page at a time, as wide as the area, never in the tab order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_ROOM = 28
"""Logical pixels kept free above and below what is brought into sight."""


class PageArea(QScrollArea):
    """Scrolls vertically, and sideways only where large text leaves no other way.

    Make a page with the area's viewport as its parent: a page that changes its parent is polished
    anew, and loses the margins of its labels.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_page(self, page: QWidget | None) -> None:
        """Show another page; the one before is deleted."""
        before = self.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        if page is not None:
            self.setWidget(page)
            page.setAutoFillBackground(False)
            self.viewport().setAutoFillBackground(False)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll so that a widget of the page is in sight, with some room around it."""
        page = self.widget()
        if page is None or not page.isAncestorOf(widget):
            return
        whole = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
        bar = self.verticalScrollBar()
        top, bottom = whole.top() - _ROOM, whole.bottom() + _ROOM
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height())
