"""``scs-trial report``: the page of one trial as a PDF file or as plain text."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scs_trial.commands import OK
from scs_trial.commands.record_access import add_record_arguments, opened_session
from scs_trial.errors import UserError

if TYPE_CHECKING:
    from scs_trial.reports.profile_types import ProfileContent

_SCREEN = Path("-")

_DESCRIPTION = """\
Write the SCS Trial Profile of one trial: identity, evidence, verdict with cautions, criteria, every
day against baseline, methods, programs, the patient's words, safety, decision. Tagged PDF/A-2a and
PDF/UA-1; or, with --format text, the same facts as plain text for pasting into a hospital record.
Reading and export are noted in the record's audit trail.
"""
_EPILOG = """\
The file is private to you (mode 0600), and no other file is replaced unless --force is given.
Without -o the name tells nothing about the patient; -o - writes the text to standard output.
No line of the text is wider than 75 columns. --ascii replaces typographic symbols; names stay as
they are written.

examples:
  scs-trial report --record clinic.scs --user stone --patient "104 882"
  scs-trial report --record clinic.scs --user stone --password-fd 3 --patient "104 882" \\
      --trial 2026-11-15 --paper letter -o page.pdf 3< password.txt
  scs-trial report --record clinic.scs --user stone --patient "104 882" --format text -o -

exit codes: 0 written, 1 refused (the reason is on standard error), 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``report``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    add_record_arguments(parser)
    parser.add_argument("--patient", metavar="MRN", required=True, help="the patient's exact MRN")
    parser.add_argument(
        "--trial",
        metavar="DATE",
        type=date.fromisoformat,
        help="placement date, as 2026-11-15 (default: the newest trial)",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="file to write (default: a neutral name)"
    )
    parser.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="paper size (default: %(default)s)"
    )
    parser.add_argument(
        "--format", choices=("pdf", "text"), default="pdf", help="kind of file (default: pdf)"
    )
    parser.add_argument(
        "--ascii", action="store_true", help="plain symbols in the text, e.g. -> for an arrow"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")


def run(arguments: argparse.Namespace) -> int:
    """Write the page and return the exit code."""
    from scs_trial.reports.profile import profile_printout  # noqa: PLC0415  (start-up time)
    from scs_trial.reports.profile_content import profile_content  # noqa: PLC0415
    from scs_trial.reports.save import check_free, file_name, save_page  # noqa: PLC0415
    from scs_trial.services.hand_out_page import (  # noqa: PLC0415
        HandedOut,
        note_page,
        review_for_page,
    )

    to_screen = _writes_to_screen(arguments)
    with opened_session(arguments, exclusive=False) as session:
        review = review_for_page(session, mrn=arguments.patient, trial_start=arguments.trial)
        content = profile_content(
            review, printed_at=session.clock.now(), printed_by=session.account.display_name
        )
        suffix = "txt" if arguments.format == "text" else "pdf"
        path = arguments.output or Path(file_name(profile_printout(content), suffix=suffix))
        if not to_screen:
            check_free(path, overwrite=arguments.force)
        document = _document(content, arguments)
        note_page(
            session,
            patient_id=review.patient.id,
            trial_id=review.trial.id,
            content_hash=content.content_hash,
            how=HandedOut.EXPORTED,
        )
        if not to_screen:
            save_page(path, document, overwrite=arguments.force)
    sys.stdout.write(document.decode() if to_screen else f"{path}\n")
    return OK


def _writes_to_screen(arguments: argparse.Namespace) -> bool:
    """Tell whether the text goes to standard output.

    Raises
    ------
    UserError
        A PDF file was asked for there, or plain symbols in it.
    """
    if arguments.format == "text":
        return bool(arguments.output == _SCREEN)
    if arguments.ascii:
        raise UserError("--ascii is for text.", "Add --format text.")
    if arguments.output == _SCREEN:
        raise UserError("A PDF file is not written to the screen.", "Name a file with -o.")
    return False


def _document(content: ProfileContent, arguments: argparse.Namespace) -> bytes:
    if arguments.format == "text":
        from scs_trial.reports.plain_text import plain_text  # noqa: PLC0415  (start-up time)

        return plain_text(content, ascii_only=arguments.ascii).encode()
    from scs_trial.reports.profile import render_profile  # noqa: PLC0415  (start-up time)

    return render_profile(content, paper=arguments.paper)
