"""Preview of whatever is printed: what is shown is what is printed and saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.reports.save import file_name, save_page
from scs_trial.reports.typeset import (
    SCREEN_PPI,
    Paper,
    Printout,
    render_pdf,
    render_pictures,
    unprinted,
)
from scs_trial.services.hand_out_page import HandedOut
from scs_trial.ui.help.text_page import add_help_key
from scs_trial.ui.page.print_sheets import (
    PRINT_PPI,
    AskPrinter,
    ask_printer,
    make_printer,
    paint_sheets,
)
from scs_trial.ui.page.sheets_view import SheetsView
from scs_trial.ui.prompts import DialogPrompts, Prompts
from scs_trial.ui.tasks import Progress, TaskRunner
from scs_trial.ui.text import set_plain_tool_tip
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.labels import PlainLabel, TextSize
from scs_trial.ui.widgets.named_button import named_button

_SIZE = (860, 900)


class SheetPreview(QDialog):
    """Shows the sheets of a printout and hands them out.

    Parameters
    ----------
    printout
        What is shown.
    note
        Called before anything leaves, to note it in the audit trail; refuses with ``UserError``.
    tasks
        Runs the typesetting in the background.
    prompts
        Asks for the file; over this dialog when None.
    choose_printer
        Asks for the printer.
    """

    ready = Signal()
    """The sheets are shown."""
    exported = Signal(Path)
    printed = Signal()

    def __init__(
        self,
        printout: Printout,
        note: Callable[[HandedOut], None],
        *,
        tasks: TaskRunner,
        prompts: Prompts | None = None,
        choose_printer: AskPrinter = ask_printer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        add_help_key(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(printout.title)
        self.resize(*_SIZE)
        self._printout = printout
        self._note = note
        self._tasks = tasks
        self._prompts = prompts or DialogPrompts(self)
        self._choose_printer = choose_printer
        self._closed = False
        self._wanted = 0
        self._options = QHBoxLayout()
        self._options.setSpacing(2 * SPACE)
        self._make_view()
        self.finished.connect(self._on_finished)
        self._render()

    def _make_view(self) -> None:
        self._paper = ChoiceBox([("a4", "A4"), ("letter", "Letter")], self)
        self._paper.setObjectName("page.paper")
        self._paper.setAccessibleName(self.tr("Paper"))
        self._paper.currentIndexChanged.connect(self._on_paper_chosen)
        self._print = self._button("print", self.tr("&Print…"), self._on_print_clicked)
        self._export = self._button("export", self.tr("&Export PDF…"), self.export)
        self._export.setProperty("kind", "primary")
        close = self._button("close", self.tr("Close"), self.reject)
        self._sheets = SheetsView(self)
        self._sheets.setObjectName("page.sheets")
        self._sheets.setAccessibleName(self.tr("The page"))
        self._sheets.setAccessibleDescription(self._printout.description)
        self._banner = Banner(self)
        self._banner.setObjectName("page.banner")
        self._state = PlainLabel("", self)
        heading = PlainLabel(
            self._printout.title, self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold
        )
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addLayout(self._options)
        top.addWidget(self._paper)
        bottom = QHBoxLayout()
        bottom.addWidget(self._state, 1)
        for button in (close, self._print, self._export):
            bottom.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addWidget(self._banner)
        layout.addWidget(self._sheets, 1)
        layout.addLayout(bottom)
        self._sheets.setFocus()

    def _button(self, name: str, text: str, pressed: Callable[[], None]) -> QPushButton:
        button = named_button(text, f"page.{name}", self)
        button.clicked.connect(pressed)
        return button

    def add_option(self, name: str, text: str, *, told: str) -> QCheckBox:
        """Return a new box to tick beside the paper; ``told`` says more for a screen reader."""
        box = QCheckBox(text, self)
        box.setObjectName(f"page.{name}")
        box.setAccessibleName(text)
        box.setAccessibleDescription(told)
        set_plain_tool_tip(box, told)
        self._options.addWidget(box)
        return box

    def take(self, printout: Printout, note: Callable[[HandedOut], None]) -> None:
        """Show another printout from now on, noted in its own way."""
        self._printout = printout
        self._note = note
        self._sheets.setAccessibleDescription(printout.description)
        self._render()

    @property
    def paper(self) -> Paper:
        """The chosen paper."""
        return cast("Paper", self._paper.key())

    def _render(self) -> None:
        self._wanted += 1
        self._busy(self.tr("Setting the page…"))
        self._tasks.run_task(
            partial(_set_sheets, self._printout, self.paper),
            on_done=partial(self._show_sheets, self._wanted),
            on_error=self._refuse,
            title=self.tr("Page"),
        )

    def _busy(self, words: str) -> None:
        self._state.setText(words)
        for button in (self._print, self._export):
            button.setEnabled(not words)

    def _show_sheets(self, wanted: int, sheets: tuple[bytes, ...]) -> None:
        """Show sheets unless another paper was chosen, or the dialog closed, in the meantime."""
        if self._closed or wanted != self._wanted:
            return
        self._sheets.set_sheets(sheets)
        self._busy("")
        if lacking := unprinted(self._printout):
            self._banner.show_message(lacking, tone=Tone.WARNING)
        self.ready.emit()

    def _refuse(self, error: UserError) -> None:
        if not self._closed:
            self._busy("")
            self._banner.show_message(str(error), tone=Tone.DANGER)

    @Slot(int)
    def _on_paper_chosen(self, _index: int) -> None:
        self._render()

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._closed = True

    @Slot()
    def export(self) -> None:
        """Ask where to write the PDF, and write it."""
        self._prompts.save_file(
            self.tr("Export the page"),
            name=file_name(self._printout),
            filters=["PDF (*.pdf)"],
            on_chosen=self._export_to,
        )

    def _export_to(self, path: Path | None) -> None:
        if path is None:
            return
        self._busy(self.tr("Exporting…"))
        self._tasks.run_task(
            partial(_set_file, self._printout, self.paper),
            on_done=partial(self._save, path, self._note),
            on_error=self._refuse,
            title=self.tr("Export the page"),
        )

    def _save(self, path: Path, note: Callable[[HandedOut], None], document: bytes) -> None:
        """Note the export, then save; the file box has asked before it names an existing file."""
        if self._closed:
            return
        try:
            note(HandedOut.EXPORTED)
            save_page(path, document, overwrite=True)
        except UserError as error:
            self._refuse(error)
            return
        self._busy("")
        self._banner.show_message(self.tr("Saved as {}").format(path.name), tone=Tone.GOOD)
        self.exported.emit(path)

    @Slot()
    def _on_print_clicked(self) -> None:
        printer = make_printer(self.paper, title=self._printout.title)
        self._choose_printer(self, printer, partial(self._print_on, printer))

    def _print_on(self, printer: QPrinter) -> None:
        self._busy(self.tr("Printing…"))
        self._tasks.run_task(
            partial(_set_sheets, self._printout, self.paper, ppi=PRINT_PPI),
            on_done=partial(self._paint, printer, self._note),
            on_error=self._refuse,
            title=self.tr("Print the page"),
        )

    def _paint(
        self, printer: QPrinter, note: Callable[[HandedOut], None], sheets: tuple[bytes, ...]
    ) -> None:
        if self._closed:
            return
        try:
            note(HandedOut.PRINTED)
            paint_sheets(printer, sheets)
        except UserError as error:
            self._refuse(error)
            return
        self._busy("")
        self._banner.show_message(self.tr("Sent to the printer"), tone=Tone.GOOD)
        self.printed.emit()


def _set_sheets(
    printout: Printout, paper: Paper, progress: Progress, *, ppi: float = SCREEN_PPI
) -> tuple[bytes, ...]:
    """Set the sheets as pictures; runs in the background."""
    del progress
    return render_pictures(printout, paper=paper, ppi=ppi)


def _set_file(printout: Printout, paper: Paper, progress: Progress) -> bytes:
    """Set the page as a file; runs in the background."""
    del progress
    return render_pdf(printout, paper=paper)
