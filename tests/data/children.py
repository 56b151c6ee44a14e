"""What tests do in processes of their own: be refused, fill a disk, be killed while saving."""

from __future__ import annotations

import ctypes
import os
import resource
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

from scs_trial.clock import FixedClock
from scs_trial.data.open import Opened, create_record, open_record
from scs_trial.domain.check_in import CheckIn
from scs_trial.errors import UserError
from scs_trial.services.keep_draft import keep_draft
from scs_trial.services.record_check_in import RecordCheckIn, record_check_in
from tests.data import build
from tests.records import PASSWORD, make_account, options, session_on

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.data.children"])
FIRST_DAY = date(2026, 1, 1)
AFTER_PLACEMENT = timedelta(days=90)
AFTER_ALL_DAYS = datetime(9000, 1, 1, tzinfo=UTC)
_CAPABILITY_VERSION_3 = 0x20080522
Say = Callable[[Any], None]


def start(work: Callable[..., None], *given: Any) -> tuple[Any, Connection]:
    """Start ``work(say, *given)`` in a process; return it and what it says."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_tell, args=(work, theirs, *given))
    process.start()
    theirs.close()
    return process, ours


def run(work: Callable[..., None], *given: Any) -> list[Any]:
    """Return everything that ``work`` says in a process of its own."""
    process, ours = start(work, *given)
    said = list(drain(ours))
    process.join()
    assert process.exitcode == 0
    return said


def drain(ours: Connection) -> Any:
    """Yield what a process says until it ends."""
    with ours:
        while True:
            try:
                yield ours.recv()
            except EOFError:
                return


def _tell(work: Callable[..., None], theirs: Connection, *given: Any) -> None:
    work(theirs.send, *given)
    theirs.close()


def opened(path: Path, *, exclusive: bool = True) -> Opened:
    """Open the record as the account that tests make."""
    return open_record(path, "anna", PASSWORD, options=options(exclusive=exclusive))


def try_to_open(say: Say, path: Path) -> None:
    """Say how opening went."""
    try:
        opened(path).records.close()
    except UserError as error:
        say(type(error).__name__)
    else:
        say("opened")


def try_to_open_unprivileged(say: Say, path: Path) -> None:
    """Say how opening went for somebody whom file modes bind."""
    _let_go_of_root()
    try_to_open(say, path)


def try_to_create_unprivileged(say: Say, path: Path) -> None:
    """Say how creating went for somebody whom file modes bind."""
    _let_go_of_root()
    try_to_create(say, path)


def try_to_create(say: Say, path: Path) -> None:
    """Say how creating went."""
    try:
        create_record(path, make_account(), PASSWORD, options=options()).records.close()
    except UserError as error:
        say(type(error).__name__)
    else:
        say("created")


def create_and_wait(say: Say, path: Path) -> None:
    """Say that creating begins, create, and say so."""
    say("begins")
    create_record(path, make_account(), PASSWORD, options=options()).records.close()
    say("created")


def save_until_refused(say: Say, path: Path, trial_id: UUID, spare: int) -> None:
    """Save under a limit of file sizes; say each saved id, the refusal, and a save after it."""
    records = opened(path)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = path.with_name(f"{path.name}-wal")
    used = log.stat().st_size if log.exists() else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (used + spare, hard))
    number = 0
    try:
        while number < 2000:
            say(save_check_in(records, trial_id, number))
            number += 1
    except UserError as error:
        say((type(error).__name__, str(error)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    say(save_check_in(records, trial_id, number))
    records.records.close()


def save_for_ever(say: Say, path: Path, trial_id: UUID, first: int, too_early: bool) -> None:
    """Save check-ins as the form does, saying each once saved (or before, as a planted fault)."""
    records = opened(path)
    session = session_on(records.records, records.account, clock=FixedClock(AFTER_ALL_DAYS))
    say("ready")
    for number in range(first, 10**6):
        check_in = numbered(trial_id, number)
        if too_early:
            say(check_in.id)
            time.sleep(0.1)
        keep_draft(session, key=f"check_in:{number}", patient_id=None, payload="{}")
        record_check_in(session, _command(check_in, number))
        say(check_in.id)


def _command(check_in: CheckIn, number: int) -> RecordCheckIn:
    names = {field.name for field in fields(RecordCheckIn)} - {"draft_key", "day"}
    given = {name: getattr(check_in, name) for name in names}
    day = check_in.day + AFTER_PLACEMENT
    return RecordCheckIn(**given, day=day, draft_key=f"check_in:{number}")


def save_many(say: Say, path: Path, trial_id: UUID, numbers: range) -> None:
    """Save check-ins beside other processes; say each."""
    records = opened(path, exclusive=False)
    for number in numbers:
        say(save_check_in(records, trial_id, number))
    records.records.close()


def save_check_in(held: Opened, trial_id: UUID, number: int) -> UUID:
    """Save the check-in of a day of its own; return its id."""
    check_in = numbered(trial_id, number)
    save(held, check_in, number)
    return check_in.id


def save(held: Opened, check_in: CheckIn, number: int) -> None:
    """Save a check-in with its draft taken away and the next one kept, in one commit."""
    with held.records.writing(actor=held.account, workstation="child") as work:
        work.check_ins.add(check_in)
        work.drafts.discard(held.account.id, f"check_in:{number}")
        work.drafts.put(build.draft(held.account.id, key=f"check_in:{number + 1}"))
        work.commit()


def numbered(trial_id: UUID, number: int) -> CheckIn:
    """Return a check-in on a day of its own."""
    return build.check_in(trial_id, day=FIRST_DAY + timedelta(days=number))


def _let_go_of_root() -> None:
    """Drop the capabilities that let root pass over file modes."""
    if os.geteuid() != 0:
        return
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(header, none) != 0:
        raise OSError(ctypes.get_errno(), "capset")
