"""Create and open a record: the only door to the encrypted file.

Import this module late: it brings SQLAlchemy with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlcipher3 import dbapi2

from scs_trial import platform
from scs_trial.data import engine, faults, keys, pin, place, slots, upgrade, way_in
from scs_trial.data.lock import RecordLock
from scs_trial.data.logged_version import logged_version
from scs_trial.data.options import DEFAULTS, Options
from scs_trial.data.pin import PinCheck
from scs_trial.data.records import SqlRecords
from scs_trial.data.rekey import opens
from scs_trial.data.schema import SCHEMA
from scs_trial.domain.canonical import instant_text
from scs_trial.domain.clinic import Account, ClinicSettings
from scs_trial.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open record and who opened it. Close ``records`` at the end."""

    records: SqlRecords
    account: Account
    pin: PinCheck | None = None
    """Checks the personal PIN; None when none was set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new record, open, and the recovery key to print once; it is stored nowhere."""

    records: SqlRecords
    account: Account
    recovery_key: str


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
        empty = slots.new_key_file(record_id, ())
        first = slots.new_account_slot(
            empty, account, password, data_key=data_key, cost=options.cost
        )
        recovery = slots.new_recovery_slot(empty, recovery_key, data_key)
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
    slot, key_file, private = way_in.with_password(path, user_name, password, options)
    if slot.one_time:
        raise faults.must_change()
    candidates = slots.data_keys(key_file.record_id, slot, private)
    records = _open(path, candidates, options)
    with _closed_unless_well(records):
        account = _account(records, slot.account_id)
        if account is None:
            raise faults.DamagedKeysError(*faults.DAMAGED_KEYS)
        if not account.roles:
            raise faults.WrongPasswordError(*faults.REMOVED_ACCOUNT)
    return Opened(records=records, account=account, pin=pin.take(key_file.record_id, slot, private))


def open_with_recovery_key(
    path: Path, recovery_key: str, *, options: Options = DEFAULTS
) -> SqlRecords:
    """Open a record with the printed recovery key, to give an account a new password.

    Raises
    ------
    WrongRecoveryKeyError, TooManyTriesError
        And all that `open_record` raises.
    """
    return _open(path, way_in.with_recovery_key(path, recovery_key, options), options)


def _open(path: Path, candidates: Sequence[bytes], options: Options) -> SqlRecords:
    """Open with the first data key that fits; a rotation cut short leaves two."""
    place.check_whole(path)
    place.check_writable(path)
    stored = [(key, engine.stored_version(path, key)) for key in candidates]
    key, version = next(((k, v) for k, v in stored if v is not None), (candidates[0], None))
    version = logged_version(path, key) or version
    if version is not None and version > SCHEMA:
        raise faults.newer("", version, known=SCHEMA)
    lock = RecordLock(path) if options.exclusive else None
    try:
        if len(candidates) > 1:  # the first page tells nothing while a journal lies beside
            key = _that_opens(path, candidates)
        older = key != candidates[0]
        records = _records(path, key, lock=lock, options=options, opened_with_older=older)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    if options.exclusive:
        with _closed_unless_well(records):
            _settle(records)
    return records


@contextmanager
def _closed_unless_well(records: SqlRecords) -> Iterator[None]:
    """Close the record when the block fails: one that is left open can't be opened again."""
    try:
        yield
    except BaseException:
        records.close()
        raise


def _that_opens(path: Path, candidates: Sequence[bytes]) -> bytes:
    try:
        return next((key for key in candidates if opens(path, key)), candidates[0])
    except dbapi2.Error as error:
        raise faults.said(error) from None


def _settle(records: SqlRecords) -> None:
    """End what a crash cut short in the key file; what can't be written now waits."""
    with records.reading() as work:
        accounts = work.accounts.all()
    with suppress(UserError):
        records.keys.settle(accounts)


def _records(
    path: Path,
    data_key: bytes,
    *,
    lock: RecordLock | None,
    options: Options,
    opened_with_older: bool = False,
) -> SqlRecords:
    engines = engine.make_engines(path, data_key)
    try:
        engine.check_sound(path, engines.reader)
        if upgrade.bring_up(path, data_key, engines, at=options.clock.now()):
            slots.stamp(path)
    finally:
        engines.dispose()
    return SqlRecords(
        path,
        data_key,
        clock=options.clock,
        cost=options.cost,
        opened_with_older=opened_with_older,
        alone=lock is not None,
        on_close=lock.release if lock else None,
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
