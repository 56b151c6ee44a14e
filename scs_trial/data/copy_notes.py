"""A unit of work on a copy for reading: it changes nothing, and what it reads is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection

from scs_trial.data.audit import AuditTrail, Writer
from scs_trial.data.reads import ReadsFile
from scs_trial.data.unit_of_work import SqlUnitOfWork
from scs_trial.errors import ReadOnlyCopyError
from scs_trial.services.read_port import ReadEntry


class CopyTrail(AuditTrail):
    """The trail of a copy: it is read as it stands, and notes wait for `CopyUnitOfWork.commit`."""

    def __init__(self, work: CopyUnitOfWork) -> None:
        super().__init__(work.connection, None)
        self.noted: list[ReadEntry] = []
        self._work = work

    def note(
        self,
        action: str,
        *,
        entity: str,
        entity_id: str,
        patient_id: UUID | None = None,
        reason: str = "",
        new: Mapping[str, object] | None = None,
    ) -> None:
        """Note what is read; it is stored by the commit."""
        who = self._work.who
        self.noted.append(
            ReadEntry(
                at=who.clock.now(),
                as_of=self._work.as_of,
                actor_id=who.actor.id,
                actor=who.actor.user_name,
                workstation=who.workstation,
                action=str(action),
                entity=entity,
                entity_id=entity_id,
                patient_id=patient_id,
                reason=reason,
                new=new,
            )
        )

    @property
    def writer(self) -> Writer:
        """Refuse to write; raise `ReadOnlyCopyError`."""
        raise ReadOnlyCopyError


class CopyUnitOfWork(SqlUnitOfWork):
    """A unit of work that reads a copy and notes what was read.

    Parameters
    ----------
    connect
        Gives a connection for reading.
    who
        Who reads.
    as_of
        When the copy was made.
    notes
        Keeps what was noted.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        *,
        who: Writer,
        as_of: datetime,
        notes: ReadsFile,
    ) -> None:
        super().__init__(connect, None)
        self.who = who
        self.as_of = as_of
        self._notes = notes

    @property
    def connection(self) -> Connection:
        """The open connection."""
        return self._connection

    @cached_property
    def audit(self) -> CopyTrail:
        """The trail as it stands in the copy; its notes go into the file beside the copy."""
        return CopyTrail(self)

    def commit(self) -> None:
        """Make the notes durable; raise ``UserError`` when nothing takes them."""
        if self.audit.noted:
            self._notes.add(tuple(self.audit.noted))
            self.audit.noted.clear()
