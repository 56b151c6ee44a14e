"""Prints the recovery key on one sheet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from scs_trial.ui.fonts import FONT_FAMILY

_TEXT = (
    "Recovery key of the SCS Trial record\n\n{key}\n\n"
    "It opens the record when every password is lost. Keep this sheet in a safe place, away from"
    " the computer."
)


def print_key(parent: QWidget, key: str) -> None:
    """Ask for a printer and print the key; nothing is written to a file by us."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("SCS Trial recovery key")
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print_key")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: paint_key(printer, key))
    QDialog.open(dialog)


def paint_key(printer: QPrinter, key: str) -> None:
    """Paint the sheet on a printer."""
    painter = QPainter(printer)
    painter.setFont(QFont(FONT_FAMILY, 14))
    area = QRectF(painter.viewport()).adjusted(0, 0, 0, 0)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
    painter.drawText(area, flags, _TEXT.format(key=key))
    painter.end()
