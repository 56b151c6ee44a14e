"""The open record: hands out units of work, knows its keys, changes its data key."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from scs_trial.clock import Clock
from scs_trial.data import faults
from scs_trial.data.audit import ChainReport, Writer, verify_chain
from scs_trial.data.backup import BackupFolder, Plan, folder_of
from scs_trial.data.engine import Engines, check_beside, make_engines
from scs_trial.data.key_ring import KeyRing
from scs_trial.data.keys import Cost
from scs_trial.data.known_revisions import KnownRevisions
from scs_trial.data.known_roles import KnownRoles
from scs_trial.data.rekey import has_taken, rekey
from scs_trial.data.unit_of_work import SqlUnitOfWork
from scs_trial.domain.backups import BackupReason
from scs_trial.domain.clinic import Account, Role
from scs_trial.errors import UserError
from scs_trial.services.audit_port import ChainState
from scs_trial.services.ports import Records

REKEY_WAIT_SECONDS = 5.0
"""Units of work under way may end before the data key is changed."""


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
    alone
        The record's lock is held: no other program changes accounts.
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
        alone: bool = False,
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
        self._roles = KnownRoles(alone=alone)

    @property
    def keys(self) -> KeyRing:
        """The key file beside the record."""
        return self._keys

    def reading(self) -> SqlUnitOfWork:
        """Return a unit of work for reading (no write lock is taken)."""
        return SqlUnitOfWork(partial(self._connect, reading=True), None, known=self._known)

    def writing(self, *, actor: Account, workstation: str) -> SqlUnitOfWork:
        """Return a unit of work whose audit rows name this actor."""
        writer = Writer(actor=actor, workstation=workstation, clock=self._clock)
        connect = partial(self._connect, reading=False)
        return SqlUnitOfWork(connect, writer, on_accounts=self._roles.changed)

    def roles_of(self, account_id: UUID) -> frozenset[Role]:
        """Return the roles of an account as they stand."""
        return self._roles.of(account_id, self._read_roles)

    def _read_roles(self, account_id: UUID) -> frozenset[Role]:
        with self.reading() as work:
            return work.accounts.roles_of(account_id)

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
