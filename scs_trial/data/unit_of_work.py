"""One transaction on the encrypted file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from scs_trial.data import faults
from scs_trial.data.audit import AuditTrail, Writer
from scs_trial.data.known_revisions import KnownRevisions
from scs_trial.data.repositories.check_ins import CheckInRepository
from scs_trial.data.repositories.drafts import DraftRepository
from scs_trial.data.repositories.imports import ImportRepository
from scs_trial.data.repositories.notes import TrialNoteRepository
from scs_trial.data.repositories.patients import PatientRepository
from scs_trial.data.repositories.safety import SafetyRepository
from scs_trial.data.repositories.settings import AccountRepository, SettingsRepository
from scs_trial.data.repositories.signatures import SignatureRepository
from scs_trial.data.repositories.trials import TrialRepository


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
    on_accounts
        Called after a commit that may have changed accounts.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        writer: Writer | None,
        *,
        known: KnownRevisions | None = None,
        on_accounts: Callable[[], None] | None = None,
    ) -> None:
        self._connect = connect
        self._writer = writer
        self._known = known
        self._on_accounts = on_accounts
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
        if self._on_accounts is not None and "accounts" in vars(self):
            self._on_accounts()

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
