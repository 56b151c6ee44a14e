"""The time of the made-up clinic: steps are collected, then played in the order of their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from scs_trial.clock import FixedClock
from scs_trial.services.session import Session

_NAMES = UUID("6f6f2f2e-6d0a-5c0c-9f6a-0c5d3a1b7e42")
"""Ids of the demo are made from names, so that a day's demo is always the same."""

Step = Callable[[Session], object]


@dataclass(slots=True)
class Stage:
    """Collects what happens when.

    Attributes
    ----------
    now
        The clinic-local moment at which the demo is opened; nothing happens later.
    zone
        The clinic's zone.
    """

    now: datetime
    zone: ZoneInfo
    _steps: list[tuple[datetime, int, Step]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """Return the clinic's day."""
        return self.now.date()

    def at(self, day: date, clock_time: str, step: Step) -> datetime:
        """Add a step; one of today that would lie ahead happens now, after all before it."""
        wanted = datetime.combine(day, time.fromisoformat(clock_time))
        self._steps.append((wanted, len(self._steps), step))
        return self.moment(day, clock_time)

    def moment(self, day: date, clock_time: str) -> datetime:
        """Return the clinic-local moment of a step."""
        return min(datetime.combine(day, time.fromisoformat(clock_time)), self.now)

    def instant(self, moment: datetime) -> datetime:
        """Return the aware instant of a clinic-local moment."""
        return moment.replace(tzinfo=self.zone)

    def play(self, session: Session, clock: FixedClock) -> None:
        """Play every step in the order of time, each at its own."""
        for wanted, _, step in sorted(self._steps, key=lambda entry: entry[:2]):
            clock.move_to(self.instant(min(wanted, self.now)))
            step(session)


def made_id(*parts: object) -> UUID:
    """Return the id that belongs to a name."""
    return uuid5(_NAMES, "/".join(map(str, parts)))
