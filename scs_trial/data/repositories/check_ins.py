"""Check-ins: a row for where each stands, and its revisions with scores and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, text

from scs_trial.data import convert, faults
from scs_trial.data.audit import AuditTrail
from scs_trial.data.known_revisions import KnownRevisions
from scs_trial.data.prepared import drive
from scs_trial.data.repositories.base import (
    CHUNK,
    ByTrial,
    Repository,
    adding,
    changing,
    chunks,
    gone,
)
from scs_trial.data.repositories.owners import owner_of_trial
from scs_trial.data.rows.base import table
from scs_trial.data.rows.check_in import (
    CheckInRevisionRow,
    CheckInRow,
    SafetyAnswerRow,
    ScoreRow,
)
from scs_trial.domain.check_in import CheckIn, SafetyAnswer
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.errors import ConflictError

_T = table(CheckInRow)
_R = table(CheckInRevisionRow)
_CURRENT = select(_R).join(_T, (_R.c.check_in_id == _T.c.id) & (_R.c.revision == _T.c.version))
_LIVE = text("check_in.entered_in_error = 0")
_GET = _CURRENT.where(_T.c.id == bindparam("id"))
_AT = _CURRENT.where(
    _T.c.trial_id == bindparam("trial_id"),
    _T.c.day == bindparam("day"),
    _T.c.phase == bindparam("phase"),
    _LIVE,
)
_OF_TRIALS = ByTrial(_CURRENT.where(_LIVE), _T.c.trial_id, _T.c.day, _T.c.phase)
_NUMBERS = ByTrial(
    _CURRENT.with_only_columns(_R.c.id).where(_LIVE), _T.c.trial_id, _T.c.day, _T.c.phase
)
_BY_NUMBER = select(_R).where(_R.c.id.in_(bindparam("ids", expanding=True)))
_HISTORY = select(_R).where(_R.c.check_in_id == bindparam("id")).order_by(_R.c.revision)
_OF_TRIAL = (
    select(_T.c.id)
    .where(_T.c.trial_id == bindparam("trial_id"))
    .order_by(_T.c.day, _T.c.phase, _T.c.id)
)
_SCORES = "SELECT revision_id, measure, item, value FROM score WHERE revision_id IN ({ids})"
_ANSWERS = (
    "SELECT revision_id, item_id, answer FROM safety_answer WHERE revision_id IN ({ids})"
    " ORDER BY revision_id, position"
)
_ADD = adding(CheckInRow)
_MOVE = changing(CheckInRow)
_ADD_REVISION = adding(CheckInRevisionRow)
_ADD_SCORES = adding(ScoreRow)
_ADD_ANSWERS = adding(SafetyAnswerRow)

Held = Mapping[str, Any]


class CheckInRepository(Repository):
    """Check-ins by (trial, day, phase); a correction is a new revision.

    Parameters
    ----------
    connection, trail
        As every repository.
    known
        What was read before, for a reading unit of work only.
    """

    def __init__(
        self, connection: Connection, trail: AuditTrail, known: KnownRevisions | None = None
    ) -> None:
        super().__init__(connection, trail)
        self._known = known

    def get(self, check_in_id: UUID) -> CheckIn:
        """Return the current revision; raise ``NotFoundError``."""
        found = self._filled(self._all(_GET, id=check_in_id))
        if not found:
            raise gone("check-in")
        return found[0]

    def at(self, trial_id: UUID, day: date, phase: Phase) -> CheckIn | None:
        """Return the live check-in of that day and phase."""
        found = self._filled(self._all(_AT, trial_id=trial_id, day=day, phase=phase))
        return found[0] if found else None

    def of_trial(self, trial_id: UUID) -> Sequence[CheckIn]:
        """Return the live check-ins of a trial, by day and phase."""
        return self.of_trials([trial_id])[trial_id]

    def of_trials(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[CheckIn]]:
        """Return the live check-ins of several trials in few queries."""
        found: dict[UUID, list[CheckIn]] = {}
        for group in chunks(trial_ids):
            found |= {trial_id: [] for trial_id in group}
            for check_in in self._live_ones(group):
                found[check_in.trial_id].append(check_in)
        return {trial_id: tuple(held) for trial_id, held in found.items()}

    def _live_ones(self, trial_ids: list[UUID]) -> Iterable[CheckIn]:
        """Return the live check-ins of trials in order; of many trials only what is not known."""
        if self._known is None or len(trial_ids) == 1:
            return self._filled(self._of_trials(_OF_TRIALS, trial_ids))
        numbers = [row["id"] for row in self._of_trials(_NUMBERS, trial_ids)]
        found = self._known.among(numbers)
        new: dict[int, CheckIn] = {}
        for group in chunks(number for number in numbers if number not in found):
            rows = self._all(_BY_NUMBER, ids=group)
            read = zip(rows, self._filled(rows), strict=True)
            new |= {row["id"]: check_in for row, check_in in read}
        self._known.keep(new)
        found |= new
        return [found[number] for number in numbers]

    def history(self, check_in_id: UUID) -> Sequence[CheckIn]:
        """Return all revisions, oldest first."""
        return tuple(self._filled(self._all(_HISTORY, id=check_in_id)))

    def histories(self, trial_id: UUID) -> Sequence[Sequence[CheckIn]]:
        """Return all revisions of each check-in of a trial, retracted ones included."""
        ids = [row["id"] for row in self._all(_OF_TRIAL, trial_id=trial_id)]
        return tuple(self.history(check_in_id) for check_in_id in ids)

    def restore(self, history: Sequence[CheckIn]) -> None:
        """Store a check-in of another record with all its revisions.

        It stands where its last revision stands from the start, so that the order in which
        check-ins were once moved does not matter.
        """
        last = history[-1]
        if self.history(last.id):
            raise faults.conflict()
        owner = owner_of_trial(self._connection, last.trial_id)
        old: CheckIn | None = None
        for new in history:
            self._trail.change(
                "check_in",
                new.id,
                version=new.revision,
                patient_id=owner,
                reason=new.reason,
                old=old,
                new=new,
            )
            place = convert.check_in_values(last) | {"version": new.revision}
            if old is None:
                self._write(_ADD, place)
            else:
                self._write(_MOVE, {"row_id": new.id, **place})
            self._add_revision(new)
            old = new

    def add(self, check_in: CheckIn) -> CheckIn:
        """Insert the first revision. The same id again is the same check-in (safe retry).

        Raises
        ------
        ConflictError
            The id is stored with other answers, or the day has a check-in of that phase.
        """
        stored = self.history(check_in.id)
        if stored:
            if _content(stored[0]) != _content(check_in):
                raise ConflictError(
                    "This check-in was already saved with other answers; nothing was changed.",
                    "Open it and correct it.",
                )
            return stored[-1]
        if check_in.revision != 1:
            raise faults.conflict()
        self._note(check_in, old=None)
        self._write(_ADD, convert.check_in_values(check_in))
        self._add_revision(check_in)
        return check_in

    def revise(self, check_in: CheckIn) -> CheckIn:
        """Store a further revision; ``check_in.revision`` is the one that was read."""
        old = self.get(check_in.id)
        if old.revision != check_in.revision:
            raise faults.conflict()
        new = replace(check_in, revision=old.revision + 1)
        self._note(new, old=old)
        self._write(_MOVE, {"row_id": new.id, **convert.check_in_values(new)})
        self._add_revision(new)
        return new

    def _note(self, new: CheckIn, *, old: CheckIn | None) -> None:
        owner = owner_of_trial(self._connection, new.trial_id)
        if old is not None and old.trial_id != new.trial_id:
            left = owner_of_trial(self._connection, old.trial_id)
            self._note_leaving("check_in", new.id, old=left, new=owner, reason=new.reason)
        self._trail.change(
            "check_in",
            new.id,
            version=new.revision,
            patient_id=owner,
            reason=new.reason,
            old=old,
            new=new,
        )

    def _add_revision(self, check_in: CheckIn) -> None:
        revision_id = self._write(_ADD_REVISION, convert.revision_values(check_in))
        if scores := convert.score_values(check_in, revision_id):
            self._write_all(_ADD_SCORES, scores)
        if answers := convert.answer_values(check_in, revision_id):
            self._write_all(_ADD_ANSWERS, answers)

    def _filled(self, rows: Sequence[Held]) -> list[CheckIn]:
        ids = [row["id"] for row in rows]
        scores: dict[int, dict[Series, Decimal]] = {}
        answers: dict[int, list[SafetyAnswer]] = {}
        for start in range(0, len(ids), CHUNK):
            group = ids[start : start + CHUNK]
            for key, measure, item, value in self._parts(_SCORES, group):
                scores.setdefault(key, {})[convert.series_of(measure, item)] = Decimal(value)
            for key, item_id, answer in self._parts(_ANSWERS, group):
                answers.setdefault(key, []).append(convert.answer_of(item_id, answer))
        return [
            convert.check_in_entity(
                row, scores.get(row["id"], {}), tuple(answers.get(row["id"], ()))
            )
            for row in rows
        ]

    def _parts(self, statement: str, revision_ids: list[int]) -> Sequence[Any]:
        """Read many small rows without the cost of a bound list; the ids are our own integers."""
        listed = ",".join(str(int(key)) for key in revision_ids)
        return drive(self._connection, statement.format(ids=listed))


def _content(check_in: CheckIn) -> CheckIn:
    """Leave out what a retry makes anew."""
    return replace(
        check_in, recorded_at=None, recorded_by=None, revised_at=None, revised_by=None, revision=1
    )
