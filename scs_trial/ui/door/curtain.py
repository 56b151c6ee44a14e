"""Hides every window but one, and what opens later, until it is drawn back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QToolTip, QWidget


class Curtain(QObject):
    """Keeps dialogs, popups and tool tips out of sight while the screen is locked.

    Parameters
    ----------
    window
        Stays; what is in it is somebody else's concern.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._hidden: list[QWidget] = []
        self._drawn = False

    def draw(self) -> None:
        """Hide everything now, and from now on."""
        self._drawn = True
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible():
                self._hide(widget)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def draw_back(self) -> None:
        """Show again what was hidden, in its order."""
        self._stop()
        hidden, self._hidden = self._hidden, []
        for widget in hidden:
            widget.show()

    def drop(self) -> None:
        """Close what was hidden: nobody comes back to it."""
        self._stop()
        hidden, self._hidden = self._hidden, []
        for widget in hidden:
            widget.close()
            widget.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide a window that opens behind the curtain."""
        if (
            self._drawn
            and event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._window
            and not self._belongs_to_page(watched)
        ):
            watched.setWindowOpacity(0.0)
            QTimer.singleShot(0, watched, lambda: self._hide(watched))
        return super().eventFilter(watched, event)

    def _belongs_to_page(self, widget: QWidget) -> bool:
        """Whether it is the list of a field in the window that stays."""
        parent = widget.parentWidget()
        return type(widget).__name__ == "QComboBoxPrivateContainer" and (
            parent is not None and parent.window() is self._window
        )

    def _hide(self, widget: QWidget) -> None:
        widget.hide()
        widget.setWindowOpacity(1.0)
        if widget not in self._hidden and widget.parentWidget() is not None:
            self._hidden.append(widget)

    def _stop(self) -> None:
        self._drawn = False
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
