"""Settings of the record, facts about it, the clinic's own criteria files, accounts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from scs_trial.data import convert
from scs_trial.data.repositories.base import Repository, adding, by_id, changing
from scs_trial.data.rows.base import Base, table
from scs_trial.data.rows.people import (
    AccountRow,
    ClinicSettingsRow,
    CriteriaFileRow,
    RecordInfoRow,
)
from scs_trial.domain.clinic import Account, ClinicSettings, Role

_ACCOUNTS = select(table(AccountRow)).order_by(table(AccountRow).c.user_key)
_ROLES = select(table(AccountRow).c.roles).where(table(AccountRow).c.id == bindparam("id"))
_FILES = select(table(CriteriaFileRow)).order_by(table(CriteriaFileRow).c.id)
_THE_SETTINGS = 1
_SECRET_BYTES = 32
FALLBACK_ZONE = "UTC"
"""Zone of a record whose settings were never saved; creating a record saves them."""


class _Versioned(Repository):
    """Rows of one table, each replaced as a whole by its next version."""

    def _stored(self, row: type[Base], key: Any) -> Mapping[str, Any] | None:
        return self._one(by_id(row), id=key)

    def _replace(
        self,
        row: type[Base],
        values: convert.Values,
        *,
        entity: Callable[[convert.Held], object],
        reason: str = "",
    ) -> None:
        stored = self._stored(row, values["id"])
        version = 1 if stored is None else stored["version"] + 1
        values = {**values, "version": version}
        self._trail.change(
            table(row).name,
            values["id"],
            version=version,
            reason=reason,
            old=None if stored is None else entity(stored),
            new=entity(values),
        )
        if stored is None:
            self._write(adding(row), values)
        else:
            self._write(changing(row), {"row_id": values["id"], **values})


class SettingsRepository(_Versioned):
    """Clinical settings of the record."""

    def get(self) -> ClinicSettings:
        """Return the settings in force."""
        row = self._stored(ClinicSettingsRow, _THE_SETTINGS)
        if row is None:
            return ClinicSettings(zone=FALLBACK_ZONE)
        return _settings(row)

    def save(self, settings: ClinicSettings, *, reason: str = "") -> None:
        """Replace the settings."""
        values = {"id": _THE_SETTINGS, "payload": convert.settings_text(settings)}
        self._replace(ClinicSettingsRow, values, entity=_settings, reason=reason)

    def record_info(self, key: str) -> str | None:
        """Return a fact about the record itself: ``record_id``, ``demo``, ``created_at``."""
        row = self._stored(RecordInfoRow, key)
        return None if row is None else str(row["value"])

    def set_record_info(self, key: str, value: str) -> None:
        """Store such a fact."""
        values = {"id": key, "value": value}
        self._replace(RecordInfoRow, values, entity=dict)

    def secret(self, key: str) -> str:
        """Return a random secret of the record in hex, made when it is asked for first.

        The audit trail tells that it was made, and not what it is: the trail can be exported.
        """
        held = self.record_info(key)
        if held is not None:
            return held
        value = secrets.token_hex(_SECRET_BYTES)
        self._replace(RecordInfoRow, {"id": key, "value": value}, entity=_unsaid)
        return value

    def criteria_files(self) -> Mapping[str, str]:
        """Return the clinic's own criteria files: text by file name."""
        return {row["id"]: row["text"] for row in self._all(_FILES)}

    def save_criteria_file(self, name: str, text: str, *, reason: str = "") -> None:
        """Add or replace one of the clinic's own criteria files."""
        values = {"id": name, "text": text}
        self._replace(CriteriaFileRow, values, entity=dict, reason=reason)


class AccountRepository(_Versioned):
    """Accounts (their keys lie in the slots beside the record)."""

    def roles_of(self, account_id: UUID) -> frozenset[Role]:
        """Return the roles of an account as they stand; none when there is no such account."""
        row = self._one(_ROLES, id=account_id)
        return frozenset() if row is None else frozenset(Role(role) for role in row["roles"])

    def all(self) -> Sequence[Account]:
        """Return every account."""
        return tuple(convert.account_entity(row) for row in self._all(_ACCOUNTS))

    def save(self, account: Account, *, reason: str = "") -> None:
        """Insert or update."""
        values = convert.account_values(account, version=1)
        self._replace(AccountRow, values, entity=convert.account_entity, reason=reason)


def _unsaid(held: convert.Held) -> object:
    return {"id": held["id"]}


def _settings(held: convert.Held) -> ClinicSettings:
    return convert.settings_entity(held["payload"])
