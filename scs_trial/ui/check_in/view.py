"""Layout of the check-in: header, what went wrong, the scrolled form, the footer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from scs_trial.ui.check_in.correction import ReasonBar
from scs_trial.ui.check_in.footer import CheckInFooter
from scs_trial.ui.check_in.header import CheckInHeader
from scs_trial.ui.theme import SPACE, Colour, colour
from scs_trial.ui.widgets import Banner

_MARGIN_AROUND_FOCUS = 28


class CheckInView(QWidget):
    """Header and footer stay in sight; the page between them scrolls with the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = CheckInHeader(self)
        self.banner = Banner(self)
        self.banner.setObjectName("check_in.banner")
        self.area = QScrollArea(self)
        self.area.setObjectName("check_in.scroll")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.reason = ReasonBar(self)
        self.footer = CheckInFooter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, int(1.5 * SPACE), int(1.5 * SPACE), int(1.5 * SPACE))
        layout.setSpacing(SPACE)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.reason)
        layout.addWidget(self.footer)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the ground of a pane."""
        QPainter(self).fillRect(event.rect(), colour(Colour.PANE, self))

    def show_page(self, page: QWidget | None) -> None:
        """Show another form; the one before is deleted."""
        before = self.area.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        if page is not None:
            self.area.setWidget(page)
            page.setAutoFillBackground(False)
            self.area.viewport().setAutoFillBackground(False)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll so that a widget of the page is in sight, with some room around it."""
        page = self.area.widget()
        if page is None or not page.isAncestorOf(widget):
            return
        whole = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
        bar = self.area.verticalScrollBar()
        top = whole.top() - _MARGIN_AROUND_FOCUS
        bottom = whole.bottom() + _MARGIN_AROUND_FOCUS
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + self.area.viewport().height():
            bar.setValue(bottom - self.area.viewport().height())
