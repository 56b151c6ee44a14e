"""Ways into a record, by its key file alone: a password, the recovery key. Tries are counted."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from scs_trial.data import faults, keys, slots
from scs_trial.data.key_file import read_key_file
from scs_trial.data.options import DEFAULTS, Options
from scs_trial.data.slot_format import RECOVERY, KeyFile, Slot
from scs_trial.data.tries import UNKNOWN, Tries


def check_password(
    path: Path, user_name: str, password: str, *, options: Options = DEFAULTS
) -> None:
    """Check an account's password by its slot alone; the record is not touched.

    Raises
    ------
    WrongPasswordError, TooManyTriesError
        And all that reading the key file raises.
    """
    with_password(path, user_name, password, options)


def change_password(
    path: Path, user_name: str, *, old: str, new: str, options: Options = DEFAULTS
) -> None:
    """Change an account's own password; the record itself need not be open.

    Raises
    ------
    WrongPasswordError, TooManyTriesError
        When the old one is wrong; nothing was changed.
    """
    slot, held, _ = with_password(path, user_name, old, options)
    changed = slots.with_new_password(held.record_id, slot, old=old, new=new, cost=options.cost)
    slots.write_said(path, held.with_slot(changed))


def with_password(
    path: Path, user_name: str, password: str, options: Options
) -> tuple[Slot, KeyFile, X25519PrivateKey]:
    """Return the slot that a password opens, with its private key; count the tries."""
    held = read_key_file(path)
    slot, private = with_slot(held, tries_on(path, options), user_name, password)
    return slot, held, private


def with_slot(
    held: KeyFile, tries: Tries, user_name: str, password: str
) -> tuple[Slot, X25519PrivateKey]:
    """Return the slot of a key file that a password opens, with its private key."""
    owner = held.owner_of(user_name) or UNKNOWN
    tries.begin(owner)
    try:
        private = slots.private_key(held.record_id, held.slot_of(user_name), password)
    except keys.WrongKeyError:
        tries.failed(owner, "password")
        raise faults.WrongPasswordError(*faults.WRONG_PASSWORD) from None
    tries.passed(owner)
    return held.slot_of(user_name), private


def tries_on(path: Path, options: Options) -> Tries:
    """Return the count of tries on a record from this workstation."""
    return Tries(record=path, workstation=options.workstation, clock=options.clock)


def with_recovery_key(path: Path, recovery_key: str, options: Options) -> tuple[bytes, ...]:
    """Return the data keys that the recovery key opens, the newest first; count the tries."""
    held = read_key_file(path)
    tries = tries_on(path, options)
    tries.begin(RECOVERY)
    try:
        slot = held.recovery()
        private = keys.recovery_private_key(recovery_key)
        found = slots.data_keys(held.record_id, slot, private)
    except keys.WrongKeyError:
        tries.failed(RECOVERY, "recovery key")
        raise faults.WrongRecoveryKeyError(*faults.WRONG_RECOVERY_KEY) from None
    tries.passed(RECOVERY)
    return found
