"""Patient list, workspace and check-in side by side, or one at a time where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QWidget

from scs_trial.ui.fonts import BASE_POINTS
from scs_trial.ui.theme import SPACE

NARROW_BELOW = 1000
"""Width of the window in logical pixels below which one pane shows at a time, at normal text."""

_SHARES = (288, 780, 308)
_LEAST = (220, 380, 270)


class Pane(IntEnum):
    """The panes from left to right."""

    LIST = 0
    WORKSPACE = 1
    CHECK_IN = 2


class ThreePanes(QWidget):
    """The panes of the start page.

    Wide, they stand side by side with movable borders; the check-in may be put away. Narrow, one
    shows at a time and a slim bar changes between them.

    Parameters
    ----------
    patient_list, workspace, check_in
        The panes.
    """

    pane_shown = Signal(int)
    """The pane that came to the front where it is narrow."""

    def __init__(
        self,
        patient_list: QWidget,
        workspace: QWidget,
        check_in: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("three_panes")
        self._panes = (patient_list, workspace, check_in)
        self._front = Pane.LIST
        self._check_in_open = True
        self._narrow = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("three_panes.splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for pane in self._panes:
            pane.setAutoFillBackground(pane is not workspace)
            pane.setBackgroundRole(
                QPalette.ColorRole.Window if pane is workspace else QPalette.ColorRole.Base
            )
            self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(Pane.WORKSPACE, 1)
        self._follow_text()
        self._bar = QWidget(self)
        self._tabs = QButtonGroup(self)
        self._make_bar()
        self._arrange()

    @property
    def check_in_open(self) -> bool:
        """Whether the check-in stands beside the workspace, or behind the front where narrow."""
        return self._check_in_open

    @property
    def narrow(self) -> bool:
        """Whether one pane shows at a time."""
        return self._narrow

    @property
    def front(self) -> Pane:
        """The pane that is in front where it is narrow."""
        return self._front

    def show_pane(self, pane: Pane) -> None:
        """Bring a pane to the front; wide, all of them show anyway."""
        if pane is Pane.CHECK_IN:
            self._check_in_open = True
        changed = pane is not self._front
        self._front = pane
        self._arrange()
        if changed:
            self.pane_shown.emit(int(pane))

    def set_check_in_open(self, open_: bool) -> None:
        """Show the check-in beside the workspace, or put it away."""
        self._check_in_open = open_
        if not open_ and self._front is Pane.CHECK_IN:
            self._front = Pane.WORKSPACE
        self._arrange()

    def sizes(self) -> list[int]:
        """Return the widths of the panes, for remembering."""
        return self._splitter.sizes()

    def set_sizes(self, sizes: Sequence[int]) -> None:
        """Take over remembered widths; anything but three positive ones is ignored."""
        if len(sizes) == len(self._panes) and all(size > 0 for size in sizes):
            self._splitter.setSizes(list(sizes))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which one pane at a time still works."""
        return QSize(max(_LEAST), 320)

    def sizeHint(self) -> QSize:
        """Return the size of the panes side by side."""
        return QSize(sum(_SHARES), 780)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between side by side and one at a time."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Give larger text more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._follow_text()
            self._arrange()

    def _text_scale(self) -> float:
        return max(self.font().pointSizeF() / BASE_POINTS, 1.0)

    def _narrow_below(self) -> float:
        """Where it becomes narrow: large text needs wider panes."""
        return NARROW_BELOW * self._text_scale()

    def _follow_text(self) -> None:
        scale = self._text_scale()
        for pane, least in zip(self._panes, _LEAST, strict=True):
            pane.setMinimumWidth(round(least * scale))
        self._splitter.setSizes([round(share * scale) for share in _SHARES])

    def _make_bar(self) -> None:
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        titles = (self.tr("List"), self.tr("Patient"), self.tr("Check-in"))
        for pane, title in zip(Pane, titles, strict=True):
            tab = QPushButton(title, self._bar)
            tab.setCheckable(True)
            tab.setObjectName(f"three_panes.{pane.name.lower()}")
            tab.setAccessibleName(title)
            self._tabs.addButton(tab, int(pane))
            row.addWidget(tab)
        row.addStretch(1)
        self._tabs.idClicked.connect(self._on_tab_clicked)

    def _on_tab_clicked(self, pane: int) -> None:
        self.show_pane(Pane(pane))

    def _arrange(self) -> None:
        self._narrow = self.window().width() < self._narrow_below()
        self._bar.setVisible(self._narrow)
        self._tabs.button(int(self._front)).setChecked(True)
        self._tabs.button(int(Pane.CHECK_IN)).setVisible(self._check_in_open)
        for pane, widget in zip(Pane, self._panes, strict=True):
            wanted = pane is self._front if self._narrow else True
            if pane is Pane.CHECK_IN:
                wanted = wanted and self._check_in_open
            widget.setVisible(wanted)
        top = self._bar.sizeHint().height() if self._narrow else 0
        self._bar.setGeometry(0, 0, self.width(), top)
        self._splitter.setGeometry(0, top, self.width(), max(self.height() - top, 0))
