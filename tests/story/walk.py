"""Walks through all widgets of the open windows and looks how they show a text."""

from contextlib import suppress
from html import unescape

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from scs_trial.ui.text import plain_tool_tip, shown


def all_widgets():
    windows = QApplication.topLevelWidgets()
    found = [*windows, *(child for window in windows for child in window.findChildren(QWidget))]
    return list({id(widget): widget for widget in found}.values())


def is_escaped(tip, raw):
    """Whether a tool tip is plain, or our own wrapping of escaped text."""
    if raw not in unescape(tip) and raw not in tip:
        return True
    begin, end = plain_tool_tip("|").split("|")
    inside = tip.removeprefix(begin).removesuffix(end)
    return tip.startswith(begin) and tip.endswith(end) and "<" not in inside and ">" not in inside


def faults(raw):
    """Return every place of the open windows where text could be taken for something else."""
    found = []
    for widget in all_widgets():
        name = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"{name}: guesses HTML")
        if isinstance(widget, QLabel) and widget.buddy() is not None and eaten(QLabel.text(widget)):
            found.append(f"{name}: eats an ampersand: {widget.text()[:40]}")
        holds = isinstance(widget, QAbstractButton) and raw_in(raw, widget.text())
        if holds and eaten(widget.text()):
            found.append(f"{name}: eats an ampersand: {widget.text()[:40]}")
        if isinstance(widget, QTextEdit):
            found.append(f"{name}: takes rich text")
        if not is_escaped(widget.toolTip(), raw) or raw in widget.whatsThis():
            found.append(f"{name}: tool tip {widget.toolTip()}")
        if raw in widget.windowTitle() or shown(raw) in widget.windowTitle():
            found.append(f"{name}: title {widget.windowTitle()}")
        if isinstance(widget, QAbstractItemView):
            found += [f"{name}: tool tip {tip}" for tip in tips(widget) if not is_escaped(tip, raw)]
        found += [f"{name}: action {a.text()}" for a in widget.actions() if raw in a.toolTip()]
    return found


def eaten(text):
    return not QKeySequence.mnemonic(text).isEmpty()


def raw_in(raw, text):
    return raw in text or raw in text.replace("&&", "&")


def columns(model):
    """Return how many columns a model has; a list does not let itself be asked."""
    return 1 if isinstance(model, QAbstractListModel) else min(model.columnCount(), 40)


def tips(view):
    model = view.model()
    if not isinstance(model, QAbstractItemModel):
        return
    for row in range(min(model.rowCount(), 60)):
        for column in range(columns(model)):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if tip:
                yield tip
    for orientation in Qt.Orientation:
        for section in range(columns(model)):
            tip = model.headerData(section, orientation, Qt.ItemDataRole.ToolTipRole)
            if tip:
                yield str(tip)


def said(widget):
    """Return everything that a widget and its children show as text, in sight or not."""
    parts = []
    for part in [widget, *widget.findChildren(QWidget)]:
        with suppress(AttributeError):
            if isinstance(part, QPlainTextEdit):
                parts.append(part.toPlainText())
            elif isinstance(part, QComboBox):
                parts += [part.itemText(row) for row in range(part.count())]
            elif isinstance(part, QLabel | QLineEdit):
                parts.append(part.text())
            elif isinstance(part, QAbstractButton):
                parts.append(part.text().replace("&&", "&"))
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            parts += cells(part.model())
    return "\n".join(parts)


def cells(model):
    for row in range(model.rowCount()):
        for column in range(columns(model)):
            yield str(model.index(row, column).data() or "")
            yield str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or "")
