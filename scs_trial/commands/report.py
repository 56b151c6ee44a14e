"""``scs-trial report``: the page of one trial as a PDF file."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from scs_trial.commands import OK
from scs_trial.commands.record_access import add_record_arguments, opened_session

_DESCRIPTION = """\
Write the SCS Trial Profile of one trial: identity, evidence, verdict with cautions, criteria, every
day against baseline, methods, programs, the patient's words, safety, decision. Tagged PDF/A-2a and
PDF/UA-1. Reading and export are noted in the record's audit trail.
"""
_EPILOG = """\
The file is private to you (mode 0600), and no other file is replaced unless --force is given.
Without -o the name tells nothing about the patient.

examples:
  scs-trial report --record clinic.scs --user stone --patient "104 882"
  scs-trial report --record clinic.scs --user stone --password-fd 3 --patient "104 882" \\
      --trial 2026-11-15 --paper letter -o page.pdf 3< password.txt

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
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")


def run(arguments: argparse.Namespace) -> int:
    """Write the page and return the exit code."""
    from scs_trial.reports.profile import render_profile  # noqa: PLC0415  (start-up time)
    from scs_trial.reports.profile_content import profile_content  # noqa: PLC0415
    from scs_trial.reports.save import check_free, file_name, save_page  # noqa: PLC0415
    from scs_trial.services.hand_out_page import (  # noqa: PLC0415
        HandedOut,
        note_page,
        review_for_page,
    )

    with opened_session(arguments, exclusive=False) as session:
        review = review_for_page(session, mrn=arguments.patient, trial_start=arguments.trial)
        content = profile_content(
            review, printed_at=session.clock.now(), printed_by=session.account.display_name
        )
        path = arguments.output or Path(file_name(content))
        check_free(path, overwrite=arguments.force)
        document = render_profile(content, paper=arguments.paper)
        note_page(
            session,
            patient_id=review.patient.id,
            trial_id=review.trial.id,
            content_hash=content.content_hash,
            how=HandedOut.EXPORTED,
        )
        save_page(path, document, overwrite=arguments.force)
    sys.stdout.write(f"{path}\n")
    return OK
