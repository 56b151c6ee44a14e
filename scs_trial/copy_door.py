"""The door to a copy for reading. Brings the database on first use only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scs_trial.errors import UserError
from scs_trial.paths import config_folder

if TYPE_CHECKING:
    from scs_trial.data.options import Options
    from scs_trial.data.pin import PinCheck
    from scs_trial.data.tries import Tries
    from scs_trial.services.door import AccountName
    from scs_trial.services.session import Session

_ENDING = "-snapshot.json"
_NAME_DIGITS = 16


def is_copy(path: Path) -> bool:
    """Return whether a path names a pointer to a copy for reading."""
    return path.name.endswith(_ENDING)


def accounts(path: Path) -> Sequence[AccountName]:
    """Return who may open the newest copy; raise ``UserError``."""
    from scs_trial.data import read_copy  # noqa: PLC0415  (start-up time)

    return read_copy.account_names(path)


def open_session(
    path: Path, user_name: str, password: str, options: Options
) -> tuple[Session, PinCheck | None]:
    """Open the newest copy with an account's password; raise ``UserError``."""
    from scs_trial.assemble import session_for  # noqa: PLC0415  (start-up time)
    from scs_trial.data import read_copy  # noqa: PLC0415  (start-up time)

    opened = read_copy.open_copy(path, user_name, password, state=_state(path), options=options)
    records = opened.records
    session = session_for(records, opened.account, clock=options.clock)
    return replace(session, copy=records, workstation=options.workstation), opened.pin


def check_password(path: Path, user_name: str, password: str, options: Options) -> None:
    """Refuse a password that is not the account's; raise ``UserError``."""
    from scs_trial.data import read_copy  # noqa: PLC0415  (start-up time)

    read_copy.check_password(path, user_name, password, state=_state(path), options=options)


def tries(path: Path, options: Options) -> Tries:
    """Return the tries on a copy from this computer; they are counted on it."""
    from scs_trial.data import read_copy  # noqa: PLC0415  (start-up time)

    return read_copy.tries_of(_state(path), options)


def refuse(path: Path | None) -> None:
    """Refuse what can't be done with a copy; raise ``UserError``."""
    if path is not None and is_copy(path):
        raise UserError(
            "This is a copy that can only be read.", "Do it at the computer that keeps the record."
        )


def _state(path: Path) -> Path:
    """Return the folder of this computer about a copy, and make it."""
    digest = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    folder = config_folder() / "copies" / digest[:_NAME_DIGITS]
    folder.mkdir(parents=True, exist_ok=True)
    return folder
