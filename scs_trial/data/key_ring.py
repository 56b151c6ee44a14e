"""The key file of an open record: give accounts a way in, take it away, change the data key.

A rotation writes each slot with the new data key beside the old one, then changes the file, then
drops the old one. Cut short at any point, every slot opens the file as it is; the next opening
ends what was begun.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from scs_trial.data import faults, keys, pin, slots
from scs_trial.data.slot_format import KeyFile
from scs_trial.domain.clinic import Account
from scs_trial.errors import UserError

Rekey = Callable[[bytes, bytes], None]


class KeyRing:
    """What an open record needs to let others in or keep them out.

    Parameters
    ----------
    path
        The record.
    data_key
        Never shown, logged or stored outside sealed slots.
    cost
        For passwords set from now on.
    rekey
        Changes the open file from the old data key to the new one, or leaves it as it was.
    opened_with_older
        The record opened with the older of two data keys: a rotation was cut short.
    """

    def __init__(
        self,
        path: Path,
        data_key: bytes,
        *,
        cost: keys.Cost,
        rekey: Rekey,
        opened_with_older: bool = False,
    ) -> None:
        self.path = path
        self.data_key = data_key
        self._cost = cost
        self._rekey = rekey
        self._opened_with_older = opened_with_older
        self._one_at_a_time = threading.RLock()
        self._pins: dict[UUID, pin.PinCheck] = {}

    def add(self, account: Account, password: str, *, one_time: bool = False) -> None:
        """Give an account a password, or a new one when the old is lost.

        Save the account in the record first: a slot without an account opens nothing. A one-time
        password must be changed before it opens the record.
        """
        with self._one_at_a_time:
            self._pins.pop(account.id, None)
            held = slots.read(self.path)
            slot = slots.new_account_slot(
                held,
                account,
                password,
                data_key=self.data_key,
                cost=self._cost,
                one_time=one_time,
            )
            slots.write_said(self.path, held.with_slot(slot))

    def change_password(self, account_id: UUID, *, old: str, new: str) -> None:
        """Change an account's own password; the PIN goes with the old one.

        Raises `WrongPasswordError`.
        """
        with self._one_at_a_time:
            held = slots.read(self.path)
            try:
                slot = held.of_account(account_id)
                changed = slots.with_new_password(
                    held.record_id, slot, old=old, new=new, cost=self._cost
                )
            except keys.WrongKeyError:
                raise faults.WrongPasswordError(*faults.WRONG_PASSWORD) from None
            slots.write_said(self.path, held.with_slot(changed))
            self._pins.pop(account_id, None)

    def set_pin(self, account_id: UUID, *, password: str, digits: str) -> None:
        """Set an account's own PIN; it counts at once. Raises `WrongPasswordError`."""
        with self._one_at_a_time:
            held = slots.read(self.path)
            try:
                slot = held.of_account(account_id)
                private = slots.private_key(held.record_id, slot, password)
            except keys.WrongKeyError:
                raise faults.WrongPasswordError(*faults.WRONG_PASSWORD) from None
            box = pin.put(held.record_id, slot, private, digits)
            slot = replace(slot, pin=box)
            slots.write_said(self.path, held.with_slot(slot))
            self.hold_pin(account_id, pin.take(held.record_id, slot, private))

    def hold_pin(self, account_id: UUID, check: pin.PinCheck | None) -> None:
        """Keep what checks the PIN of somebody who has entered with the password."""
        if check is not None:
            self._pins[account_id] = check

    def unlocks(self, account_id: UUID) -> bool:
        """Return whether a PIN unlocks now: the person entered, and has it still."""
        return account_id in self._pins and self.has_pin(account_id)

    def pin_fits(self, account_id: UUID, digits: str) -> bool:
        """Return whether these digits are the PIN."""
        return self.unlocks(account_id) and self._pins[account_id].fits(digits)

    def has_pin(self, account_id: UUID) -> bool:
        """Return whether an account has set a PIN."""
        held = slots.read(self.path)
        return any(s.account_id == account_id and s.pin is not None for s in held.slots)

    def one_time(self) -> frozenset[UUID]:
        """Return the accounts that have not changed their one-time password yet."""
        held = slots.read(self.path).slots
        return frozenset(s.account_id for s in held if s.one_time and s.account_id is not None)

    def remove(self, account_id: UUID) -> None:
        """Take an account's way in away and change the data key.

        Needs nobody's password. An old copy of the files stays readable with the old password.
        """
        with self._one_at_a_time:
            self._pins.pop(account_id, None)
            self._rotate(slots.read(self.path).without(str(account_id)))

    def new_recovery_key(self) -> str:
        """Return a recovery key to be printed; it opens nothing before `take_recovery_key`."""
        return keys.new_recovery_key()

    def take_recovery_key(self, text: str) -> None:
        """Put a printed recovery key in the place of the old one and change the data key."""
        with self._one_at_a_time:
            held = slots.read(self.path)
            self._rotate(held.with_slot(slots.new_recovery_slot(held, text, self.data_key)))

    def relabel(self, accounts: Iterable[Account]) -> None:
        """Let the log-in's list say what the record says; nobody is let in or kept out."""
        with self._one_at_a_time:
            held = slots.read(self.path)
            clean = _as_in_record(held, accounts)
            if clean != held and len(clean.slots) == len(held.slots):
                slots.write_said(self.path, clean)

    def settle(self, accounts: Iterable[Account]) -> None:
        """End what a crash cut short, and let the log-in's list say what the record says.

        Slots of removed accounts go, a rotation that was begun is ended or made anew.
        """
        with self._one_at_a_time:
            held = slots.read(self.path)
            clean = _as_in_record(held, accounts)
            if len(clean.slots) < len(held.slots) or self._opened_with_older:
                self._rotate(clean)
            elif held.rotating:
                slots.write_said(self.path, self._sealed(clean, held.generation))
            elif clean != held:
                slots.write_said(self.path, clean)

    def _rotate(self, held: KeyFile) -> None:
        new, old = keys.new_data_key(), self.data_key
        generation = held.generation + 1
        before, after = self._sealed(held, generation - 1), self._sealed(held, generation, key=new)
        both = [
            replace(slot, sealed=(*later.sealed, *slot.sealed))
            for slot, later in zip(before.slots, after.slots, strict=True)
        ]
        slots.write_said(self.path, replace(held, slots=tuple(both)))
        try:
            self._rekey(old, new)
        except UserError as error:
            raise faults.RotationWaitsError(faults.ROTATION_WAITS, str(error)) from None
        self.data_key = new
        self._opened_with_older = False
        slots.write_said(self.path, after)

    def _sealed(self, held: KeyFile, generation: int, *, key: bytes | None = None) -> KeyFile:
        """Return the key file with one data key for everybody in it."""
        data_key = self.data_key if key is None else key
        return replace(
            held,
            slots=tuple(
                slots.sealed_to(held.record_id, slot, data_key, generation=generation)
                for slot in held.slots
            ),
        )


def _as_in_record(held: KeyFile, accounts: Iterable[Account]) -> KeyFile:
    known = {account.id: account for account in accounts}
    kept = []
    for slot in held.slots:
        account = known.get(slot.account_id) if slot.account_id is not None else None
        if account is None:
            kept.append(slot)
        elif account.roles:
            kept.append(
                replace(slot, user_name=account.user_name, display_name=account.display_name)
            )
    return replace(held, slots=tuple(kept))
