"""Notices that nobody is at the screen: no key, no mouse, or the computer slept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from scs_trial.clock import Clock

IN_CALL = timedelta(minutes=20)
"""A nurse who writes on paper during a call is not locked out of it."""
SLEPT = 2.0
"""Seconds of sleep that lock; less is the clocks' own difference."""
_TICK_MS = 1_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Watches the whole program's input; what the program sends itself does not count.

    Signals
    -------
    gone
        "idle" or "sleep".

    Parameters
    ----------
    limit
        Asked each time: how long nobody may be there.
    in_call
        Whether somebody is being asked on the telephone.
    slept_seconds
        How long the computer has slept since its start.
    """

    gone = Signal(str)

    def __init__(
        self,
        clock: Clock,
        *,
        limit: Callable[[], timedelta],
        in_call: Callable[[], bool],
        slept_seconds: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit = limit
        self._in_call = in_call
        self._slept_seconds = slept_seconds
        self._last: datetime = clock.now()
        self._slept = slept_seconds()
        self._pointer: QPoint | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin: somebody is here now."""
        self._last = self._clock.now()
        self._slept = self._slept_seconds()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    @Slot()
    def look(self) -> None:
        """Say when nobody has been there for too long, or the computer has slept."""
        slept, before = self._slept_seconds(), self._slept
        self._slept = slept
        if slept - before > SLEPT:
            self.gone.emit("sleep")
            return
        now = self._clock.now()
        self._last = min(self._last, now)  # the clock may have been set back
        limit = max(self._limit(), IN_CALL) if self._in_call() else self._limit()
        if now - self._last >= limit:
            self.gone.emit("idle")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note real input; never keep it from anybody."""
        if event.type() in _INPUT and event.spontaneous() and self._moved(event):
            self._last = self._clock.now()
        return super().eventFilter(watched, event)

    def _moved(self, event: QEvent) -> bool:
        """Whether it is more than a mouse that is reported where it already was."""
        if event.type() is not QEvent.Type.MouseMove or not isinstance(event, QMouseEvent):
            return True
        at = event.globalPosition().toPoint()
        moved = at != self._pointer
        self._pointer = at
        return moved
