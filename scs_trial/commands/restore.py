"""``scs-trial restore``: put a backup in the place of a record, or mend a damaged record."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scs_trial.clock import SystemClock
from scs_trial.commands import OK
from scs_trial.commands.record_access import add_record_arguments, read_password

if TYPE_CHECKING:
    from scs_trial.data.restore import Restored

_DESCRIPTION = """\
Put a backup in the place of a record. The backup is checked first; the record as it is now goes,
with its key file, to a folder beside it and is never overwritten. The record must be closed. The
password is the one that the account had when the backup was made.
"""
_EPILOG = """\
--repair mends a damaged record: it is kept, its indexes are built anew, its rows are read into a
new file, and when neither makes it whole the newest whole backup takes its place. Each step is
said.

examples:
  scs-trial restore --record clinic.scs --user stone
  scs-trial restore --record clinic.scs --user stone --backup clinic-20260310T083000Z.scs
  scs-trial restore --record clinic.scs --user stone --from /media/stick
  scs-trial restore --record clinic.scs --user stone --repair

exit codes: 0 done, 1 refused (the reason is on standard error; the record is as it was), 2 wrong
usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``restore``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    add_record_arguments(parser)
    parser.add_argument(
        "--from", dest="folder", metavar="FOLDER", type=Path, help="backups of another folder"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--backup", metavar="NAME", default="", help="which backup (default: the newest)"
    )
    what.add_argument("--repair", action="store_true", help="mend a damaged record")


def run(arguments: argparse.Namespace) -> int:
    """Restore or repair, and return the exit code."""
    from scs_trial.data import restore  # noqa: PLC0415  (start-up time)
    from scs_trial.restore_record import restore_record  # noqa: PLC0415  (start-up time)

    password = read_password(arguments.password_fd)
    clock = SystemClock()
    folder = restore.folder_for(arguments.record, arguments.folder)
    if arguments.repair:
        done = restore.repair(
            arguments.record,
            folder,
            user_name=arguments.user,
            password=password,
            at=clock.now(),
            say=_say,
        )
        _tell(done)
        return OK
    done = restore_record(
        arguments.record,
        folder,
        arguments.backup,
        user_name=arguments.user,
        password=password,
        clock=clock,
    )
    _tell(done)
    return OK


def _tell(done: Restored) -> None:
    _say(f"The record holds {done.head_seq} rows of the audit trail.")
    _say(f"The record as it was is in {done.kept}.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
