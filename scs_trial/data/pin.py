"""The personal PIN: what checks it, locked with the account's private key.

It unlocks a running program for a few minutes and opens nothing. Six digits are soon tried out, so
what checks them lies where only the password leads: it is taken out at log-in.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from scs_trial.data import keys, slots
from scs_trial.data.slot_format import Slot

PIN_COST = keys.Cost(memory_kib=19 * 1024, passes=2, lanes=1)
"""Enough for three tries; a tenth of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinCheck:
    """Checks a typed PIN."""

    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)

    def fits(self, pin: str) -> bool:
        """Return whether this is the PIN."""
        return hmac.compare_digest(keys.stretch(pin, self.salt, PIN_COST), self.digest)


def put(record_id: UUID, slot: Slot, private: X25519PrivateKey, pin: str) -> keys.OwnBox:
    """Return the box that holds what checks a PIN."""
    salt = secrets.token_bytes(keys.SALT_BYTES)
    secret = salt + keys.stretch(pin, salt, PIN_COST)
    return keys.lock_away(secret, private, slots.pin_bound(record_id, slot))


def take(record_id: UUID, slot: Slot, private: X25519PrivateKey) -> PinCheck | None:
    """Return what checks the PIN; None when there is none, or it is not the person's own."""
    if slot.pin is None:
        return None
    try:
        secret = keys.take_out(slot.pin, private, slots.pin_bound(record_id, slot))
    except keys.WrongKeyError:
        return None
    return PinCheck(salt=secret[: keys.SALT_BYTES], digest=secret[keys.SALT_BYTES :])
