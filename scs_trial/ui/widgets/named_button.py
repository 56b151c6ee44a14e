"""A button that a person, a screen reader and a test can name."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


def named_button(text: str, name: str, parent: QWidget | None = None) -> QPushButton:
    """Return a button that Enter in another field never presses.

    Parameters
    ----------
    text
        What stands on it; an ampersand marks its key.
    name
        Object name. It is spoken by its text, without ampersand and dots.
    """
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAccessibleName(text.replace("&", "").rstrip("…"))
    button.setAutoDefault(False)
    return button
