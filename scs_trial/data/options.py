"""How records are opened."""

from __future__ import annotations

from dataclasses import dataclass, field

from scs_trial.clock import Clock, SystemClock
from scs_trial.data import keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How records are opened; tests give cheap parameters and their own clock.

    ``exclusive`` refuses a second opening of the same file; a command that only reads may do
    without.
    """

    clock: Clock = field(default_factory=SystemClock)
    cost: keys.Cost = keys.SHIPPED_COST
    workstation: str = ""
    exclusive: bool = True


DEFAULTS = Options()
