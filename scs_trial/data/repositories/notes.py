"""Calls, programs, medication, confirmations, decisions, follow-up: only ever added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import select

from scs_trial.data import convert
from scs_trial.data.repositories.base import ByTrial, Repository, adding, by_id, changing, chunks
from scs_trial.data.repositories.owners import owner_of_trial
from scs_trial.data.rows.base import Base, table
from scs_trial.data.rows.notes import (
    CallRow,
    ConfirmationRow,
    DecisionRow,
    FollowUpRow,
    MedicationRow,
    ProgramChangeRow,
)
from scs_trial.data.rows.trial import TrialRow
from scs_trial.domain.canonical import canonical
from scs_trial.domain.check_in import CallAttempt
from scs_trial.domain.trial import (
    ConfirmationAnswer,
    Decision,
    FollowUp,
    MedicationEntry,
    ProgramChange,
)
from scs_trial.errors import ConflictError

E = TypeVar("E")
Held = Mapping[str, Any]


def _of_trials(row: type[Base], order: str) -> ByTrial:
    held = table(row)
    return ByTrial(select(held), held.c.trial_id, held.c[order], held.c.id)


_CALLS = _of_trials(CallRow, "at")
_PROGRAMS = _of_trials(ProgramChangeRow, "from_when")
_MEDICATION = _of_trials(MedicationRow, "from_day")
_CONFIRMATIONS = _of_trials(ConfirmationRow, "seq")
_DECISIONS = _of_trials(DecisionRow, "number")
_FOLLOW_UPS = _of_trials(FollowUpRow, "at")


class TrialNoteRepository(Repository):
    """Things that belong to a trial and are only ever added."""

    def add_call(self, call: CallAttempt) -> None:
        """Add a call attempt."""
        self._add(CallRow, call, convert.flat_values(call))

    def calls(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[CallAttempt]]:
        """Return call attempts by trial, oldest first."""
        return self._grouped(_CALLS, trial_ids, lambda held: convert.flat_entity(CallAttempt, held))

    def add_program(self, change: ProgramChange) -> None:
        """Add a line to the program ledger."""
        self._add(ProgramChangeRow, change, convert.flat_values(change))

    def programs(self, trial_id: UUID) -> Sequence[ProgramChange]:
        """Return the ledger, oldest first."""
        rows = self._of_trials(_PROGRAMS, [trial_id])
        return tuple(convert.flat_entity(ProgramChange, row) for row in rows)

    def add_medication(self, entry: MedicationEntry) -> None:
        """Add (or, with the same id, end) a medication entry."""
        stored = self._one(by_id(MedicationRow), id=entry.id)
        old = None if stored is None else convert.flat_entity(MedicationEntry, stored)
        if old == entry:
            return
        if old is not None and old.trial_id != entry.trial_id:
            raise ConflictError("This was already saved with another trial.")
        version = 1 if stored is None else stored["version"] + 1
        self._trail.change(
            "medication",
            entry.id,
            version=version,
            patient_id=owner_of_trial(self._connection, entry.trial_id),
            old=old,
            new=entry,
        )
        values = {**convert.flat_values(entry), "version": version}
        if old is None:
            self._write(adding(MedicationRow), values)
        else:
            self._write(changing(MedicationRow), {"row_id": entry.id, **values})

    def medication(self, trial_id: UUID) -> Sequence[MedicationEntry]:
        """Return the medication list."""
        rows = self._of_trials(_MEDICATION, [trial_id])
        return tuple(convert.flat_entity(MedicationEntry, row) for row in rows)

    def medications(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[MedicationEntry]]:
        """Return the medication lists by trial."""
        return self._grouped(
            _MEDICATION, trial_ids, lambda held: convert.flat_entity(MedicationEntry, held)
        )

    def add_confirmation(self, answer: ConfirmationAnswer) -> None:
        """Add an answer; the latest of each name counts, and the same one again is a retry."""
        new_id = uuid5(answer.trial_id, canonical(answer))
        if self._one(by_id(ConfirmationRow), id=new_id) is not None:
            return
        values = convert.confirmation_values(answer)
        seq = self._note("confirmation", new_id, answer.trial_id, answer)
        self._write(adding(ConfirmationRow), {"id": new_id, "seq": seq, **values})

    def confirmations(
        self, trial_ids: Iterable[UUID]
    ) -> Mapping[UUID, Sequence[ConfirmationAnswer]]:
        """Return all answers by trial, oldest first."""
        return self._grouped(_CONFIRMATIONS, trial_ids, convert.confirmation_entity)

    def add_decision(self, decision: Decision) -> None:
        """Add a version of the decision; it may take the trial out of work."""
        self._add(DecisionRow, decision, convert.decision_values(decision))
        held = self._one(by_id(TrialRow), id=decision.trial_id)
        if held is None:  # owner_of_trial has found it in this transaction
            raise RuntimeError("the trial vanished inside a transaction")
        decided = convert.closes(decision.kind)
        still = convert.in_work(convert.trial_entity(held), decided=decided)
        change = {"row_id": decision.trial_id, "decided": decided, "in_work": still}
        self._write(changing(TrialRow), change)

    def decisions(self, trial_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Decision]]:
        """Return all versions by trial, oldest first."""
        return self._grouped(_DECISIONS, trial_ids, convert.decision_entity)

    def add_follow_up(self, follow_up: FollowUp) -> None:
        """Add what followed."""
        self._add(FollowUpRow, follow_up, convert.flat_values(follow_up))

    def follow_ups(self, trial_id: UUID) -> Sequence[FollowUp]:
        """Return what followed, oldest first."""
        rows = self._of_trials(_FOLLOW_UPS, [trial_id])
        return tuple(convert.flat_entity(FollowUp, row) for row in rows)

    def _add(self, row: type[Base], entity: Any, values: convert.Values) -> None:
        """Add a row; the same row again is a safe retry."""
        stored = self._one(by_id(row), id=entity.id)
        if stored is not None:
            if {name: stored[name] for name in values} != values:
                raise ConflictError("This was already saved with other content.")
            return
        self._note(table(row).name, entity.id, entity.trial_id, entity)
        self._write(adding(row), values)

    def _note(self, name: str, entity_id: UUID, trial_id: UUID, entity: object) -> int:
        owner = owner_of_trial(self._connection, trial_id)
        return self._trail.change(name, entity_id, version=1, patient_id=owner, new=entity)

    def _grouped(
        self, statements: ByTrial, trial_ids: Iterable[UUID], entity: Callable[[Held], E]
    ) -> Mapping[UUID, Sequence[E]]:
        found: dict[UUID, list[E]] = {}
        for group in chunks(trial_ids):
            found |= {trial_id: [] for trial_id in group}
            for row in self._of_trials(statements, group):
                found[row["trial_id"]].append(entity(row))
        return {trial_id: tuple(held) for trial_id, held in found.items()}
