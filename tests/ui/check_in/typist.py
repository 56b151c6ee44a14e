"""Types as a person does: real keys, where the focus is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Typist:
    """Presses keys where the focus is, and counts them."""

    def __init__(self):
        self.count = 0

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.count += 1 if modifier == Qt.KeyboardModifier.NoModifier else 2
        target = QApplication.focusWidget()
        QTest.keyClick(target, key, modifier)

    def type(self, text):
        for sign in text:
            if sign == "\n":
                self.press(Qt.Key.Key_Return)
            elif sign == "\t":
                self.press(Qt.Key.Key_Tab)
            else:
                self.press(sign)

    def save(self):
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def focus_name():
    """Object name of the widget that has the focus."""
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()
