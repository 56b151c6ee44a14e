"""Who may open a record, told without the database: the log-in shows before that is loaded."""

from __future__ import annotations

from pathlib import Path

from scs_trial.data import faults, place, slot_file
from scs_trial.data.schema import SCHEMA
from scs_trial.data.slot_format import KeyFile
from scs_trial.services.door import AccountName


def read_key_file(path: Path) -> KeyFile:
    """Return what the key file beside a record says, after a look at the place.

    Raises
    ------
    NoRecordError, DamagedKeysError, NewerRecordError, UnsafePlaceError
    """
    place.check_safe(path)
    place.check_there(path)
    place.check_no_backup(path)
    key_file = slot_file.read(path)
    check_known(key_file)
    return key_file


def check_known(key_file: KeyFile) -> None:
    """Refuse a record of a newer program; raise `NewerRecordError` with both versions."""
    if key_file.schema > SCHEMA:
        raise faults.newer(key_file.program, key_file.schema, known=SCHEMA)


def account_names(path: Path) -> tuple[AccountName, ...]:
    """Return who may open a record, from the key file beside it; the record stays closed.

    Raises
    ------
    NoRecordError, DamagedKeysError, NewerRecordError, UnsafePlaceError
    """
    return names(read_key_file(path))


def names(key_file: KeyFile) -> tuple[AccountName, ...]:
    """Return whom a key file lets in, as the log-in offers them."""
    return tuple(
        AccountName(user_name=slot.user_name, display_name=slot.display_name or slot.user_name)
        for slot in key_file.slots
        if slot.account_id is not None
    )
