"""Composition root of the window: arguments, log, theme, window, and what belongs in it."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QSettings,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from scs_trial import __version__, platform, quick_imports  # noqa: F401  (before the others)
from scs_trial.clock import SystemClock
from scs_trial.errors import UserError
from scs_trial.logging_setup import log_defect, set_up_log
from scs_trial.paths import APP_NAME, config_folder, log_folder
from scs_trial.record_door import RecordDoor
from scs_trial.services.door import Door
from scs_trial.ui.door.door_desk import DoorDesk
from scs_trial.ui.main_window import TITLE, MainWindow
from scs_trial.ui.prompts import DialogPrompts
from scs_trial.ui.system_zone import system_zone
from scs_trial.ui.tasks import ThreadRunner
from scs_trial.ui.theme import Theme
from scs_trial.work import load_screens, start_work

if TYPE_CHECKING:
    pass

_LOG = logging.getLogger("scs_trial.app")
_QT_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_SETTLED_MS = 150
"""The first paint and the first keys come before anything is loaded."""

FillWindow = Callable[[MainWindow], object]
"""Puts the first screen into the window; runs after the first paint where it can."""


def parse_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of the window: the record to open, or the demo."""
    parser = argparse.ArgumentParser(prog="scs-trial-gui", description="Open SCS Trial.")
    parser.add_argument("record", nargs="?", type=Path, help="record file to open")
    parser.add_argument("--demo", action="store_true", help="open the made-up clinic")
    parser.add_argument("--version", action="version", version=f"SCS Trial {__version__}")
    return parser.parse_args(list(argv))


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """Return the Qt application with theme, log and hooks; makes it only once."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication([APP_NAME, *argv])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName(TITLE)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_NAME)
    _translate_qt(app)
    Theme(app)
    return app


def make_window() -> MainWindow:
    """Return the empty window, with the size that it had last time."""
    memory = QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)
    return MainWindow(memory=memory)


def install_hooks(window: MainWindow) -> None:
    """Log every unexpected error and show its reference number, never its text."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, UserError):  # such as a role that was taken away meanwhile
            DialogPrompts(window).tell(window.tr("This was not done"), str(error))
            return
        reference = log_defect(kind, error, trace)
        DialogPrompts(window).tell(
            window.tr("Something went wrong in the program"),
            window.tr(
                "Reference {reference}. What was saved is safe; what was being typed is kept as a "
                "draft. Report the reference if it happens again."
            ).format(reference=reference),
        )

    def note(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log_defect(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = show
    threading.excepthook = note
    qInstallMessageHandler(_log_qt_message)


def run(
    fill: FillWindow, argv: Sequence[str] = (), *, warm_up: Callable[[], None] | None = None
) -> int:
    """Show the window, let it be filled, and stay until it is closed.

    Parameters
    ----------
    fill
        Puts the first screen into the window.
    argv
        Arguments for Qt.
    warm_up
        Runs in a thread once the window stands: loads what the next step needs.

    Returns
    -------
    int
        Exit code.
    """
    _require_screen()
    platform.current().disable_core_dumps()
    set_up_log(log_folder())
    app = make_application(argv)
    window = make_window()
    install_hooks(window)
    fill(window)
    window.show()
    if warm_up is not None:
        thread = threading.Thread(target=warm_up, name="warm-up", daemon=True)
        QTimer.singleShot(_SETTLED_MS, thread.start)
    _LOG.info("started %s", __version__)
    code = app.exec()
    qInstallMessageHandler(None)
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; the entry point of ``scs-trial-gui`` and ``main.py``."""
    arguments = parse_arguments(sys.argv[1:] if argv is None else argv)
    door = RecordDoor(SystemClock(), given=arguments.record, zone=system_zone())
    try:
        fill = partial(fill_first_screen, door=door, demo=arguments.demo)
        return run(fill, warm_up=partial(load_screens, door))
    except UserError as error:
        sys.stderr.write(f"scs-trial: {error}\n")
        return 1
    finally:
        door.close()


def fill_first_screen(window: MainWindow, *, door: Door, demo: bool = False) -> DoorDesk:
    """Show the door of the record, or open the demo at once."""
    prompts = DialogPrompts(window)
    runner = ThreadRunner(window)
    runner.task_started.connect(window.status.watch)
    window.closing.connect(runner.shut_down)
    desk = DoorDesk(window, door, runner=runner, prompts=prompts)
    desk.opened.connect(partial(start_work, window, door, prompts, runner, entrance=desk))
    if demo:
        desk.open_demo()
    else:
        desk.start()
    return desk


def _require_screen() -> None:
    """Refuse in words where Qt would end the process without any."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in named):
        raise UserError(
            "There is no screen here for the window.",
            "Start it on a desktop, or set QT_QPA_PLATFORM=offscreen for a trial run.",
        )


def _translate_qt(app: QApplication) -> None:
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(), "qtbase", "_", folder):
        app.installTranslator(translator)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Log what Qt itself says; a text of ours or of a record never comes under ``qt.``."""
    category = context.category or ""
    said = message if category.startswith("qt.") else kind.name
    _LOG.log(_QT_LEVELS.get(kind, logging.DEBUG), "Qt %s: %s", category, said)
