"""A backup or snapshot as a record that can only be read."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from scs_trial.data import engine, faults, place, slots
from scs_trial.data.key_file import check_known
from scs_trial.data.key_ring import KeyRing
from scs_trial.data.keys import WrongKeyError
from scs_trial.data.records import chain_state
from scs_trial.data.unit_of_work import SqlUnitOfWork
from scs_trial.domain.clinic import Account, Role
from scs_trial.errors import ReadOnlyCopyError
from scs_trial.services.audit_port import ChainState


class SealedRecords:
    """A sealed file, open for reading. Not a byte of it changes.

    Parameters
    ----------
    path
        The file.
    key
        Its data key.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._engines = engine.make_sealed_engines(path, key)

    @property
    def keys(self) -> KeyRing:
        """Refuse to touch the ways in; raise `ReadOnlyCopyError`."""
        raise ReadOnlyCopyError

    def reading(self) -> SqlUnitOfWork:
        """Return a unit of work for reading."""
        return SqlUnitOfWork(self._engines.reader.connect, None)

    def roles_of(self, account_id: UUID) -> frozenset[Role]:
        """Return the roles of an account in this file."""
        with self.reading() as work:
            return work.accounts.roles_of(account_id)

    def writing(self, *, actor: Account, workstation: str) -> SqlUnitOfWork:  # noqa: ARG002
        """Refuse to write; raise `ReadOnlyCopyError`."""
        raise ReadOnlyCopyError

    def chain_state(self) -> ChainState:
        """Check every row of the audit trail, and the triggers."""
        return chain_state(self._engines)

    def check(self) -> None:
        """Check every page, its code and every link; raise `DamagedRecordError`."""
        engine.check_fully(self._engines)

    def close(self) -> None:
        """Close every connection."""
        self._engines.dispose()


def unlock_sealed(path: Path, user_name: str, password: str) -> tuple[bytes, str]:
    """Return the data key of a sealed file and the id of the account whose password opened it.

    The password is the one that the account had when the file was made.

    Raises
    ------
    WrongPasswordError, DamagedKeysError, NewerRecordError, DamagedRecordError, NoRecordError
    """
    place.check_there(path)
    held = slots.read(path)
    check_known(held)
    try:
        slot = held.slot_of(user_name)
        private = slots.private_key(held.record_id, slot, password)
        candidates = slots.data_keys(held.record_id, slot, private)
    except WrongKeyError:
        raise faults.WrongPasswordError(
            "The user name or the password is wrong.",
            "Type the password that you had when this copy was made.",
        ) from None
    for key in candidates:
        if engine.stored_version(path, key) is not None:
            return key, slot.owner
    raise faults.DamagedRecordError(
        "The copy is damaged; the password is right.", "Use another backup."
    )
