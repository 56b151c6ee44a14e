"""``scs-trial backup``: make, list, check and try out the backups of a record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scs_trial.commands import FAULTY, OK
from scs_trial.commands.record_access import add_record_arguments, opened_session
from scs_trial.commands.rules import write_lines
from scs_trial.errors import UserError

if TYPE_CHECKING:
    from scs_trial.domain.backups import Backup
    from scs_trial.services.session import Session

_DESCRIPTION = """\
Back a record up, while it is in use or not. The backup lies in a folder beside the record and, when
the settings name one, in a second folder. It counts only after it was opened and every page of it
checked. A backup opens with the passwords of when it was made.
"""
_EPILOG = """\
Kept are all backups of two days, then one for each of 12 days, 10 weeks and 9 months.

examples:
  scs-trial backup --record clinic.scs --user stone
  scs-trial backup --record clinic.scs --user stone --list
  scs-trial backup --record clinic.scs --user stone --check
  scs-trial backup --record clinic.scs --user stone --drill
  scs-trial backup --record clinic.scs --user stone --copy /media/stick/clinic.scs

exit codes: 0 done, 1 refused or a backup is damaged (the reason is on standard error), 2 wrong
usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``backup``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    add_record_arguments(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the backups, the newest first")
    what.add_argument(
        "--check", action="store_true", help="open and check every backup that is listed"
    )
    what.add_argument(
        "--drill",
        metavar="NAME",
        nargs="?",
        const="",
        help="restore a backup (default: the newest) into a scratch place, open it, make one page "
        "again and compare",
    )
    what.add_argument(
        "--copy", metavar="FILE", type=Path, help="write a verified copy to a file of its own"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for and return the exit code."""
    from scs_trial.services import safekeeping  # noqa: PLC0415  (start-up time)

    with opened_session(arguments, exclusive=False) as session:
        if arguments.check:
            return _check(session)
        if arguments.list:
            listed = safekeeping.list_backups(session)
            _say(_line(held, session.zone()) for held in listed.backups)
            if listed.damaged:
                write_lines(["The list of backups is damaged; the next backup writes it anew."])
            return FAULTY if listed.damaged else OK
        if arguments.drill is not None:
            drill = safekeeping.drill_backup(session, arguments.drill)
            _say([*drill.steps, f"The drill took {drill.seconds:.1f} s."])
            return OK
        if arguments.copy is not None:
            safekeeping.save_copy(session, arguments.copy)
            _say([f"{arguments.copy}: verified"])
            return OK
        made = safekeeping.back_up(session)
        _say([f"{made.backup.name}: verified, {made.backup.size} bytes"])
        write_lines([made.second_problem] if made.second_problem else [])
        return FAULTY if made.second_problem else OK


def _check(session: Session) -> int:
    from scs_trial.data.backup import EarlierKeysError  # noqa: PLC0415  (start-up time)
    from scs_trial.services import safekeeping  # noqa: PLC0415  (start-up time)

    faulty = False
    for held in safekeeping.list_backups(session).backups:
        try:
            safekeeping.verify_backup(session, held.name)
            _say([f"{held.name}: whole"])
        except EarlierKeysError as error:
            _say([f"{held.name}: {error}"])
        except UserError as error:
            write_lines([f"{held.name}: {error}"])
            faulty = True
    return FAULTY if faulty else OK


def _line(held: Backup, zone: ZoneInfo) -> str:
    local = held.at.astimezone(zone)
    second = "two folders" if held.copied else "one folder"
    return (
        f"{held.name}  {local:%Y-%m-%d %H:%M}  {held.size:>10} bytes  verified, {second}  "
        f"{held.reason}"
    )


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
