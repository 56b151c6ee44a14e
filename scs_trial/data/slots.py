"""The key file beside the record: one slot for each account, one for the recovery key.

Plain JSON. It holds no patient data and nothing that opens the record without a password or the
recovery key. It also names the schema, so that a newer record is known before it is touched.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from scs_trial import __version__
from scs_trial.data import faults, keys
from scs_trial.data.schema import SCHEMA
from scs_trial.data.slot_format import RECOVERY, KeyFile, Slot, parse, spell
from scs_trial.domain.clinic import Account
from scs_trial.platform import write_atomic


def new_key_file(record_id: UUID, held: tuple[Slot, ...]) -> KeyFile:
    """Return a key file that names this program and its schema."""
    return KeyFile(record_id=record_id, schema=SCHEMA, program=__version__, slots=held)


def new_account_slot(
    record_id: UUID, account: Account, password: str, *, data_key: bytes, cost: keys.Cost
) -> Slot:
    """Return a slot that the password opens."""
    private = keys.new_private_key()
    public = private.public_key().public_bytes_raw()
    owner = str(account.id)
    return Slot(
        account_id=account.id,
        user_name=account.user_name,
        version=1,
        public=public,
        wrapped=keys.wrap(private, password, _bound(record_id, owner, 1), cost=cost),
        sealed=(keys.seal(data_key, public, _bound(record_id, owner), generation=1),),
    )


def new_recovery_slot(record_id: UUID, recovery_key: str, data_key: bytes) -> Slot:
    """Return the slot that the recovery key opens."""
    public = keys.recovery_private_key(recovery_key).public_key().public_bytes_raw()
    sealed = keys.seal(data_key, public, _bound(record_id, RECOVERY), generation=1)
    return Slot(
        account_id=None, user_name="", version=1, public=public, wrapped=None, sealed=(sealed,)
    )


def with_new_password(record_id: UUID, slot: Slot, *, old: str, new: str, cost: keys.Cost) -> Slot:
    """Return the slot under a new password; raise `keys.WrongKeyError` when the old is wrong."""
    private = private_key(record_id, slot, old)
    version = slot.version + 1
    bound = _bound(record_id, slot.owner, version)
    return replace(slot, version=version, wrapped=keys.wrap(private, new, bound, cost=cost))


def private_key(record_id: UUID, slot: Slot, password: str) -> X25519PrivateKey:
    """Return the private key of an account's slot; raise `keys.WrongKeyError`."""
    if slot.wrapped is None:
        raise keys.WrongKeyError
    return keys.unwrap(slot.wrapped, password, _bound(record_id, slot.owner, slot.version))


def data_keys(record_id: UUID, slot: Slot, private: X25519PrivateKey) -> tuple[bytes, ...]:
    """Return the data keys of a slot, the newest first; more than one during a rotation."""
    bound = _bound(record_id, slot.owner)
    return tuple(keys.unseal(sealed, private, bound) for sealed in slot.sealed)


def key_path(record: Path) -> Path:
    """Return where the key file of a record lies."""
    return record.with_name(f"{record.name}.keys")


def read(record: Path) -> KeyFile:
    """Read the key file of a record.

    Raises
    ------
    DamagedKeysError
        When it is missing or not what this program writes.
    """
    try:
        return parse(json.loads(key_path(record).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise faults.DamagedKeysError(
            f"The key file {key_path(record).name} is missing beside the record.",
            "Put it back from the newest backup; the record itself was not touched.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise faults.DamagedKeysError(*faults.DAMAGED_KEYS) from None


def write(record: Path, held: KeyFile) -> None:
    """Write the key file of a record in one step."""
    text = json.dumps(spell(held), indent=1, sort_keys=True) + "\n"
    write_atomic(key_path(record), text.encode("ascii"))


def stamp(record: Path) -> None:
    """Name this program and its schema in the key file, after a migration."""
    if key_path(record).exists():  # a record that is being created gets its key file last
        write(record, replace(read(record), schema=SCHEMA, program=__version__))


def write_said(record: Path, held: KeyFile) -> None:
    """Write the key file; a refusal of the disk is said as such and leaves the old one."""
    try:
        write(record, held)
    except OSError as error:
        raise faults.from_os_error(error) from None


def _bound(record_id: UUID, owner: str, version: int | None = None) -> bytes:
    tail = "" if version is None else f"|{version}"
    return f"{record_id}|{owner}{tail}".encode("ascii")
