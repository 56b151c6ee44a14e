"""The key file beside the record: one slot for each account, one for the recovery key.

Plain JSON. It holds no patient data and nothing that opens the record without a password or the
recovery key. It also names the schema, so that a newer record is known before it is touched.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from scs_trial import __version__
from scs_trial.data import keys
from scs_trial.data.schema import SCHEMA
from scs_trial.data.slot_file import key_path, read, stamp, write, write_said
from scs_trial.data.slot_format import KeyFile, Slot
from scs_trial.domain.clinic import Account

__all__ = ["key_path", "read", "stamp", "write", "write_said"]


def new_key_file(record_id: UUID, held: tuple[Slot, ...]) -> KeyFile:
    """Return a key file that names this program and its schema."""
    return KeyFile(record_id=record_id, schema=SCHEMA, program=__version__, slots=held)


def new_account_slot(
    held: KeyFile,
    account: Account,
    password: str,
    *,
    data_key: bytes,
    cost: keys.Cost,
    one_time: bool = False,
) -> Slot:
    """Return a slot that the password opens; a one-time one must be changed before it does."""
    private = keys.new_private_key()
    public = private.public_key().public_bytes_raw()
    empty = Slot(
        account_id=account.id,
        user_name=account.user_name,
        version=1,
        public=public,
        wrapped=None,
        sealed=(),
        display_name=account.display_name,
        one_time=one_time,
    )
    wrapped = keys.wrap(private, password, _bound_password(held.record_id, empty), cost=cost)
    return sealed_to(
        held.record_id, replace(empty, wrapped=wrapped), data_key, generation=held.generation
    )


def new_recovery_slot(held: KeyFile, recovery_key: str, data_key: bytes) -> Slot:
    """Return the slot that the recovery key opens."""
    public = keys.recovery_private_key(recovery_key).public_key().public_bytes_raw()
    empty = Slot(account_id=None, user_name="", version=1, public=public, wrapped=None, sealed=())
    return sealed_to(held.record_id, empty, data_key, generation=held.generation)


def sealed_to(record_id: UUID, slot: Slot, data_key: bytes, *, generation: int) -> Slot:
    """Return the slot with a data key sealed to it, and no other; needs no password."""
    bound = _bound(record_id, slot.owner)
    return replace(slot, sealed=(keys.seal(data_key, slot.public, bound, generation=generation),))


def with_new_password(record_id: UUID, slot: Slot, *, old: str, new: str, cost: keys.Cost) -> Slot:
    """Return the slot under a new password, without a PIN.

    Raises `keys.WrongKeyError` when the old password is wrong.
    """
    private = private_key(record_id, slot, old)
    changed = replace(slot, version=slot.version + 1, one_time=False, pin=None)
    bound = _bound_password(record_id, changed)
    return replace(changed, wrapped=keys.wrap(private, new, bound, cost=cost))


def private_key(record_id: UUID, slot: Slot, password: str) -> X25519PrivateKey:
    """Return the private key of an account's slot; raise `keys.WrongKeyError`."""
    if slot.wrapped is None:
        raise keys.WrongKeyError
    return keys.unwrap(slot.wrapped, password, _bound_password(record_id, slot))


def data_keys(record_id: UUID, slot: Slot, private: X25519PrivateKey) -> tuple[bytes, ...]:
    """Return the data keys of a slot, the newest first; more than one during a rotation."""
    bound = _bound(record_id, slot.owner)
    return tuple(keys.unseal(sealed, private, bound) for sealed in slot.sealed)


def pin_bound(record_id: UUID, slot: Slot) -> bytes:
    """Return what a slot's PIN is bound to."""
    return _bound(record_id, slot.owner) + b"|pin"


def _bound_password(record_id: UUID, slot: Slot) -> bytes:
    once = b"|one-time" if slot.one_time else b""
    return _bound(record_id, slot.owner, slot.version) + once


def _bound(record_id: UUID, owner: str, version: int | None = None) -> bytes:
    tail = "" if version is None else f"|{version}"
    return f"{record_id}|{owner}{tail}".encode("ascii")
