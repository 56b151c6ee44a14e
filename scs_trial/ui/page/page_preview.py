"""Preview of the page: what is shown is what is printed and saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scs_trial.domain.verdict import Tone
from scs_trial.errors import UserError
from scs_trial.reports.profile import SCREEN_PPI, Paper, render_profile, render_sheets
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.save import file_name, save_page
from scs_trial.services.hand_out_page import HandedOut, note_page
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
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
from scs_trial.ui.theme import SPACE
from scs_trial.ui.widgets.banner import Banner
from scs_trial.ui.widgets.choice_box import ChoiceBox
from scs_trial.ui.widgets.labels import PlainLabel, TextSize

_SIZE = (860, 900)


class PagePreview(QDialog):
    """Shows the sheets of one trial's page and hands them out.

    Parameters
    ----------
    session
        Who prints; export and print are noted in the audit trail.
    review
        The snapshot that the screen shows.
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
        session: Session,
        review: TrialReview,
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
        self.setWindowTitle(self.tr("SCS Trial Profile"))
        self.resize(*_SIZE)
        self._session = session
        self._review = review
        self._tasks = tasks
        self._prompts = prompts or DialogPrompts(self)
        self._choose_printer = choose_printer
        self._content = profile_content(
            review, printed_at=session.clock.now(), printed_by=session.account.display_name
        )
        self._closed = False
        self._wanted = 0
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
        verdict = self._content.verdict
        self._sheets.setAccessibleDescription(" ".join((verdict.headline, *verdict.sentences)))
        self._banner = Banner(self)
        self._banner.setObjectName("page.banner")
        self._state = PlainLabel("", self)
        heading = PlainLabel(
            self._content.title, self, size=TextSize.LARGE, weight=QFont.Weight.DemiBold
        )
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
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
        button = QPushButton(text, self)
        button.setObjectName(f"page.{name}")
        button.setAccessibleName(text.replace("&", "").rstrip("…"))
        button.setAutoDefault(False)
        button.clicked.connect(pressed)
        return button

    @property
    def paper(self) -> Paper:
        """The chosen paper."""
        return cast("Paper", self._paper.key())

    def _render(self) -> None:
        self._wanted += 1
        self._busy(self.tr("Setting the page…"))
        self._tasks.run_task(
            partial(_set_sheets, self._content, self.paper),
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
            name=file_name(self._content),
            filters=["PDF (*.pdf)"],
            on_chosen=self._export_to,
        )

    def _export_to(self, path: Path | None) -> None:
        if path is None:
            return
        self._busy(self.tr("Exporting…"))
        self._tasks.run_task(
            partial(_set_file, self._content, self.paper),
            on_done=partial(self._save, path),
            on_error=self._refuse,
            title=self.tr("Export the page"),
        )

    def _save(self, path: Path, document: bytes) -> None:
        """Note the export, then save; the file box has asked before it names an existing file."""
        if self._closed:
            return
        try:
            self._note(HandedOut.EXPORTED)
            save_page(path, document, overwrite=True)
        except UserError as error:
            self._refuse(error)
            return
        self._busy("")
        self._banner.show_message(self.tr("Saved as {}").format(path.name), tone=Tone.GOOD)
        self.exported.emit(path)

    @Slot()
    def _on_print_clicked(self) -> None:
        printer = make_printer(self.paper)
        self._choose_printer(self, printer, partial(self._print_on, printer))

    def _print_on(self, printer: QPrinter) -> None:
        self._busy(self.tr("Printing…"))
        self._tasks.run_task(
            partial(_set_sheets, self._content, self.paper, ppi=PRINT_PPI),
            on_done=partial(self._paint, printer),
            on_error=self._refuse,
            title=self.tr("Print the page"),
        )

    def _paint(self, printer: QPrinter, sheets: tuple[bytes, ...]) -> None:
        if self._closed:
            return
        try:
            self._note(HandedOut.PRINTED)
            paint_sheets(printer, sheets)
        except UserError as error:
            self._refuse(error)
            return
        self._busy("")
        self._banner.show_message(self.tr("Sent to the printer"), tone=Tone.GOOD)
        self.printed.emit()

    def _note(self, how: HandedOut) -> None:
        note_page(
            self._session,
            patient_id=self._review.patient.id,
            trial_id=self._review.trial.id,
            content_hash=self._content.content_hash,
            how=how,
        )


def _set_sheets(
    content: ProfileContent, paper: Paper, progress: Progress, *, ppi: float = SCREEN_PPI
) -> tuple[bytes, ...]:
    """Set the sheets as pictures; runs in the background."""
    del progress
    return render_sheets(content, paper=paper, ppi=ppi)


def _set_file(content: ProfileContent, paper: Paper, progress: Progress) -> bytes:
    """Set the page as a file; runs in the background."""
    del progress
    return render_profile(content, paper=paper)
