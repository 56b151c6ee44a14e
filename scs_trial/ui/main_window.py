"""The window: menu bar, what is in it, status line. Its title never names a patient."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from scs_trial.ui.actions import Actions, Command
from scs_trial.ui.shell.demo_mark import DemoMark
from scs_trial.ui.shell.status_line import StatusLine
from scs_trial.ui.shell.user_corner import UserCorner
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets.labels import PlainLabel

MENUS = ("&File", "&Edit", "&Patient", "&View", "&Reports", "&Help")
TITLE = "SCS Trial"
_SIZE = QSize(1440, 900)


class MainWindow(QMainWindow):
    """The frame of the program.

    Shows one widget at a time: the door (first start, log-in, lock) or the work area. Screens are
    made elsewhere and handed over; nobody gets this window passed around.

    Parameters
    ----------
    memory
        Where the window's size is kept; holds nothing about patients. None remembers nothing.
    """

    lock_requested = Signal()
    closing = Signal()
    """The window is about to close; drafts are saved by those who listen."""

    def __init__(self, *, memory: QSettings | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(TITLE)
        self._memory = memory
        self._demo_mark: DemoMark | None = None
        self._before_close: Callable[[], None] | None = None
        self._stack = QStackedWidget(self)
        centre = QWidget(self)
        self._notices = QVBoxLayout(centre)
        self._notices.setContentsMargins(0, 0, 0, 0)
        self._notices.setSpacing(0)
        self._notices.addWidget(self._stack, 1)
        self.setCentralWidget(centre)
        self.commands = Actions(self)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        lock = Command(id="app.lock", text=self.tr("&Lock"), shortcut="Ctrl+L", icon="lock")
        self._corner = UserCorner(self.commands.add(lock, self.lock_requested.emit), self)
        self.set_user("")
        self.resize(_SIZE)
        if memory is not None and (state := memory.value("window/geometry")) is not None:
            self.restoreGeometry(state)

    def fill_menus(self, menus: Sequence[str] = MENUS) -> None:
        """Make the menu bar from the commands registered so far."""
        bar = self.menuBar()
        bar.setNativeMenuBar(False)
        bar.clear()
        if (before := bar.cornerWidget(Qt.Corner.TopLeftCorner)) is not None:
            before.deleteLater()
            before.hide()
        name = PlainLabel(TITLE, bar, weight=QFont.Weight.Bold)
        name.setContentsMargins(int(1.5 * SPACE), 0, SPACE, 0)
        name.setMinimumWidth(name.sizeHint().width())
        bar.setCornerWidget(name, Qt.Corner.TopLeftCorner)
        bar.setCornerWidget(self._corner, Qt.Corner.TopRightCorner)
        self.commands.fill_menu_bar(bar, menus)

    def show_door(self, door: QWidget) -> None:
        """Show a door page instead of the work area, and nothing of any patient with it."""
        self._put(door)
        self.menuBar().hide()
        self.status.hide()

    def show_work(self, work_area: QWidget) -> None:
        """Show the work area."""
        self._put(work_area)
        self.menuBar().show()
        self.status.show()

    def add_notice(self, notice: QWidget) -> None:
        """Keep something above every page until it is deleted; it names no patient."""
        self._notices.insertWidget(self._notices.count() - 1, notice)

    def set_user(self, text: str) -> None:
        """Say who is logged in, e.g. "RN Alvarez · nurse"; empty for nobody."""
        self._corner.set_user(text)
        self.commands.action("app.lock").setEnabled(bool(text))

    def set_demo(self, demo: bool) -> None:
        """Frame and watermark everything as made up."""
        if demo and self._demo_mark is None:
            self._demo_mark = DemoMark(self._stack)
        elif not demo and self._demo_mark is not None:
            self._demo_mark.deleteLater()
            self._stack.setContentsMargins(0, 0, 0, 0)
            self._demo_mark = None

    def hold_close(self, before: Callable[[], None] | None) -> None:
        """Let something be done before the window closes; None lets it close at once.

        A wish to close calls it and the window stays; whoever did it calls this with None, then
        ``close()``.
        """
        self._before_close = before

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell those who have something to save, and keep the window's size."""
        if self._before_close is not None:
            event.ignore()
            QTimer.singleShot(0, self, self._before_close)  # a close within a close does nothing
            return
        self.closing.emit()
        if self._memory is not None:
            self._memory.setValue("window/geometry", self.saveGeometry())
        super().closeEvent(event)

    def _put(self, widget: QWidget) -> None:
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if self._demo_mark is not None:
            self._demo_mark.raise_()
