"""Real encrypted records for tests: cheap password parameters, all else as shipped."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from scs_trial.clock import Clock, FixedClock
from scs_trial.data.keys import Cost
from scs_trial.data.open import Created, create_record, open_record
from scs_trial.data.options import Options
from scs_trial.data.records import SqlRecords
from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.clinic import Account, ClinicSettings, Role
from scs_trial.domain.criteria_library import Library, load_library
from scs_trial.domain.measures import Catalogue
from scs_trial.paths import resources
from scs_trial.services.session import Session

PASSWORD = "correct horse battery staple"
WORKSTATION = "test station"
NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
ZONE = "Europe/Berlin"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
ALL_ROLES = tuple(Role)
RECORD_NAME = "clinic.scs"

_open: list[SqlRecords] = []


def make_account(
    user_name: str = "anna", *, roles: Iterable[Role] = ALL_ROLES, account_id: UUID | None = None
) -> Account:
    """Return an account; it is not in any record yet."""
    return Account(
        id=account_id or uuid4(),
        user_name=user_name,
        display_name=user_name.title(),
        roles=frozenset(roles),
    )


def options(clock: Clock | None = None, *, exclusive: bool = True) -> Options:
    """Return options with cheap password parameters and a clock that stands still."""
    return Options(
        clock=clock or FixedClock(NOW), cost=CHEAP, workstation=WORKSTATION, exclusive=exclusive
    )


def make_record(
    folder: Path,
    *,
    clock: Clock | None = None,
    account: Account | None = None,
    settings: ClinicSettings | None = None,
) -> Created:
    """Create a real encrypted record in a folder; it is closed after the test."""
    created = create_record(
        folder / RECORD_NAME,
        account or make_account(),
        PASSWORD,
        settings=settings or ClinicSettings(zone=ZONE),
        options=options(clock),
    )
    close_after_test(created.records)
    return created


@cache
def _template(roles: frozenset[Role], settings: ClinicSettings, now: datetime) -> dict[str, bytes]:
    """Return the files of a new record; made once in a process, then copied."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        account = make_account(roles=roles)
        made = make_record(folder, clock=FixedClock(now), account=account, settings=settings)
        made.records.close()
        return {path.name: path.read_bytes() for path in folder.iterdir()}


def make_session(
    folder: Path,
    *,
    clock: Clock | None = None,
    roles: Iterable[Role] = ALL_ROLES,
    settings: ClinicSettings | None = None,
) -> Session:
    """Return a logged-in session on a new encrypted record in a folder.

    The shipped catalogue and criteria are loaded; the clock stands at `NOW` unless given.
    """
    clock = clock or FixedClock(NOW)
    files = _template(frozenset(roles), settings or ClinicSettings(zone=ZONE), clock.now())
    for name, data in files.items():
        (folder / name).write_bytes(data)
    opened = open_record(folder / RECORD_NAME, "anna", PASSWORD, options=options(clock))
    close_after_test(opened.records)
    return session_on(opened.records, opened.account, clock=clock)


def reopened(path: Path, clock: Clock) -> Session:
    """Return a session on a record that was closed, or left by a program that was killed."""
    opened = open_record(path, "anna", PASSWORD, options=options(clock))
    close_after_test(opened.records)
    return session_on(opened.records, opened.account, clock=clock)


def session_on(records: SqlRecords, account: Account, *, clock: Clock) -> Session:
    """Return a session of an account on an open record."""
    return Session(
        account=account,
        workstation=WORKSTATION,
        records=records,
        clock=clock,
        catalogue=shipped_catalogue(),
        library=dict(shipped_library().criteria),
        library_texts=dict(shipped_library().texts),
    )


@cache
def shipped_catalogue() -> Catalogue:
    """Return the shipped measures."""
    return load_catalogue(resources("measures.toml").read_text(encoding="utf-8"))


@cache
def shipped_library() -> Library:
    """Return the shipped criteria."""
    return load_library(resources("criteria"), catalogue=shipped_catalogue())


def close_after_test(records: SqlRecords) -> SqlRecords:
    """Have a record that a test opened closed at its end."""
    _open.append(records)
    return records


def close_all() -> None:
    """Close every record that a test left open."""
    while _open:
        _open.pop().close()
