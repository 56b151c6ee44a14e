"""What every test gets: no screen, no network, no leftovers; other locales and time zones."""

from __future__ import annotations

import gc
import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Each law is tried on 500 examples; for a mutant of the rules a few have to do, always the same.
settings.register_profile("laws", max_examples=500, deadline=None)
settings.register_profile(
    "mutation", max_examples=10, deadline=None, derandomize=True, database=None
)
settings.load_profile("laws")

TIME_ZONES = ("UTC", "America/Los_Angeles", "Pacific/Auckland")
LOCALES = ("C", "de_DE", "fr_FR")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections that leave the machine; a local server in a test is allowed."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host not in (None, "127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"network use: {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def nothing_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window, a running timer or a thread behind.

    Made before ``qtbot``, so it looks after ``qtbot`` has closed its widgets.
    """
    threads = set(threading.enumerate())
    yield
    started = [t for t in threading.enumerate() if t not in threads and not t.daemon]
    for thread in started:
        thread.join(timeout=2)
    assert not [t.name for t in started if t.is_alive()], "a thread was left running"
    if "qtbot" in request.fixturenames:
        _no_windows_left()
        _no_timers_left()


def _no_windows_left() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if not _visible(QApplication.topLevelWidgets()):
        return
    gc.collect()  # a window without a parent lives as long as its Python object
    left = _visible(QApplication.topLevelWidgets())
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    assert not names, f"windows were left open: {names}"


def _visible(widgets: list[QWidget]) -> list[QWidget]:
    return [widget for widget in widgets if widget.isVisible()]


def _no_timers_left() -> None:
    from PySide6.QtCore import QTimer
    from shiboken6 import Shiboken

    left = [
        timer
        for timer in gc.get_objects()
        if type(timer) is QTimer and Shiboken.isValid(timer)
        if timer.isActive() and timer.parent() is None
    ]
    for timer in left:
        timer.stop()
    assert not left, f"{len(left)} timers without an owner were left running"


@pytest.fixture(params=TIME_ZONES)
def any_time_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run the test in a computer time zone west, at and east of UTC."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture(params=LOCALES)
def any_locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run the test under locales with a decimal point and with a decimal comma."""
    from PySide6.QtCore import QLocale

    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)
