"""The append-only trail: every change and every noted act, chained by SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from scs_trial.clock import Clock
from scs_trial.data import audit_search
from scs_trial.data.prepared import drive, prepared
from scs_trial.data.rows.audit import AuditRow
from scs_trial.data.rows.base import table
from scs_trial.data.triggers import guards_off
from scs_trial.domain.canonical import canonical
from scs_trial.domain.clinic import Account
from scs_trial.services.audit_port import AuditQuery
from scs_trial.services.ports import AuditEntry, AuditHead

NO_DIGEST = "0" * 64
"""Stands before the first row."""

_T = table(AuditRow)
_HEAD = "SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1"
_ADD = insert(_T)
_ALL = select(_T).order_by(_T.c.seq)
_LEFT_OUT = ("actor_id", "entity_version", "prev")
_SHOWN = select(*(column for column in _T.c if column.key not in _LEFT_OUT))
_OF_PATIENT = (
    _SHOWN.where(_T.c.patient_id == bindparam("patient_id"))
    .order_by(_T.c.seq.desc())
    .limit(bindparam("most"))
)
_ACTS = _SHOWN.where(
    _T.c.patient_id == bindparam("patient_id"), _T.c.action == bindparam("action")
).order_by(_T.c.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes, where, when."""

    actor: Account
    workstation: str
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """What a check of the trail found.

    ``broken_at`` is the first bad row or None; ``guards_off`` names tables whose triggers are not
    those of this program.
    """

    rows: int
    head: AuditHead
    broken_at: int | None = None
    guards_off: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """True when every row fits the one before it and the triggers stand."""
        return self.broken_at is None and not self.guards_off


class AuditTrail:
    """The trail within one transaction.

    Parameters
    ----------
    connection
        The unit of work's connection; a writer holds the write lock, so the head stays put.
    writer
        None while reading.
    """

    def __init__(self, connection: Connection, writer: Writer | None) -> None:
        self._connection = connection
        self._writer = writer
        self._head: AuditHead | None = None

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
        """Append a row that is no change of a row: a patient opened, a page exported."""
        self._append(
            action=action,
            entity=entity,
            entity_id=entity_id,
            entity_version=None,
            patient_id=patient_id,
            reason=reason,
            old=None,
            new=None if new is None else canonical(new),
        )

    def change(
        self,
        entity: str,
        entity_id: object,
        *,
        version: int,
        patient_id: UUID | None = None,
        reason: str = "",
        old: object = None,
        new: object = None,
    ) -> int:
        """Append the row of the change that follows at once; return its number."""
        return self._append(
            action="insert" if old is None else "update",
            entity=entity,
            entity_id=str(entity_id),
            entity_version=version,
            patient_id=patient_id,
            reason=reason,
            old=None if old is None else canonical(old),
            new=canonical(new),
        )

    def of_patient(self, patient_id: UUID, *, limit: int = 500) -> Sequence[AuditEntry]:
        """Return the rows about a patient, newest first; indexed."""
        values = {"patient_id": patient_id, "most": limit}
        rows = prepared(_OF_PATIENT).rows(self._connection, values)
        return tuple(AuditEntry(**row) for row in rows)

    def acts(self, patient_id: UUID, action: str) -> Sequence[AuditEntry]:
        """Return every row of one action about a patient, oldest first; indexed."""
        values = {"patient_id": patient_id, "action": action}
        rows = prepared(_ACTS).rows(self._connection, values)
        return tuple(AuditEntry(**row) for row in rows)

    def head(self) -> AuditHead:
        """Return where the trail stands."""
        if self._head is None or self._writer is None:
            found = drive(self._connection, _HEAD)
            seq, last = found[0] if found else (0, NO_DIGEST)
            self._head = AuditHead(seq=seq, digest=last)
        return self._head

    def search(self, query: AuditQuery) -> Sequence[AuditEntry]:
        """Return the rows found, newest first."""
        return tuple(_entry(row) for row in audit_search.search(self._connection, query))

    def digest_at(self, seq: int) -> str | None:
        """Return the digest of a row, None where there is no such row."""
        return audit_search.digest_at(self._connection, seq)

    def latest_changes(self) -> Sequence[AuditEntry]:
        """Return the newest change of each row that is told of; of a check-in every revision."""
        return tuple(_entry(row) for row in audit_search.latest_changes(self._connection))

    def unaudited(self) -> Sequence[str]:
        """Return the tables that hold a row, or lack one, otherwise than the trail knows."""
        return audit_search.unaudited(self._connection)

    def forget_head(self) -> None:
        """Read the head anew next time: after a commit others may append."""
        self._head = None

    @property
    def writer(self) -> Writer:
        """Who writes; a reading unit of work has none."""
        if self._writer is None:
            raise RuntimeError("a reading unit of work can't write")
        return self._writer

    def _append(self, **given: Any) -> int:
        writer = self.writer
        head = self.head()
        row: dict[str, Any] = {
            "seq": head.seq + 1,
            "at": writer.clock.now(),
            "actor": writer.actor.user_name,
            "actor_id": writer.actor.id,
            "workstation": writer.workstation,
            **given,
            "prev": head.digest,
        }
        row["digest"] = digest(row)
        prepared(_ADD).write(self._connection, row)
        self._head = AuditHead(seq=row["seq"], digest=row["digest"])
        return head.seq + 1


def digest(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of every column but the digest itself, the digest before included."""
    covered = {name: row[name] for name in _T.c.keys() if name != "digest"}  # noqa: SIM118
    return hashlib.sha256(canonical(covered).encode("utf-8", "surrogatepass")).hexdigest()


def verify_chain(connection: Connection) -> ChainReport:
    """Read the whole trail and check numbers, links, digests and the triggers.

    A cut tail or a trail that was chained anew goes unseen without a printed head to compare.
    """
    guards = guards_off(connection)
    last = AuditHead(seq=0, digest=NO_DIGEST)
    for row in connection.execution_options(yield_per=500).execute(_ALL):
        held = row._asdict()
        fits = held["seq"] == last.seq + 1 and held["prev"] == last.digest
        if not fits or digest(held) != held["digest"]:
            return ChainReport(rows=last.seq, head=last, broken_at=last.seq + 1, guards_off=guards)
        last = AuditHead(seq=held["seq"], digest=held["digest"])
    return ChainReport(rows=last.seq, head=last, guards_off=guards)


def _entry(row: Mapping[str, Any]) -> AuditEntry:
    return AuditEntry(**{name: value for name, value in row.items() if name not in _LEFT_OUT})
