"""``scs-trial report``: the page of one trial or of many, as PDF or text, and its companions."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scs_trial.commands import OK
from scs_trial.commands.record_access import add_record_arguments, opened_session
from scs_trial.services.choose_trials import TrialState

if TYPE_CHECKING:
    from scs_trial.commands.report_sheets import Sheet

_SCREEN = Path("-")
_TEXT = "text"

_DESCRIPTION = """\
Write the SCS Trial Profile of one trial or of many, or a companion (--sheet). The page holds
identity, evidence, verdict with cautions, criteria, every day against baseline, methods, programs,
the patient's words, safety, decision. Tagged PDF/A-2a and PDF/UA-1; or, with --format text, the
same facts as plain text for pasting into a hospital record. Reading and export are noted in the
record's audit trail.
"""
_EPILOG = """\
Several patients, or --all, write a file each into a folder; what can't be written is said and loses
no other, and Ctrl+C stops between two pages. --private leaves out name, birth date and MRN; read
the notes before you pass the page on: a story may still tell who it is about.
The file is private to you (mode 0600), and no other file is replaced unless --force is given.
Without -o the name tells nothing about the patient; -o - writes the text to standard output.
No line of the text is wider than 75 columns. --ascii replaces typographic symbols; names stay as
they are written.

examples:
  scs-trial report --record clinic.scs --user stone --patient "104 882"
  scs-trial report --record clinic.scs --user stone --password-fd 3 --patient "104 882" \\
      --trial 2026-11-15 --paper letter -o page.pdf 3< password.txt
  scs-trial report --record clinic.scs --user stone --patient "104 882" --format text -o -
  scs-trial report --record clinic.scs --user stone --patient "104 882" --sheet diary
  scs-trial report --record clinic.scs --user anna --sheet calls -o today.pdf
  scs-trial report --record clinic.scs --user stone --patient "104 882" --private --with-data
  scs-trial report --record clinic.scs --user stone --all --state signed --folder pages

exit codes: 0 written, 1 refused (the reason is on standard error), 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``report``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    add_record_arguments(parser)
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument(
        "--patient", metavar="MRN", action="append", help="a patient's exact MRN; may be repeated"
    )
    whom.add_argument("--all", action="store_true", help="every trial of the record")
    parser.add_argument(
        "--state",
        action="append",
        choices=[state.value for state in TrialState],
        help="with --all: trials in this state alone; may be repeated",
    )
    parser.add_argument(
        "--folder",
        metavar="DIR",
        type=Path,
        help="write each page into this folder (for many, default: scs-trial-profiles)",
    )
    parser.add_argument(
        "--sheet",
        choices=("profile", "diary", "coverage", "calls"),
        default="profile",
        help="the page, a blank diary for the patient, the coverage checklist of the trial's"
        " criteria, or today's call sheet of the clinic (default: %(default)s)",
    )
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
    parser.add_argument(
        "--private",
        action="store_true",
        help="study number instead of name, birth date and MRN",
    )
    parser.add_argument(
        "--with-data",
        action="store_true",
        help="attach the page's entries for a computer (JSON; the file is then PDF/A-3a)",
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")


def run(arguments: argparse.Namespace) -> int:
    """Write the sheet and return the exit code."""
    from scs_trial.commands.report_check import check  # noqa: PLC0415  (start-up time)
    from scs_trial.commands.report_many import is_many, run_many  # noqa: PLC0415
    from scs_trial.commands.report_sheets import make_sheet  # noqa: PLC0415
    from scs_trial.reports.save import check_free, file_name, save_page  # noqa: PLC0415
    from scs_trial.reports.typeset import unprinted  # noqa: PLC0415

    check(arguments)
    if is_many(arguments):
        with opened_session(arguments, exclusive=False) as session:
            return run_many(session, arguments)
    to_screen = arguments.output == _SCREEN
    with opened_session(arguments, exclusive=False) as session:
        sheet = make_sheet(session, arguments)
        suffix = "txt" if arguments.format == _TEXT else "pdf"
        path = arguments.output or Path(file_name(sheet.printout, suffix=suffix))
        if not to_screen:
            check_free(path, overwrite=arguments.force)
        document = _document(sheet, arguments)
        sheet.note(session)
        if not to_screen:
            save_page(path, document, overwrite=arguments.force)
    sys.stdout.write(document.decode() if to_screen else f"{path}\n")
    if arguments.format != _TEXT and (lacking := unprinted(sheet.printout)):
        sys.stderr.write(f"scs-trial: {lacking}\n")
    return OK


def _document(sheet: Sheet, arguments: argparse.Namespace) -> bytes:
    if arguments.format == _TEXT and sheet.content is not None:
        from scs_trial.reports.plain_text import plain_text  # noqa: PLC0415  (start-up time)

        return plain_text(sheet.content, ascii_only=arguments.ascii).encode()
    from scs_trial.reports.typeset import render_pdf  # noqa: PLC0415  (start-up time)

    return render_pdf(sheet.printout, paper=arguments.paper)
