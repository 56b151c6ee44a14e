"""``scs-trial verify``: check that a record is whole, and that a printed anchor is in it."""

from __future__ import annotations

import argparse
import sys

from scs_trial.commands import FAULTY, OK
from scs_trial.commands.record_access import add_record_arguments, opened_session

_DESCRIPTION = """\
Check the audit chain, the triggers that guard it, every page of the encrypted file, the content
against the trail, every signature, and anchors that were printed before. The record is
tamper-evident up to the last printed anchor: a cut tail, or a history that was made anew, shows
only against an anchor that was printed before.
"""
_EPILOG = """\
An anchor stands at the foot of every page: audit, a number and 16 digits.

examples:
  scs-trial verify --record clinic.scs --user stone
  scs-trial verify --record clinic.scs --user stone --anchor "1234 0a1b 2c3d 4e5f 6071"

exit codes: 0 everything holds, 1 something does not or was refused, 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``verify``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    add_record_arguments(parser)
    parser.add_argument(
        "--anchor",
        metavar='"SEQ HEX16"',
        action="append",
        default=[],
        help="a printed anchor to look for; may be given several times",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the record and return the exit code."""
    from scs_trial.domain.anchor import read_anchor  # noqa: PLC0415  (start-up time)
    from scs_trial.services.verify_record import PROMISE, verify_record  # noqa: PLC0415

    anchors = [read_anchor(text) for text in arguments.anchor]
    with opened_session(arguments, exclusive=False) as session:
        made = verify_record(session, anchors=anchors)
    lines = [f"{'ok ' if held.holds else 'BAD'} {held.text}" for held in made.findings]
    sys.stdout.writelines(f"{line}\n" for line in (*lines, PROMISE))
    return OK if made.holds else FAULTY
