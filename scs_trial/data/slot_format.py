"""What the key file holds, and its JSON form."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from scs_trial.data import key_types as keys
from scs_trial.data.search_keys import user_key

FORMAT = 2
"""Format 1 had no checksum, names, one-time passwords and PINs; it is still read."""
_READ = (1, FORMAT)
RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way into the record. The recovery slot has no account and no wrapped private key."""

    account_id: UUID | None
    user_name: str
    version: int
    public: bytes
    wrapped: keys.WrappedKey | None
    sealed: tuple[keys.SealedKey, ...]
    """Newest generation first; during a rotation the old one stays until the file has changed."""
    display_name: str = ""
    """For the log-in's list, and no more: who has entered is told by the record."""
    one_time: bool = False
    """Whether the password must be changed at the first log-in; the wrapping is bound to it."""
    pin: keys.OwnBox | None = None

    @property
    def owner(self) -> str:
        """Who the slot is bound to."""
        return RECOVERY if self.account_id is None else str(self.account_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """Everything that the key file says."""

    record_id: UUID
    schema: int
    program: str
    slots: tuple[Slot, ...]

    def slot_of(self, user_name: str) -> Slot:
        """Return the slot of a user name; raise `keys.WrongKeyError` when there is none."""
        key = user_key(user_name)
        accounts = (slot for slot in self.slots if slot.account_id is not None)
        return _only([slot for slot in accounts if user_key(slot.user_name) == key])

    def owner_of(self, user_name: str) -> str | None:
        """Return whose user name it is; None when it is nobody's."""
        with suppress(keys.WrongKeyError):
            return self.slot_of(user_name).owner
        return None

    def recovery(self) -> Slot:
        """Return the recovery slot; raise `keys.WrongKeyError` when there is none."""
        return _only([slot for slot in self.slots if slot.account_id is None])

    @property
    def rotating(self) -> bool:
        """Whether a rotation was begun and not ended: a slot holds two data keys."""
        return any(len(slot.sealed) > 1 for slot in self.slots)

    @property
    def generation(self) -> int:
        """Number of the newest data key."""
        return max((sealed.generation for slot in self.slots for sealed in slot.sealed), default=1)

    def of_account(self, account_id: UUID) -> Slot:
        """Return an account's slot; raise `keys.WrongKeyError` when there is none."""
        return _only([slot for slot in self.slots if slot.account_id == account_id])

    def without(self, owner: str) -> KeyFile:
        """Return the key file without somebody's slot."""
        return replace(self, slots=tuple(held for held in self.slots if held.owner != owner))

    def with_slot(self, slot: Slot) -> KeyFile:
        """Return the key file with a slot added or replaced."""
        others = tuple(held for held in self.slots if held.owner != slot.owner)
        return replace(self, slots=(*others, slot))


def _only(found: list[Slot]) -> Slot:
    if not found:
        raise keys.WrongKeyError
    return found[0]


def spell(held: KeyFile) -> dict[str, Any]:
    """Return the JSON form of a key file."""
    spelt = {
        "format": FORMAT,
        "record": str(held.record_id),
        "schema": held.schema,
        "program": held.program,
        "slots": [_spell_slot(slot) for slot in held.slots],
    }
    return {**spelt, "check": _check(spelt)}


def _spell_slot(slot: Slot) -> dict[str, Any]:
    wrapped = slot.wrapped
    return {
        "account": None if slot.account_id is None else str(slot.account_id),
        "user_name": slot.user_name,
        "display_name": slot.display_name,
        "one_time": slot.one_time,
        "pin": None
        if slot.pin is None
        else {"nonce": _text(slot.pin.nonce), "box": _text(slot.pin.box)},
        "version": slot.version,
        "public": _text(slot.public),
        "wrapped": None
        if wrapped is None
        else {
            "kdf": "argon2id",
            "memory_kib": wrapped.cost.memory_kib,
            "passes": wrapped.cost.passes,
            "lanes": wrapped.cost.lanes,
            "salt": _text(wrapped.salt),
            "nonce": _text(wrapped.nonce),
            "box": _text(wrapped.box),
        },
        "sealed": [
            {
                "generation": sealed.generation,
                "ephemeral": _text(sealed.ephemeral),
                "nonce": _text(sealed.nonce),
                "box": _text(sealed.box),
            }
            for sealed in slot.sealed
        ],
    }


def parse(held: dict[str, Any]) -> KeyFile:
    """Return the key file of its JSON form; any of the usual errors when it is none.

    The checksum tells damage from a wrong password: a spoiled box would open for no password.
    """
    if held["format"] == FORMAT:
        content = {name: value for name, value in held.items() if name != "check"}
        if held["check"] != _check(content):
            raise ValueError("the key file is spoiled")
    return KeyFile(
        record_id=UUID(held["record"]),
        schema=_whole(held["schema"]),
        program=str(held["program"]),
        # A newer format is known by its schema; its slots need not make sense here.
        slots=_slots(held["slots"]) if held["format"] in _READ else (),
    )


def _slots(held: Iterable[dict[str, Any]]) -> tuple[Slot, ...]:
    return tuple(
        Slot(
            account_id=None if slot["account"] is None else UUID(slot["account"]),
            user_name=str(slot["user_name"]),
            version=_whole(slot["version"]),
            public=_bytes(slot["public"]),
            wrapped=None if slot["wrapped"] is None else _wrapped(slot["wrapped"]),
            sealed=tuple(_sealed(sealed) for sealed in slot["sealed"]),
            display_name=str(slot.get("display_name", "")),
            one_time=slot.get("one_time", False) is True,
            pin=None if slot.get("pin") is None else _own_box(slot["pin"]),
        )
        for slot in held
    )


def _wrapped(held: dict[str, Any]) -> keys.WrappedKey:
    return keys.WrappedKey(
        salt=_bytes(held["salt"]),
        cost=keys.Cost(
            memory_kib=_whole(held["memory_kib"]),
            passes=_whole(held["passes"]),
            lanes=_whole(held["lanes"]),
        ),
        nonce=_bytes(held["nonce"]),
        box=_bytes(held["box"]),
    )


def _sealed(held: dict[str, Any]) -> keys.SealedKey:
    return keys.SealedKey(
        generation=_whole(held["generation"]),
        ephemeral=_bytes(held["ephemeral"]),
        nonce=_bytes(held["nonce"]),
        box=_bytes(held["box"]),
    )


def _own_box(held: dict[str, Any]) -> keys.OwnBox:
    return keys.OwnBox(nonce=_bytes(held["nonce"]), box=_bytes(held["box"]))


def _check(spelt: dict[str, Any]) -> str:
    text = json.dumps(spelt, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _whole(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= 2**31:
        raise TypeError("a whole number is expected")
    return value


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
