"""What is done while a fault is planted: what comes before, the deed itself, and its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scs_trial.data.restore import folder_for
from scs_trial.restore_record import restore_record
from scs_trial.services.accounts import list_accounts, remove_account
from tests.faults import templates
from tests.faults.desk import Desk, Say
from tests.records import CHEAP, PASSWORD

SAVED, SAVED_TOO, SAVED_BEFORE = 20, 21, 22
"""Day numbers of the check-ins that deeds save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that people do with the program.

    ``before`` runs without faults, ``act`` with one, ``again`` after it, in the same program.
    """

    act: Callable[[Desk], None]
    before: Callable[[Desk], None] = Desk.open
    again: Callable[[Desk], None] | None = None
    template: Callable[[Path, Say], Path] = templates.make


def _save(desk: Desk) -> None:
    for number in (SAVED, SAVED_TOO):
        if number not in desk.saved:  # after a refusal only what was refused is tried again
            desk.save(number)


def _sign(desk: Desk) -> None:
    desk.sign_check_in(2)
    desk.sign_decision()


def _open_and_save(desk: Desk) -> None:
    desk.open()
    desk.save(SAVED_BEFORE)


def _open_with_a_short_log(desk: Desk) -> None:
    """Open so that every save also writes the log back into the file, as a long one does."""
    desk.open()
    with desk.session.records._engines.writer.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA wal_autocheckpoint = 1").fetchall()


def _remove(desk: Desk) -> None:
    bo = next(line for line in list_accounts(desk.session) if line.account.user_name == "bo")
    desk.acknowledge(
        "removed", "bo", lambda: remove_account(desk.session, bo.account.id, reason="has left")
    )


def _restore(desk: Desk) -> None:
    desk.acknowledge(
        "restored",
        None,
        lambda: (
            restore_record(
                desk.path,
                folder_for(desk.path),
                "",
                user_name="anna",
                password=PASSWORD,
                clock=desk.clock,
                cost=CHEAP,
            ).source
        ),
    )


def _nothing(_desk: Desk) -> None:
    pass


def _work(desk: Desk) -> None:
    """Do everything that people acknowledge to each other, with the log written back in between."""
    desk.open()
    for number in range(SAVED, SAVED + 80):
        desk.save(number)
    desk.sign_check_in(2)
    desk.back_up()
    desk.close()
    desk.open()
    desk.save(SAVED + 80)
    _remove(desk)
    desk.save(SAVED + 81)
    desk.sign_decision()
    desk.back_up()
    desk.save(SAVED + 82)
    desk.close()


DAY = "a day's work"
"""The deed during which the power is cut."""
DEEDS: dict[str, Deed] = {
    "open": Deed(before=_nothing, act=Desk.open),
    "save": Deed(act=_save, again=_save),
    "save and write back": Deed(before=_open_with_a_short_log, act=_save, again=_save),
    "sign": Deed(act=_sign),
    "back up": Deed(act=Desk.back_up, again=Desk.back_up),
    "close": Deed(before=_open_and_save, act=Desk.close),
    "migrate": Deed(before=_nothing, act=Desk.open, template=templates.make_older),
    "remove an account": Deed(act=_remove),
    "restore": Deed(before=_nothing, act=_restore),
    DAY: Deed(before=_nothing, act=_work),
}
