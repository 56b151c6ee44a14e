"""Print the sheets as they stand in the preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from scs_trial.errors import UserError
from scs_trial.reports.profile_types import TITLE
from scs_trial.reports.typeset import Paper

PRINT_PPI = 300.0
_SIZES: dict[Paper, QPageSize.PageSizeId] = {
    "a4": QPageSize.PageSizeId.A4,
    "letter": QPageSize.PageSizeId.Letter,
}

AskPrinter = Callable[[QWidget, QPrinter, Callable[[], None]], None]
"""Lets the person choose a printer, then calls back; tests answer at once."""


def make_printer(paper: Paper, *, title: str = TITLE) -> QPrinter:
    """Return a printer for whole sheets of a paper; its jobs carry no patient's name."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    return printer


def ask_printer(parent: QWidget, printer: QPrinter, on_chosen: Callable[[], None]) -> None:
    """Open the system's print dialog; nothing waits for it."""
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("page.printer")
    dialog.accepted.connect(on_chosen)
    QDialog.open(dialog)


def paint_sheets(printer: QPrinter, sheets: Sequence[bytes]) -> None:
    """Paint each sheet on a page of its own.

    Raises
    ------
    UserError
        The printer can't be reached or refuses.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("The printer does not answer.", "Check it, or choose another one.")
    try:
        for number, sheet in enumerate(sheets):
            if number and not printer.newPage():
                raise UserError(
                    f"The printer stopped before sheet {number + 1}.", "Check it and print again."
                )
            area = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            painter.drawImage(area, QImage.fromData(sheet))
    finally:
        painter.end()
