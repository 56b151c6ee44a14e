"""Open a record from the command line: which file, who, and the password."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from platform import node

from scs_trial import copy_door
from scs_trial.clock import Clock, SystemClock
from scs_trial.errors import UserError
from scs_trial.services.session import Session

_LONGEST = 4096
_WHY = "command line"


def add_record_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--record``, ``--user`` and ``--password-fd``."""
    parser.add_argument(
        "--record", metavar="FILE", type=Path, required=True, help="the encrypted record"
    )
    parser.add_argument("--user", metavar="NAME", required=True, help="user name of the account")
    parser.add_argument(
        "--password-fd",
        metavar="N",
        type=int,
        help="read the password from this open file descriptor, up to the end of its first line; "
        "without it the terminal asks",
    )


def read_password(descriptor: int | None, *, prompt: str = "Password: ") -> str:
    """Return the password from a descriptor or the terminal; never from an argument.

    Raises
    ------
    UserError
        The descriptor is not open, or there is no terminal to ask on.
    """
    if descriptor is not None:
        try:
            data = os.read(descriptor, _LONGEST)
            while data and b"\n" not in data and len(data) < _LONGEST:
                more = os.read(descriptor, _LONGEST)
                if not more:
                    break
                data += more
        except OSError as error:
            raise UserError(
                f"No password can be read from file descriptor {descriptor}.",
                "Open it first, e.g. --password-fd 3 3<file.",
            ) from error
        return data.split(b"\n")[0].removesuffix(b"\r").decode("utf-8", "replace")
    if not sys.stdin.isatty():
        raise UserError(
            "There is no terminal to ask for the password on.", "Give it with --password-fd."
        )
    return getpass.getpass(prompt)


@contextmanager
def opened_session(
    arguments: argparse.Namespace, *, clock: Clock | None = None, exclusive: bool = True
) -> Iterator[Session]:
    """Open the record that the arguments name, and close it at the end.

    ``exclusive`` refuses a record that another program has open; a command that only reads may do
    without.
    """
    from scs_trial.data.open import open_record  # noqa: PLC0415  (start-up time)
    from scs_trial.data.options import Options  # noqa: PLC0415  (start-up time)
    from scs_trial.data.way_in import tries_on  # noqa: PLC0415  (start-up time)
    from scs_trial.safekeeper import kept_session  # noqa: PLC0415  (start-up time)
    from scs_trial.services.log_in import DoorEvent, note_door  # noqa: PLC0415  (start-up time)

    now = clock or SystemClock()
    password = read_password(arguments.password_fd)
    options = Options(clock=now, exclusive=exclusive, workstation=node())
    if copy_door.is_copy(arguments.record):
        session, _pin = copy_door.open_session(arguments.record, arguments.user, password, options)
        try:
            note_door(session, DoorEvent.LOG_IN, why="command line")
            yield session
        finally:
            session.records.close()
        return
    opened = open_record(arguments.record, arguments.user, password, options=options)
    try:
        session = kept_session(opened.records, opened.account, clock=now)
        tries = tries_on(arguments.record, options)
        failed = tries.waiting()
        note_door(session, DoorEvent.LOG_IN, failed=failed, why=_WHY)
        tries.audited(failed)
        try:
            yield session
        finally:
            with suppress(UserError):  # what went wrong with the record was said already
                note_door(session, DoorEvent.LOG_OUT, why=_WHY)
    finally:
        opened.records.close()
