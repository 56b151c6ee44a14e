"""Slows guessing down: wrong passwords are counted beside the record, for each workstation.

Five tries are free; then a wait of 30 s doubles up to 15 min. It survives a restart, ends by itself
and is never permanent. What failed waits here until somebody opens the record and it is audited.
Whoever can copy the files can guess elsewhere: against that stands the cost of the password.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from scs_trial.clock import Clock
from scs_trial.data import faults
from scs_trial.platform import write_atomic
from scs_trial.services.log_in import FailedLogIn

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
_MOST_DOUBLINGS = 10
MOST_FAILED = 200
"""More wait to be audited never; the newest stay."""
UNKNOWN = "unknown"


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries without success."""
    if tries < FREE_TRIES:
        return timedelta(0)
    doublings = min(tries - FREE_TRIES, _MOST_DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def tries_path(record: Path) -> Path:
    """Return where the tries of a record are counted."""
    return record.with_name(f"{record.name}.tries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """The tries on one record from one workstation."""

    record: Path
    workstation: str
    clock: Clock

    def begin(self, owner: str) -> None:
        """Count a try before it is made, so that ending the program hides none.

        Raises
        ------
        TooManyTriesError
            With the time to wait; this try does not count.
        """
        held = self._read()
        key = self._key(owner)
        count, at = _count(held["tries"].get(key))
        now = self.clock.now()
        if at > now:  # the clock was set back: the wait begins anew, it does not last for ever
            at = now
            held["tries"][key] = {"count": count, "at": now.isoformat()}
            self._write(held)
        left = at + wait_after(count) - now
        if left > timedelta(0):
            raise faults.too_many_tries(left)
        held["tries"][key] = {"count": count + 1, "at": now.isoformat()}
        self._write(held)

    def passed(self, owner: str) -> None:
        """Forget the tries: this one was right."""
        held = self._read()
        if held["tries"].pop(self._key(owner), None) is not None:
            self._write(held)

    def failed(self, owner: str, way: str) -> None:
        """Keep a failed try until it can be audited."""
        held = self._read()
        entry = {
            "id": str(uuid4()),
            "at": self.clock.now().isoformat(),
            "owner": owner,
            "workstation": self.workstation,
            "way": way,
        }
        held["failed"] = [*held["failed"], entry][-MOST_FAILED:]
        self._write(held)

    def waiting(self) -> tuple[FailedLogIn, ...]:
        """Return what failed and is not audited yet, oldest first."""
        found = []
        for entry in self._read()["failed"]:
            with suppress(KeyError, TypeError, ValueError):
                found.append(
                    FailedLogIn(
                        id=UUID(entry["id"]),
                        at=_instant(entry["at"]),
                        who=str(entry["owner"]),
                        workstation=str(entry["workstation"]),
                        way=str(entry["way"]),
                    )
                )
        return tuple(found)

    def audited(self, entries: tuple[FailedLogIn, ...]) -> None:
        """Let go of entries that the trail holds now."""
        done = {str(entry.id) for entry in entries}
        held = self._read()
        left = [e for e in held["failed"] if isinstance(e, dict) and e.get("id") not in done]
        if left != held["failed"]:
            held["failed"] = left
            self._write(held)

    def _key(self, owner: str) -> str:
        return f"{owner}@{self.workstation}"

    def _read(self) -> dict[str, Any]:
        """Return what is counted; a spoiled file counts as none, as a deleted one would."""
        with suppress(OSError, ValueError):
            held = json.loads(tries_path(self.record).read_text(encoding="utf-8"))
            if isinstance(held, dict):
                tries, failed = held.get("tries"), held.get("failed")
                return {
                    "tries": tries if isinstance(tries, dict) else {},
                    "failed": failed if isinstance(failed, list) else [],
                }
        return {"tries": {}, "failed": []}

    def _write(self, held: dict[str, Any]) -> None:
        text = json.dumps(held, indent=1, sort_keys=True) + "\n"
        path = tries_path(self.record)
        with suppress(OSError):  # a full disk must not keep the right password out
            if held["tries"] or held["failed"]:
                write_atomic(path, text.encode("ascii"))
            else:
                path.unlink(missing_ok=True)


def _count(held: Any) -> tuple[int, datetime]:
    try:
        count = held["count"]
        if isinstance(count, int) and count >= 0:
            return count, _instant(held["at"])
    except (KeyError, TypeError, ValueError):
        pass
    return 0, datetime.min.replace(tzinfo=UTC)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)
