"""What a synthetic record is opened with; light, for processes whose start is measured."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from scs_trial.clock import FixedClock
from scs_trial.domain.clinic import Account, Role
from scs_trial.services.session import Session

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
"""The morning on which the benchmarks take place."""
PASSWORD = "a long enough phrase for the bench"
ACCOUNT = Account(
    id=UUID(int=0xBE7C4 << 100),
    user_name="bench",
    display_name="Bench, Synthetic",
    roles=frozenset(Role),
)


def session_with_key(path: Path, key: bytes) -> Session:
    """Return a session on a record that is opened with its key, without a password."""
    from scs_trial.assemble import session_for
    from scs_trial.data.keys import SHIPPED_COST
    from scs_trial.data.records import SqlRecords

    clock = FixedClock(NOW)
    records = SqlRecords(path, key, clock=clock, cost=SHIPPED_COST, alone=True)
    return session_for(records, ACCOUNT, clock=clock)
