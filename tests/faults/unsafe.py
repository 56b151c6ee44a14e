"""The program without one of its protections: what each harness has to find."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from scs_trial import platform
from scs_trial.data import engine, key_ring, keys, slots, unit_of_work
from scs_trial.errors import UserError

TOO_EARLY = "acknowledged before the commit"
LATE_SLOTS = "keys changed before the new slots are written"
NO_WAITING = "no waiting for the disk"
NO_NAMES = "no waiting for the names in a folder"
SWALLOWED = "a failed commit passed over"


def _as_shipped() -> None:
    pass


def _no_waiting() -> None:
    pragmas = tuple(held for held in engine._PRAGMAS if held[0] != "synchronous")
    engine._PRAGMAS = (*pragmas, ("synchronous", "OFF", 0))


def _no_names() -> None:
    platform.Posix.sync_folder = lambda _self, _folder: None  # type: ignore[method-assign]


def _late_slots() -> None:
    def rotate(self: Any, held: Any) -> None:
        new, old = keys.new_data_key(), self.data_key
        after = self._sealed(held, held.generation + 1, key=new)
        self._rekey(old, new)
        self.data_key = new
        slots.write_said(self.path, after)

    key_ring.KeyRing._rotate = rotate  # type: ignore[method-assign]


def _swallowed() -> None:
    commit = unit_of_work.SqlUnitOfWork.commit

    def careless(self: Any) -> None:
        with suppress(UserError):
            commit(self)

    unit_of_work.SqlUnitOfWork.commit = careless  # type: ignore[method-assign]


VARIANTS: dict[str, Callable[[], None]] = {
    "": _as_shipped,
    TOO_EARLY: _as_shipped,  # the harness's own acknowledgement comes early
    NO_WAITING: _no_waiting,
    NO_NAMES: _no_names,
    LATE_SLOTS: _late_slots,
    SWALLOWED: _swallowed,
}
