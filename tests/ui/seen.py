"""Everything that can be read on the screen now, in whichever window."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

_TEXTS = ("text", "toPlainText", "windowTitle", "toolTip", "placeholderText", "title")


def visible_texts() -> str:
    """Return every text of every visible window: labels, fields, lists, tables, spoken names."""
    found: list[str] = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            for widget in (top, *top.findChildren(QWidget)):
                if widget.isVisible():
                    found += _of(widget)
    return "\n".join(found)


def _of(widget: QWidget) -> list[str]:
    found = [
        str(getattr(widget, name)()) for name in _TEXTS if callable(getattr(widget, name, None))
    ]
    found += [widget.accessibleName(), widget.accessibleDescription()]
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None:
        found.append(interface.text(QAccessible.Text.Name))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        found += [
            str(model.index(row, column).data() or "")
            for row in range(model.rowCount())
            for column in range(1 if isinstance(widget, QListView) else model.columnCount())
        ]
    return found
