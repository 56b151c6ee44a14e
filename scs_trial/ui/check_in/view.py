"""Layout of the check-in: header, what went wrong, the scrolled form, the footer."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scs_trial.ui.check_in.correction import ReasonBar
from scs_trial.ui.check_in.footer import CheckInFooter
from scs_trial.ui.check_in.header import CheckInHeader
from scs_trial.ui.check_in.page_area import PageArea
from scs_trial.ui.theme import SPACE, Colour, colour
from scs_trial.ui.widgets import Banner


class CheckInView(QWidget):
    """Header and footer stay in sight; the page between them scrolls with the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = CheckInHeader(self)
        self.banner = Banner(self)
        self.banner.setObjectName("check_in.banner")
        self.area = PageArea("check_in.area", self)
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
