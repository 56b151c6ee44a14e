"""Write the pages of many trials into a folder; one that fails loses no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scs_trial.errors import CancelledError, NotFoundError, UserError
from scs_trial.reports.plain_text import plain_text
from scs_trial.reports.profile import profile_printout
from scs_trial.reports.save import FileExistsAlreadyError, check_free, file_name, save_page
from scs_trial.reports.session_page import session_page
from scs_trial.reports.typeset import Paper, render_pdf
from scs_trial.services.choose_trials import ChosenTrial
from scs_trial.services.hand_out_page import HandedOut, note_page
from scs_trial.services.review_trial import open_workspace
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session

Tell = Callable[[int, int], None]
"""Told how many of how many pages are done; raises ``CancelledError`` to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """How each page is written: paper, or as text; with or without the identity; with its data."""

    paper: Paper = "a4"
    as_text: bool = False
    ascii_only: bool = False
    private: bool = False
    with_data: bool = False

    @property
    def suffix(self) -> str:
        """The ending of the files."""
        return "txt" if self.as_text else "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWritten:
    """A trial whose page could not be written, and why."""

    chosen: ChosenTrial
    error: UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyPages:
    """What became of the pages: every trial that was chosen is in exactly one of the three."""

    written: tuple[Path, ...]
    failed: tuple[NotWritten, ...]
    left: tuple[ChosenTrial, ...] = ()
    """Those that were not begun when the person stopped."""

    @property
    def existing(self) -> tuple[ChosenTrial, ...]:
        """Those whose file was there already, and was not changed."""
        return tuple(
            one.chosen for one in self.failed if isinstance(one.error, FileExistsAlreadyError)
        )


def write_pages(
    session: Session,
    chosen: Sequence[ChosenTrial],
    folder: Path,
    *,
    form: PageForm,
    overwrite: bool = False,
    tell: Tell = lambda _done, _total: None,
) -> ManyPages:
    """Write the page of each trial; reading and export of each are audited.

    Parameters
    ----------
    session
        Who exports.
    chosen
        The trials.
    folder
        Where the files go; they are named by their content and tell nothing about the patient.
    form
        How each page is written.
    overwrite
        Whether a file that is there already may be replaced.
    tell
        Told before each page how many are done.

    Raises
    ------
    UserError
        There is no such folder; nothing was read.
    """
    if not folder.is_dir():
        raise UserError("There is no such folder.", "Choose a folder that exists.")
    written: list[Path] = []
    failed: list[NotWritten] = []
    for done, one in enumerate(chosen):
        try:
            tell(done, len(chosen))
        except CancelledError:
            return ManyPages(
                written=tuple(written), failed=tuple(failed), left=tuple(chosen[done:])
            )
        try:
            written.append(_write(session, one, folder, form=form, overwrite=overwrite))
        except UserError as error:
            failed.append(NotWritten(chosen=one, error=error))
    return ManyPages(written=tuple(written), failed=tuple(failed))


def _write(
    session: Session, one: ChosenTrial, folder: Path, *, form: PageForm, overwrite: bool
) -> Path:
    review = _review(session, one)
    content = session_page(session, review, private=form.private)
    printout = profile_printout(content, with_data=form.with_data)
    path = folder / file_name(printout, suffix=form.suffix)
    check_free(path, overwrite=overwrite)
    if form.as_text:
        document = plain_text(content, ascii_only=form.ascii_only).encode()
    else:
        document = render_pdf(printout, paper=form.paper)
    note_page(
        session,
        patient_id=review.patient.id,
        trial_id=review.trial.id,
        content_hash=content.content_hash,
        how=HandedOut.EXPORTED,
        private=form.private,
    )
    save_page(path, document, overwrite=overwrite)
    return path


def _review(session: Session, one: ChosenTrial) -> TrialReview:
    """Return the review of exactly this trial; the reading is audited."""
    review = open_workspace(session, one.patient.id, trial_id=one.trial.id).review
    if review is None or review.trial.id != one.trial.id:
        raise NotFoundError("The trial was taken out of the record in the meantime.")
    return review
