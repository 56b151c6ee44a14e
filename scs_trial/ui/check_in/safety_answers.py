"""The safety questions of one check-in: every item starts unanswered.

A check is asked and clear, finding, partly asked or not asked. "None of these" may be said only
once every question has been on screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from scs_trial.domain.check_in import SafetyAnswer, SafetyCheck, SafetyCheckState
from scs_trial.domain.safety import SafetyItem, SafetyList


class SafetyAnswers:
    """The answers of one form.

    Parameters
    ----------
    questions
        The list in force, with its version.
    form_id
        Identity of the check-in; the ids of safety events derive from it, so that a retry after a
        crash is the same event.
    offered
        False for days entered late: then nothing is asked unless the nurse asks for it.
    """

    def __init__(self, questions: SafetyList, *, form_id: UUID, offered: bool) -> None:
        self.questions = questions
        self.offered = offered
        self.asked_by = ""
        self.asked_at: datetime | None = None
        self._form_id = form_id
        self._answers: dict[str, bool | None] = {item.id: None for item in questions.items}
        self._seen: set[str] = set()
        self._later: frozenset[str] = frozenset()
        """Questions that came to the list after this check was asked."""
        self._rounds: dict[str, int] = {}
        self._wording = questions.version

    @property
    def answers(self) -> Mapping[str, bool | None]:
        """The answer of each item; None where it was not answered."""
        return self._answers

    @property
    def answered(self) -> int:
        """Number of items with an answer."""
        return sum(answer is not None for answer in self._answers.values())

    @property
    def total(self) -> int:
        """Number of items."""
        return len(self._answers)

    @property
    def state(self) -> SafetyCheckState:
        """What comes of the check as it stands."""
        return self.check().state

    @property
    def may_say_none(self) -> bool:
        """True once all questions have been on screen and one is still unanswered."""
        return (
            self._seen >= {item.id for item in self.questions.items} and self.answered < self.total
        )

    def answer(self, item_id: str, answer: bool | None, *, by: str, at: datetime) -> None:
        """Answer one question, or take the answer back."""
        if item_id not in self._answers:
            raise KeyError(item_id)
        self._answers[item_id] = answer
        if self.answered == 0:
            self.asked_by, self.asked_at = "", None
        elif self.asked_at is None:
            self.asked_by, self.asked_at = by, at

    def say_none(self, *, by: str, at: datetime) -> bool:
        """Answer no to every question that is still open; False while it is not offered."""
        if not self.may_say_none:
            return False
        for item in self.questions.items:
            if self._answers[item.id] is None:
                self.answer(item.id, False, by=by, at=at)
        return True

    def mark_seen(self, item_ids: Iterable[str]) -> None:
        """Note which questions have been on screen."""
        self._seen.update(set(item_ids) & self._answers.keys())

    def findings(self) -> tuple[SafetyItem, ...]:
        """Return the items answered yes."""
        return tuple(item for item in self.questions.items if self._answers[item.id])

    def event_id(self, item_id: str) -> UUID:
        """Return the id of the safety event that a yes to this item opens."""
        return uuid5(self._form_id, f"safety {item_id} {self._rounds.get(item_id, 0)}")

    def forget_event(self, item_id: str) -> None:
        """Use another id from now on: the event was marked as entered in error."""
        self._rounds[item_id] = self._rounds.get(item_id, 0) + 1

    def check(self) -> SafetyCheck:
        """Return what is stored: no answers at all when nothing was asked."""
        if self.answered == 0:
            return SafetyCheck()
        answers = tuple(
            SafetyAnswer(item_id=key, answer=a)
            for key, a in self._answers.items()
            if a is not None or key not in self._later
        )
        return SafetyCheck(
            answers=answers,
            wording_version=self._wording,
            asked_by=self.asked_by,
            asked_at=self.asked_at,
        )

    def load(self, check: SafetyCheck) -> None:
        """Show what is on record; answers to questions that left the list are kept."""
        then = {answer.item_id for answer in check.answers}
        self._later = frozenset(self._answers.keys() - then) if then else frozenset()
        for answer in check.answers:
            self._answers[answer.item_id] = answer.answer
        self.asked_by, self.asked_at = check.asked_by, check.asked_at
        self._wording = check.wording_version or self.questions.version
        self.offered = self.offered or self.answered > 0

    def to_json(self) -> dict[str, object]:
        """Return the state for a draft."""
        return {
            "answers": dict(self._answers),
            "asked_by": self.asked_by,
            "asked_at": self.asked_at.isoformat() if self.asked_at else None,
            "rounds": dict(self._rounds),
            "wording": self._wording,
        }

    def from_json(self, kept: Mapping[str, object]) -> None:
        """Take over the state of a draft; items that are no longer asked are left out."""
        answers, rounds = kept.get("answers"), kept.get("rounds")
        if isinstance(answers, dict):
            for key in self._answers.keys() & answers.keys():
                value = answers[key]
                self._answers[key] = value if isinstance(value, bool) else None
        if isinstance(rounds, dict):
            self._rounds = {str(key): int(value) for key, value in rounds.items()}
        at = kept.get("asked_at")
        self.asked_at = datetime.fromisoformat(at) if isinstance(at, str) else None
        self.asked_by = str(kept.get("asked_by") or "")
        self._wording = str(kept.get("wording") or self._wording)
        self.offered = self.offered or self.answered > 0
