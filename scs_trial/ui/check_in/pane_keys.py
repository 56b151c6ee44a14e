"""The keys of the check-in, besides those of its fields."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_keys(owner: QWidget, keys: dict[str, Callable[[], None]]) -> None:
    """Make keys work while the focus is anywhere in a widget."""
    for key, run in keys.items():
        shortcut = QShortcut(QKeySequence(key), owner)
        shortcut.setObjectName(f"check_in.key.{key}")
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(run)


def key_list() -> tuple[tuple[str, str], ...]:
    """Return (key, what it does) for the key list."""
    rows = (
        ("0–9", "Score; 1 waits for 0 or Enter"),
        (".", "Adds a half to the score"),
        ("-", "Leaves the question empty"),
        ("Y, N, A", "Yes, no, none of these"),
        ("Space", "Confirms the grey suggestion"),
        ("Ctrl+Enter", "Save and next"),
        ("Ctrl+S", "Save and stay"),
        ("F4", "Ask about yesterday or today"),
        ("Ctrl+PgUp, Ctrl+PgDn", "Previous, next day"),
        ("F7, F8, F9", "No answer, message left, call back"),
    )
    return tuple((key, QCoreApplication.translate("check_in", text)) for key, text in rows)
