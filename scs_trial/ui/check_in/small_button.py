"""A button for narrow panes: shares the width with its neighbours."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from scs_trial.ui.text import set_plain_tool_tip

_PADDING = "padding: 3px 6px;"


class SmallButton(QPushButton):
    """Little padding, no wider than it must be, and out of the way of the keyboard.

    Parameters
    ----------
    text
        As shown; also the accessible name unless ``said`` is given.
    name
        Object name.
    said
        What a screen reader says, and the tool tip.
    """

    def __init__(self, text: str, name: str, parent: QWidget, *, said: str = "") -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(said or text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet(_PADDING)
        if said:
            set_plain_tool_tip(self, said)

    def shares_width(self) -> SmallButton:
        """Take a fair part of the row, whatever the text asks for."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return self

    def minimumSizeHint(self) -> QSize:
        """Return room for the text alone."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 24), hint.height())
