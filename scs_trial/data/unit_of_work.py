"""One transaction on the encrypted file, and the open record that hands them out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlcipher3 import dbapi2

from scs_trial.clock import Clock
from scs_trial.data import faults
from scs_trial.data.audit import AuditTrail, ChainReport, Writer, verify_chain
from scs_trial.data.backup import BackupFolder, Plan, folder_of
from scs_trial.data.engine import Engines, check_beside, make_engines
from scs_trial.data.key_ring import KeyRing
from scs_trial.data.keys import Cost
from scs_trial.data.known_revisions import KnownRevisions
from scs_trial.data.rekey import has_taken, rekey
from scs_trial.data.repositories.check_ins import CheckInRepository
from scs_trial.data.repositories.drafts import DraftRepository
from scs_trial.data.repositories.imports import ImportRepository
from scs_trial.data.repositories.notes import TrialNoteRepository
from scs_trial.data.repositories.patients import PatientRepository
from scs_trial.data.repositories.safety import SafetyRepository
from scs_trial.data.repositories.settings import AccountRepository, SettingsRepository
from scs_trial.data.repositories.signatures import SignatureRepository
from scs_trial.data.repositories.trials import TrialRepository
from scs_trial.domain.backups import BackupReason
from scs_trial.domain.clinic import Account
from scs_trial.errors import UserError
from scs_trial.services.audit_port import ChainState
from scs_trial.services.ports import Records

REKEY_WAIT_SECONDS = 5.0
"""Units of work under way may end before the data key is changed."""


class SqlUnitOfWork:
    """One transaction. Leaving the block without ``commit`` rolls back.

    Parameters
    ----------
    connect
        Gives a connection for reading or writing.
    writer
        Who writes; None while reading.
    known
        What earlier readers have read.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        writer: Writer | None,
        known: KnownRevisions | None = None,
    ) -> None:
        self._connect = connect
        self._writer = writer
        self._known = known
        self._open: Connection | None = None
        self._committed = False

    def __enter__(self) -> Self:
        """Begin: a snapshot for reading, the write lock for writing."""
        try:
            connection = self._connect()
        except PoolTimeoutError:
            raise faults.RecordBusyError(*faults.BUSY) from None
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self._open = connection
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        connection, self._open = self._open, None
        if connection is not None:
            connection.close()

    def commit(self) -> None:
        """Make everything durable in one commit; raise ``UserError`` and keep nothing."""
        if self._writer is None:
            raise RuntimeError("a reading unit of work has nothing to commit")
        if self._committed:
            raise RuntimeError("a unit of work is one commit")
        self._connection.commit()
        self._committed = True
        self.audit.forget_head()

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            raise RuntimeError("a unit of work is used inside its with block")
        return self._open

    @cached_property
    def audit(self) -> AuditTrail:
        """The append-only trail."""
        return AuditTrail(self._connection, self._writer)

    @cached_property
    def patients(self) -> PatientRepository:
        """Patients."""
        return PatientRepository(self._connection, self.audit)

    @cached_property
    def trials(self) -> TrialRepository:
        """Trials."""
        return TrialRepository(self._connection, self.audit)

    @cached_property
    def check_ins(self) -> CheckInRepository:
        """Check-ins."""
        return CheckInRepository(self._connection, self.audit, self._known)

    @cached_property
    def safety(self) -> SafetyRepository:
        """Safety events."""
        return SafetyRepository(self._connection, self.audit)

    @cached_property
    def notes(self) -> TrialNoteRepository:
        """What belongs to a trial and is only ever added."""
        return TrialNoteRepository(self._connection, self.audit)

    @cached_property
    def drafts(self) -> DraftRepository:
        """Half-typed forms."""
        return DraftRepository(self._connection, self.audit)

    @cached_property
    def settings(self) -> SettingsRepository:
        """Clinical settings."""
        return SettingsRepository(self._connection, self.audit)

    @cached_property
    def signatures(self) -> SignatureRepository:
        """Signatures and amendments."""
        return SignatureRepository(self._connection, self.audit)

    @cached_property
    def imports(self) -> ImportRepository:
        """Imports through the assistant, and the site's profiles."""
        return ImportRepository(self._connection, self.audit)

    @cached_property
    def accounts(self) -> AccountRepository:
        """Accounts."""
        return AccountRepository(self._connection, self.audit)


def chain_state(engines: Engines) -> ChainState:
    """Check every row of the audit trail, and the triggers."""
    with engines.reader.connect() as connection:
        found = verify_chain(connection)
    return ChainState(rows=found.rows, broken_at=found.broken_at, guards_off=found.guards_off)


class SqlRecords:
    """An open encrypted record.

    Parameters
    ----------
    path
        The file.
    data_key
        Opens it.
    clock
        Dates the audit rows.
    cost
        Of passwords that are set.
    opened_with_older
        The data key is the older of two: a rotation was cut short.
    on_close
        Called once after the connections are closed (lets go of the lock).
    """

    def __init__(
        self,
        path: Path,
        data_key: bytes,
        *,
        clock: Clock,
        cost: Cost,
        opened_with_older: bool = False,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        self._keys = KeyRing(
            path, data_key, cost=cost, rekey=self._rekey, opened_with_older=opened_with_older
        )
        self._gate = threading.Lock()
        self._engines = make_engines(path, data_key)
        self._clock = clock
        self._on_close = on_close
        self._known = KnownRevisions()

    @property
    def keys(self) -> KeyRing:
        """The key file beside the record."""
        return self._keys

    def reading(self) -> SqlUnitOfWork:
        """Return a unit of work for reading (no write lock is taken)."""
        return SqlUnitOfWork(partial(self._connect, reading=True), None, self._known)

    def writing(self, *, actor: Account, workstation: str) -> SqlUnitOfWork:
        """Return a unit of work whose audit rows name this actor."""
        writer = Writer(actor=actor, workstation=workstation, clock=self._clock)
        return SqlUnitOfWork(partial(self._connect, reading=False), writer)

    def verify_chain(self) -> ChainReport:
        """Check the whole audit trail."""
        with self._engines.reader.connect() as connection:
            return verify_chain(connection)

    def chain_state(self) -> ChainState:
        """Check every row of the audit trail, and the triggers."""
        return chain_state(self._engines)

    def check(self) -> None:
        """Check every page, its authentication code and every foreign key, beside the work.

        Raises
        ------
        DamagedRecordError
            When something does not hold.
        """
        check_beside(self._engines)

    def close(self) -> None:
        """Close every connection and let go of the file; a second call does nothing."""
        self._engines.dispose()
        if self._on_close is not None:
            release, self._on_close = self._on_close, None
            release()

    def _connect(self, *, reading: bool) -> Connection:
        """Return a connection; while the data key is being changed it waits."""
        while True:
            with self._gate:
                engines = self._engines
            try:
                return (engines.reader if reading else engines.writer).connect()
            except UserError:
                with self._gate:
                    if engines is self._engines:
                        raise

    def _rekey(self, old: bytes, new: bytes) -> None:
        """Change the file's data key; an ``UserError`` leaves the old one in force."""
        with self._gate:
            if not self._engines.wait_until_idle(REKEY_WAIT_SECONDS):
                raise faults.RecordBusyError(*faults.BUSY)
            self._engines.dispose()
            path = self._keys.path
            back_up_first(path, old, self._clock.now())
            try:
                rekey(path, old, new)
            except (dbapi2.Error, UserError) as error:
                if not has_taken(path, new):  # though the database reported an error
                    raise faults.said(error) from None
            self._engines = make_engines(path, new)


def back_up_first(path: Path, key: bytes, at: datetime) -> None:
    """Make a verified backup before the whole file is written anew."""
    folder = BackupFolder(folder_of(path), stem=path.stem)
    folder.make(path, key, Plan(at=at, reason=BackupReason.REKEY, zone=ZoneInfo("UTC")))


if TYPE_CHECKING:
    _OFFERS_WHAT_THE_SERVICES_NEED: type[Records] = SqlRecords
