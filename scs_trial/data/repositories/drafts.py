"""Half-typed forms, in the same encrypted record; not audited."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select

from scs_trial.data import convert
from scs_trial.data.repositories.base import Repository
from scs_trial.data.rows.base import table
from scs_trial.data.rows.people import DraftRow
from scs_trial.services.ports import Draft

_T = table(DraftRow)
_OF_ACCOUNT = (
    select(_T)
    .where(_T.c.account_id == bindparam("account_id"))
    .order_by(_T.c.updated_at.desc(), _T.c.key)
)
_DISCARD = delete(_T).where(
    _T.c.account_id == bindparam("account_id"), _T.c.key == bindparam("key")
)
_PUT = insert(_T).prefix_with("OR REPLACE", dialect="sqlite")


class DraftRepository(Repository):
    """Half-typed forms. Deleted in the transaction that saves the form."""

    def put(self, draft: Draft) -> None:
        """Insert or replace by (account, key)."""
        self._write(_PUT, convert.flat_values(draft))

    def of_account(self, account_id: UUID) -> Sequence[Draft]:
        """Return the account's drafts, newest first."""
        rows = self._all(_OF_ACCOUNT, account_id=account_id)
        return tuple(convert.flat_entity(Draft, row) for row in rows)

    def discard(self, account_id: UUID, key: str) -> None:
        """Delete one; nothing happens when there is none."""
        self._write(_DISCARD, {"account_id": account_id, "key": key})
