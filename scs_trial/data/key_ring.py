"""The key file of an open record: give accounts a way in, change passwords."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from scs_trial.data import faults, keys, slots
from scs_trial.domain.clinic import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """What an open record needs to let others in.

    Attributes
    ----------
    path
        The record.
    data_key
        Never shown, logged or stored outside sealed slots.
    cost
        For passwords set from now on.
    """

    path: Path
    data_key: bytes = field(repr=False)
    cost: keys.Cost

    def add(self, account: Account, password: str) -> None:
        """Give an account a password, or a new one when the old is lost.

        Save the account in the record first: a slot without an account opens nothing.
        """
        held = slots.read(self.path)
        slot = slots.new_account_slot(
            held.record_id, account, password, data_key=self.data_key, cost=self.cost
        )
        slots.write_said(self.path, held.with_slot(slot))


def change_password(
    path: Path, user_name: str, *, old: str, new: str, cost: keys.Cost = keys.SHIPPED_COST
) -> None:
    """Change an account's own password; the record itself need not be open.

    Raises
    ------
    WrongPasswordError
        When the old one is wrong; nothing was changed.
    """
    held = slots.read(path)
    try:
        slot = held.slot_of(user_name)
        changed = slots.with_new_password(held.record_id, slot, old=old, new=new, cost=cost)
    except keys.WrongKeyError:
        raise faults.WrongPasswordError(*faults.WRONG_PASSWORD) from None
    slots.write_said(path, held.with_slot(changed))
