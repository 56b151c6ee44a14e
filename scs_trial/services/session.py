"""Who works, with what: the context that every use case takes first."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scs_trial.clock import Clock
from scs_trial.domain.clinic import Account, ClinicSettings
from scs_trial.domain.criteria import Criteria
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.medication import MmeTable
from scs_trial.services.emergency import Emergency
from scs_trial.services.judged import Judged
from scs_trial.services.key_keeper import KeyKeeper
from scs_trial.services.medication_list import shipped_mme_table
from scs_trial.services.ports import Records, UnitOfWork
from scs_trial.services.read_port import ReadCopy
from scs_trial.services.safekeeper import Safekeeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A logged-in account on an open record. Use cases take it as their first argument."""

    account: Account
    workstation: str
    records: Records
    clock: Clock
    catalogue: Catalogue
    library: MutableMapping[str, Criteria]
    """Shipped and the clinic's own criteria by id; grows by `learn`."""
    library_texts: MutableMapping[str, str]
    """The criteria files' text by id, fixed to a trial when its first value is recorded."""

    safekeeper: Safekeeper | None = None
    """Makes and checks backups; None for a record that has none, such as the demo."""

    copy: ReadCopy | None = None
    """The copy that is open for reading; None for the record itself."""

    mme_table: MmeTable = field(default_factory=shipped_mme_table)
    """Factors by which the medication list becomes MME."""

    emergency: Emergency = field(default_factory=Emergency)
    """Whether an administrator has broken the glass in this session."""

    judged: Judged[Any, Any] = field(default_factory=Judged, compare=False, repr=False)
    """Verdicts of this session, kept while nothing that they follow from has changed."""

    @property
    def as_of(self) -> datetime | None:
        """When the copy that is open for reading was made; None for the record itself."""
        return None if self.copy is None else self.copy.as_of

    @property
    def keys(self) -> KeyKeeper:
        """The ways into the record."""
        return self.records.keys

    def reading(self) -> UnitOfWork:
        """Return a unit of work for reading."""
        return self.records.reading()

    def writing(self) -> UnitOfWork:
        """Return a unit of work whose audit rows name this account."""
        return self.records.writing(actor=self.account, workstation=self.workstation)

    def as_it_stands(self) -> Session:
        """Return the session with the roles that the record has not taken away since the log-in.

        A role that was given since counts from the next log-in.
        """
        kept = self.account.roles & self.records.roles_of(self.account.id)
        if kept == self.account.roles:
            return self
        return replace(self, account=replace(self.account, roles=kept))

    def learn(self, criteria: Criteria, text: str) -> None:
        """Know criteria that were just stored, as if they had been there at the log-in."""
        self.library[criteria.id] = criteria
        self.library_texts[criteria.id] = text

    def settings(self) -> ClinicSettings:
        """Return the clinic's settings in force."""
        with self.reading() as work:
            return work.settings.get()

    def zone(self) -> ZoneInfo:
        """Return the clinic's zone."""
        return ZoneInfo(self.settings().zone)
