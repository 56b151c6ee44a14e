"""A copy for reading, open in another room: nothing is written, and every reading is noted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from scs_trial.data import engine, faults, pin, pointer, reads, slots
from scs_trial.data.audit import Writer
from scs_trial.data.copy_notes import CopyUnitOfWork
from scs_trial.data.engine import Engines
from scs_trial.data.key_file import check_known, names
from scs_trial.data.options import Options
from scs_trial.data.pin import PinCheck
from scs_trial.data.pointer import Snapshot
from scs_trial.data.schema import SCHEMA
from scs_trial.data.sealed_records import SealedRecords
from scs_trial.data.tries import Tries
from scs_trial.data.unit_of_work import SqlUnitOfWork
from scs_trial.data.way_in import with_slot
from scs_trial.domain.clinic import Account
from scs_trial.errors import UserError
from scs_trial.services.door import AccountName

_OLDER = (
    "The copy was written by an older program.",
    "Install this version at the computer that keeps the record too.",
)
_NO_SECRET = (
    "The copy was written by an older program, which can't take note of who reads it.",
    "Save something at the computer that keeps the record; the next copy can be read.",
)
_DAMAGED = (
    "The copy is damaged; the password is right.",
    "Wait for the next one; the record itself is not affected.",
)
_OTHER_WAYS_IN = (
    "There is a newer copy, and the ways into the record were changed since.",
    "Lock the screen and log in again to read it.",
)
_CHANGE_THERE = (
    "This one-time password must be changed first.",
    "Log in once at the computer that keeps the record.",
)


class CopyRecords(SealedRecords):
    """An open copy for reading, which follows the newest one.

    Parameters
    ----------
    place
        Names the newest copy.
    found
        The copy to begin with.
    key
        Its data key.
    spare
        Folder of this computer for notes that the shared folder does not take.
    options
        Clock and workstation.
    """

    def __init__(
        self, place: Path, found: Snapshot, key: bytes, *, spare: Path, options: Options
    ) -> None:
        super().__init__(found.path, key)
        self._place = place
        self._found = found
        self._key = key
        self._clock = options.clock
        self._gate = threading.Lock()
        with self.reading() as work:
            secret = work.settings.record_info(reads.SECRET)
        if secret is None:
            self.close()
            raise UserError(*_NO_SECRET)
        self._notes = reads.ReadsFile(
            place.parent, spare, stem=pointer.stem_of(place), secret=bytes.fromhex(secret)
        )

    @property
    def as_of(self) -> datetime:
        """When the copy was made."""
        return self._found.at

    @property
    def noted_here(self) -> bool:
        """Whether notes wait on this computer for the folder."""
        return self._notes.noted_here

    def connect(self) -> Connection:
        """Return a connection to the copy that is read now."""
        with self._gate:
            return self._engines.reader.connect()

    def reading(self) -> SqlUnitOfWork:
        """Return a unit of work for reading."""
        return SqlUnitOfWork(self.connect, None)

    def writing(self, *, actor: Account, workstation: str) -> CopyUnitOfWork:
        """Return a unit of work that notes what is read; a change is refused."""
        who = Writer(actor=actor, workstation=workstation, clock=self._clock)
        return CopyUnitOfWork(self.connect, who=who, as_of=self.as_of, notes=self._notes)

    def newest(self) -> datetime:
        """Return when the newest copy was made; raise ``UserError``."""
        return pointer.read(self._place).at

    def renew(self) -> bool:
        """Read the newest copy from now on; see `ReadCopy.renew`."""
        if self.newest() <= self.as_of:
            return False
        found = pointer.find(self._place)
        check_version(found.path, (self._key,), other_key=_OTHER_WAYS_IN)
        engines = engine.make_sealed_engines(found.path, self._key)
        try:
            same = _accounts(self._engines) == _accounts(engines)
        except dbapi2.Error as error:
            engines.dispose()
            raise faults.said(error) from None
        if not same:
            engines.dispose()
            raise UserError(*_OTHER_WAYS_IN)
        with self._gate:
            old, self._engines, self._found = self._engines, engines, found
        old.dispose()
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCopy:
    """An open copy for reading and who opened it."""

    records: CopyRecords
    account: Account
    pin: PinCheck | None = None


def open_copy(
    place: Path, user_name: str, password: str, *, state: Path, options: Options
) -> OpenedCopy:
    """Open the newest copy that a pointer names, with an account's password of then.

    Parameters
    ----------
    place
        The pointer.
    state
        Folder of this computer about this copy: tries, and notes that wait.

    Raises
    ------
    UserError
        With what to do; see `way_in` and `pointer`.
    """
    found = pointer.find(place)
    held = slots.read(found.path)
    slot, private = with_slot(held, tries_of(state, options), user_name, password)
    if slot.one_time:
        raise UserError(*_CHANGE_THERE)
    key = check_version(
        found.path, slots.data_keys(held.record_id, slot, private), other_key=_DAMAGED
    )
    records = CopyRecords(place, found, key, spare=state, options=options)
    try:
        account = next(one for one in _accounts(records._engines) if one.id == slot.account_id)
    except StopIteration:
        records.close()
        raise faults.DamagedKeysError(*faults.DAMAGED_KEYS) from None
    if not account.roles:
        records.close()
        raise faults.WrongPasswordError(*faults.REMOVED_ACCOUNT)
    return OpenedCopy(records=records, account=account, pin=pin.take(held.record_id, slot, private))


def check_password(
    place: Path, user_name: str, password: str, *, state: Path, options: Options
) -> None:
    """Check an account's password by the key file of the newest copy alone; count the tries."""
    held = slots.read(pointer.read(place).path)
    with_slot(held, tries_of(state, options), user_name, password)


def account_names(place: Path) -> tuple[AccountName, ...]:
    """Return who may open the newest copy; raise ``UserError``."""
    key_file = slots.read(pointer.read(place).path)
    check_known(key_file)
    return names(key_file)


def tries_of(state: Path, options: Options) -> Tries:
    """Return the count of tries; it lies on this computer, the share may be read-only."""
    return Tries(record=state / "copy", workstation=options.workstation, clock=options.clock)


def check_version(path: Path, candidates: Sequence[bytes], *, other_key: tuple[str, str]) -> bytes:
    """Return the key that opens a copy of the present form; raise ``UserError``."""
    for key in candidates:
        version = engine.stored_version(path, key)
        if version is not None and version > SCHEMA:
            raise faults.newer("", version, known=SCHEMA)
        if version is not None and version < SCHEMA:
            raise UserError(*_OLDER)
        if version is not None:
            return key
    raise UserError(*other_key)


def _accounts(engines: Engines) -> Sequence[Account]:
    with SqlUnitOfWork(engines.reader.connect, None) as work:
        return work.accounts.all()
