"""Take an import back by reversal: retract what it made, restore what it changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from scs_trial.domain.backups import BackupReason
from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.imports import ImportRun, Made, MadeKind
from scs_trial.domain.trial import Trial
from scs_trial.errors import ConflictError, FieldError, InputError, UserError
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.import_plan import trial_days_with_values
from scs_trial.services.live import refuse_signed, refuse_signed_check_in
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.safekeeping import secure
from scs_trial.services.session import Session
from scs_trial.services.tell import Steps, Tell, untold
from scs_trial.services.validation import require_reason

_RULES = ("criteria_version", "criteria_text")
_TUPLES = ("other_regions",)


@allowed(Action.IMPORT_DIARY)
def list_imports(session: Session) -> Sequence[ImportRun]:
    """Return the imports through the assistant, newest first, the undone ones too."""
    with session.reading() as work:
        return work.imports.all()


@allowed(Action.UNDO_IMPORT)
def undo_import(
    session: Session, import_id: UUID, *, reason: str, tell: Tell = untold
) -> ImportRun:
    """Take an import back in one transaction: all of it, or nothing.

    What it made is marked as entered in error; what it changed gets its former answers as a new
    revision. Everything stays in the audit trail. ``tell`` is told of each check-in; what it raises
    ends the undoing, and nothing of it stays.

    Raises
    ------
    FieldError
        The reason is empty.
    InputError
        Something was edited, added or signed since; each reason names what.
    ConflictError
        The import was undone before.
    NotFoundError
        There is no such import.
    """
    reason = require_reason(reason)
    secure(session, BackupReason.IMPORT)
    with session.writing() as work:
        run = work.imports.get(import_id)
        if run.undone:
            raise ConflictError("This import was undone before.")
        reversal = _Reversal(session, work, run, reason)
        faults = reversal.faults()
        if faults:
            raise InputError(faults, "The import was not undone; nothing was changed.")
        reversal.carry_out(tell)
        undone = work.imports.save(
            replace(
                run,
                undone_at=session.clock.now(),
                undone_by=session.account.id,
                undone_reason=reason,
            ),
            reason=reason,
        )
        work.commit()
    return undone


class _Reversal:
    """The reversal of one import within its unit of work."""

    def __init__(self, session: Session, work: UnitOfWork, run: ImportRun, reason: str) -> None:
        self._session = session
        self._work = work
        self._reason = reason
        self._made = {
            kind: {one.id: one for one in run.made if one.kind is kind} for kind in MadeKind
        }
        ids = self._made[MadeKind.CHECK_IN]
        held = [work.check_ins.get(one) for one in ids]
        self._check_ins = [one for one in held if not one.entered_in_error]
        self._signed_trials = work.signatures.of_trials({one.trial_id for one in held}).keys()

    def faults(self) -> list[FieldError]:
        """Return everything that stands against it."""
        return [
            *(fault for one in self._check_ins for fault in self._check_in_faults(one)),
            *(f for one in self._made[MadeKind.TRIAL].values() for f in self._trial_faults(one)),
            *(
                f
                for one in self._made[MadeKind.PATIENT].values()
                for f in self._patient_faults(one)
            ),
        ]

    def _check_in_faults(self, held: CheckIn) -> Iterable[FieldError]:
        place = f"check-in of {held.day}"
        if held.revision != self._made[MadeKind.CHECK_IN][held.id].version:
            yield FieldError(place, "It was edited since the import.")
        elif held.trial_id in self._signed_trials:
            yield from _signed(place, lambda: refuse_signed(self._work, held.trial_id))
            yield from _signed(
                place, lambda: refuse_signed_check_in(self._work, held, by=self._session.account)
            )

    def _trial_faults(self, made: Made) -> Iterable[FieldError]:
        trial = self._work.trials.get(made.id)
        if trial.entered_in_error:
            return
        place = f"trial of {trial.trial_start}"
        if trial.version != made.version:
            yield FieldError(place, "It was edited since the import.")
            return
        yield from _signed(place, lambda: refuse_signed(self._work, trial.id))
        others = self._others(trial)
        if made.before is None:
            if others or self._has_notes(trial):
                yield FieldError(place, "Something was added to it since the import.")
        elif _new_regions(made, trial) & {s.item for one in others for s in one.values}:
            yield FieldError(place, "A region of the import was used since.")

    def _patient_faults(self, made: Made) -> Iterable[FieldError]:
        patient = self._work.patients.get(made.id)
        if patient.entered_in_error:
            return
        if patient.version != made.version or patient.merged_into is not None:
            yield FieldError("patient", "The patient was edited since the import.")
            return
        trials = self._work.trials.of_patient(patient.id)
        if any(one.id not in self._made[MadeKind.TRIAL] for one in trials):
            yield FieldError("patient", "The patient has another trial since the import.")
        if self._work.safety.of_patient(patient.id):
            yield FieldError("patient", "The patient has a safety event since the import.")

    def _others(self, trial: Trial) -> list[CheckIn]:
        """Return the live check-ins of a trial that the import neither made nor changed."""
        ours = self._made[MadeKind.CHECK_IN]
        return [one for one in self._work.check_ins.of_trial(trial.id) if one.id not in ours]

    def _has_notes(self, trial: Trial) -> bool:
        notes, ids = self._work.notes, [trial.id]
        lists = (
            notes.calls(ids).get(trial.id),
            notes.programs(trial.id),
            notes.medication(trial.id),
            notes.confirmations(ids).get(trial.id),
            notes.decisions(ids).get(trial.id),
            notes.follow_ups(trial.id),
            [e for e in self._work.safety.of_patient(trial.patient_id) if e.trial_id == trial.id],
        )
        return any(lists)

    def carry_out(self, tell: Tell) -> None:
        """Write the reversal: check-ins first, then trials, then patients."""
        for held in Steps(tell, len(self._check_ins)).each(self._check_ins):
            before = self._made[MadeKind.CHECK_IN][held.id].before
            self._work.check_ins.revise(self._former(held, before))
        for made in self._made[MadeKind.TRIAL].values():
            trial = self._work.trials.get(made.id)
            if not trial.entered_in_error:
                self._put_back(made, trial)
        for made in self._made[MadeKind.PATIENT].values():
            patient = self._work.patients.get(made.id)
            if not patient.entered_in_error:
                self._work.patients.save(
                    replace(patient, entered_in_error=True), reason=self._reason
                )

    def _former(self, held: CheckIn, before: int | None) -> CheckIn:
        """Return the next revision: what stood before, or entered in error."""
        marks: dict[str, Any] = {
            "revision": held.revision,
            "revised_at": self._session.clock.now(),
            "revised_by": self._session.account.id,
            "reason": self._reason,
        }
        if before is None:
            return replace(held, entered_in_error=True, **marks)
        history = self._work.check_ins.history(held.id)
        former = next(one for one in history if one.revision == before)
        return replace(former, **marks)

    def _put_back(self, made: Made, trial: Trial) -> None:
        if made.before is None:
            back = replace(trial, entered_in_error=True)
        else:
            former = {name: _value(name, text) for name, text in made.changed.items()}
            if trial_days_with_values(self._work.check_ins.of_trial(trial.id)):
                former = {name: held for name, held in former.items() if name not in _RULES}
            back = replace(trial, **former)
        if back != trial:
            self._work.trials.save(back, reason=self._reason)


def _value(name: str, text: str) -> Any:
    held = json.loads(text)
    return tuple(held) if name in _TUPLES else held


def _new_regions(made: Made, trial: Trial) -> set[str | None]:
    former = made.changed.get("other_regions")
    if former is None:
        return set()
    held: set[str | None] = set(trial.other_regions)
    return held - set(json.loads(former))


def _signed(place: str, refuse: Callable[[], None]) -> Iterable[FieldError]:
    try:
        refuse()
    except UserError as error:
        yield FieldError(place, error.what)
