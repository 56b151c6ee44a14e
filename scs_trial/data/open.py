"""Create and open a record: the only door to the encrypted file.

Import this module late: it brings SQLAlchemy with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from sqlcipher3 import dbapi2

from scs_trial import platform
from scs_trial.clock import Clock, SystemClock
from scs_trial.data import engine, faults, keys, place, slots, upgrade
from scs_trial.data.key_file import read_key_file
from scs_trial.data.key_ring import KeyRing
from scs_trial.data.lock import RecordLock
from scs_trial.data.schema import SCHEMA
from scs_trial.data.unit_of_work import SqlRecords
from scs_trial.domain.canonical import instant_text
from scs_trial.domain.clinic import Account, ClinicSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open record and who opened it. Close ``records`` at the end."""

    records: SqlRecords
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new record, open, and the recovery key to print once; it is stored nowhere."""

    records: SqlRecords
    account: Account
    recovery_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How records are opened; tests give cheap parameters and their own clock.

    ``exclusive`` refuses a second opening of the same file; a command that only reads may do
    without.
    """

    clock: Clock = field(default_factory=SystemClock)
    cost: keys.Cost = keys.SHIPPED_COST
    workstation: str = ""
    exclusive: bool = True


DEFAULTS = Options()


def create_record(
    path: Path,
    account: Account,
    password: str,
    *,
    settings: ClinicSettings | None = None,
    options: Options = DEFAULTS,
) -> Created:
    """Make a new encrypted record whose first account is ``account``.

    Raises
    ------
    RecordExistsError, UnsafePlaceError, ReadOnlyPlaceError, DiskFullError, DiskFailureError
        Nothing is left behind then.
    """
    place.check_safe(path)
    place.check_free(path)
    place.check_writable(path)
    record_id, data_key, recovery_key = uuid4(), keys.new_data_key(), keys.new_recovery_key()
    lock = RecordLock(path)
    try:
        place.check_free(path)  # nobody was faster
        place.remove(path)  # what a creation cut short left behind
        first = slots.new_account_slot(
            record_id, account, password, data_key=data_key, cost=options.cost
        )
        recovery = slots.new_recovery_slot(record_id, recovery_key, data_key)
        _fill(place.fresh(path), data_key, account, record_id, settings=settings, options=options)
        slots.write(path, slots.new_key_file(record_id, (first, recovery)))
        platform.current().replace(place.fresh(path), path)
        records = _records(path, data_key, lock=lock, options=options)
    except BaseException as error:
        lock.release()
        place.remove(path, lock_too=True)
        if isinstance(error, OSError | dbapi2.Error):
            raise faults.said(error) from None
        raise
    return Created(records=records, account=account, recovery_key=recovery_key)


def open_record(
    path: Path, user_name: str, password: str, *, options: Options = DEFAULTS
) -> Opened:
    """Open a record with an account's password.

    Raises
    ------
    NoRecordError, DamagedKeysError, NewerRecordError, WrongPasswordError, DamagedRecordError,
    RecordInUseError, ReadOnlyPlaceError, UnsafePlaceError
        Each says what to do; nothing was written.
    """
    key_file = read_key_file(path)
    try:
        slot = key_file.slot_of(user_name)
        private = slots.private_key(key_file.record_id, slot, password)
        candidates = slots.data_keys(key_file.record_id, slot, private)
    except keys.WrongKeyError:
        raise faults.WrongPasswordError(*faults.WRONG_PASSWORD) from None
    records = _open(path, candidates, options)
    account = _account(records, slot.account_id)
    if account is None:
        records.close()
        raise faults.DamagedKeysError(*faults.DAMAGED_KEYS)
    return Opened(records=records, account=account)


def check_password(path: Path, user_name: str, password: str) -> None:
    """Check an account's password by its slot alone; the record is not touched.

    Raises
    ------
    WrongPasswordError
        And all that reading the key file raises.
    """
    key_file = read_key_file(path)
    try:
        slots.private_key(key_file.record_id, key_file.slot_of(user_name), password)
    except keys.WrongKeyError:
        raise faults.WrongPasswordError(*faults.WRONG_PASSWORD) from None


def open_with_recovery_key(
    path: Path, recovery_key: str, *, options: Options = DEFAULTS
) -> SqlRecords:
    """Open a record with the printed recovery key, to give an account a new password.

    Raises
    ------
    WrongRecoveryKeyError
        And all that `open_record` raises.
    """
    key_file = read_key_file(path)
    try:
        slot = key_file.recovery()
        private = keys.recovery_private_key(recovery_key)
        candidates = slots.data_keys(key_file.record_id, slot, private)
    except keys.WrongKeyError:
        raise faults.WrongRecoveryKeyError(*faults.WRONG_RECOVERY_KEY) from None
    return _open(path, candidates, options)


def _open(path: Path, candidates: Sequence[bytes], options: Options) -> SqlRecords:
    """Open with the first data key that fits; a rotation cut short leaves two."""
    place.check_whole(path)
    place.check_writable(path)
    stored = [(key, engine.stored_version(path, key)) for key in candidates]
    key, version = next(((k, v) for k, v in stored if v is not None), (candidates[0], None))
    if version is not None and version > SCHEMA:
        raise faults.newer("", version, known=SCHEMA)
    lock = RecordLock(path) if options.exclusive else None
    try:
        return _records(path, key, lock=lock, options=options)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _records(
    path: Path, data_key: bytes, *, lock: RecordLock | None, options: Options
) -> SqlRecords:
    engines = engine.make_engines(path, data_key)
    try:
        engine.check_sound(path, engines.reader)
        if upgrade.bring_up(path, data_key, engines, at=options.clock.now()):
            slots.stamp(path)
    except BaseException:
        engines.dispose()
        raise
    home = KeyRing(path=path, data_key=data_key, cost=options.cost)
    return SqlRecords(
        engines, clock=options.clock, keys=home, on_close=lock.release if lock else None
    )


def _fill(
    path: Path,
    data_key: bytes,
    account: Account,
    record_id: UUID,
    *,
    settings: ClinicSettings | None,
    options: Options,
) -> None:
    """Make a complete record under its passing name and close it."""
    engine.create_file(path, data_key)
    platform.current().make_private(path)
    records = _records(path, data_key, lock=None, options=options)
    try:
        _first_rows(records, account, record_id, settings=settings, options=options)
    finally:
        records.close()


def _first_rows(
    records: SqlRecords,
    account: Account,
    record_id: UUID,
    *,
    settings: ClinicSettings | None,
    options: Options,
) -> None:
    with records.writing(actor=account, workstation=options.workstation) as work:
        work.accounts.save(account)
        work.settings.set_record_info("record_id", str(record_id))
        work.settings.set_record_info("created_at", instant_text(options.clock.now()))
        if settings is not None:
            work.settings.save(settings)
        work.commit()


def _account(records: SqlRecords, account_id: UUID | None) -> Account | None:
    with records.reading() as work:
        return next((held for held in work.accounts.all() if held.id == account_id), None)
