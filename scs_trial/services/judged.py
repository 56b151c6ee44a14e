"""What was judged already: the start page is derived anew every minute and after each save."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar
from uuid import UUID

MOST_KEPT = 512
"""Trials in work of a large clinic; the one used longest ago gives way."""

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Judged(Generic[Asked, Answer]):
    """The last answer for each trial, with everything that it was derived from.

    An answer is given again only where every input is equal to what it was; it lives and ends with
    the session.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[UUID, tuple[Asked, Answer]] = OrderedDict()
        self._gate = threading.Lock()

    def again(self, trial_id: UUID, asked: Asked) -> Answer | None:
        """Return the answer to the same question, or None."""
        with self._gate:
            held = self._held.get(trial_id)
        return held[1] if held is not None and held[0] == asked else None

    def keep(self, trial_id: UUID, asked: Asked, answer: Answer) -> Answer:
        """Keep an answer, and return it."""
        with self._gate:
            self._held[trial_id] = (asked, answer)
            self._held.move_to_end(trial_id)
            if len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)
        return answer
