"""Look at a file, try its import dry, and import it: one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from scs_trial.domain.backups import BackupReason
from scs_trial.domain.canonical import canonical
from scs_trial.domain.imports import ImportRun, Made, MadeKind, SkippedRow
from scs_trial.domain.trial import Trial
from scs_trial.errors import FieldError, InputError
from scs_trial.exchange.assistant.assess import Assessment, assess
from scs_trial.exchange.assistant.model import Answers
from scs_trial.exchange.assistant.prepared import Context, Prepared, Profile
from scs_trial.exchange.assistant.source import Source
from scs_trial.services.authorize import Action, allowed
from scs_trial.services.criteria_of import fix_rules, is_fixed
from scs_trial.services.import_plan import Plan, TrialPlan, make_plan, trial_days_with_values
from scs_trial.services.import_types import Count, DryRun, ImportDone
from scs_trial.services.local_time import local_today
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.safekeeping import secure
from scs_trial.services.session import Session
from scs_trial.services.tell import Steps, Tell, untold
from scs_trial.services.validation import one_line

REASON = "file imported"
CHANGED_BY_IMPORT = ("other_regions", "criteria_version", "criteria_text")
"""Fields of a trial of the record that an import may change."""


@allowed(Action.IMPORT_DIARY)
def look_at_file(
    session: Session, source: Source, *, answers: Answers, profile: Profile | None = None
) -> Assessment:
    """Return what the assistant's engine says of a file, knowing the record's trials."""
    look = partial(assess, source, answers=answers, catalogue=session.catalogue, profile=profile)
    nobody = import_context(session, ())
    first = look(context=nobody)
    known = import_context(session, first.patients)
    return first if known == nobody else look(context=known)


@allowed(Action.IMPORT_DIARY)
def import_context(session: Session, patients: Iterable[str]) -> Context:
    """Return what the engine may know of the record: today, and these patients' placements."""
    with session.reading() as work:
        starts = {}
        for number in patients:
            known = work.patients.by_mrn(one_line(number))
            if known is not None:
                trials = work.trials.of_patient(known.id)
                starts[number] = tuple(
                    one.trial_start for one in trials if one.trial_start is not None
                )
        today = local_today(session.clock, work.settings.get())
    return Context(today=today, trial_starts=starts)


@allowed(Action.IMPORT_DIARY)
def dry_run(session: Session, prepared: Prepared, *, criteria_id: str | None = None) -> DryRun:
    """Return what an import would do, without writing anything.

    Parameters
    ----------
    session
        Who asks, on which record.
    prepared
        What the file holds, from `assess.assess`.
    criteria_id
        Criteria of new trials; the clinic's default where it is None.
    """
    with session.reading() as work:
        plan = make_plan(session, work, prepared, criteria_id=criteria_id)
    return DryRun(
        counts=plan.counts(),
        days=tuple(plan.days),
        rejected=tuple(plan.rejected),
        left_out={str(why): number for why, number in prepared.left_out.items()},
    )


@allowed(Action.IMPORT_DIARY)
def run_import(
    session: Session,
    prepared: Prepared,
    *,
    skip_faulty: bool = False,
    apply_changes: bool = False,
    criteria_id: str | None = None,
    tell: Tell = untold,
) -> ImportDone:
    """Import in one transaction, with the audit rows and the record of the import.

    Parameters
    ----------
    session
        Who imports, into which record.
    prepared
        What the file holds, from `assess.assess`.
    skip_faulty
        Leave the faulty rows out; the record says which.
    apply_changes
        Give days that the record holds with other answers a new revision. Only the series and the
        note that the file holds change.
    criteria_id
        Criteria of new trials; the clinic's default where it is None.
    tell
        Told of each day; what it raises ends the import, and nothing of it stays.

    Raises
    ------
    InputError
        Rows are rejected, or days would change, and that was not chosen; nothing was imported.
    """
    secure(session, BackupReason.IMPORT)
    with session.writing() as work:
        plan = make_plan(session, work, prepared, criteria_id=criteria_id)
        counts = dict(plan.counts())
        _refuse_unchosen(plan, counts, skip_faulty=skip_faulty, apply_changes=apply_changes)
        counts[Count.SKIPPED] = counts[Count.REJECTED]
        steps = Steps(tell, sum(len(one.new) + len(one.changed) for one in plan.trials))
        made = [one for trial in plan.trials for one in _execute(session, work, trial, steps)]
        run = _run_of(session, prepared, plan, made, counts)
        work.imports.save(run, reason=REASON)
        work.commit()
    return ImportDone(import_id=run.id, counts=counts)


def _refuse_unchosen(
    plan: Plan, counts: Mapping[Count, int], *, skip_faulty: bool, apply_changes: bool
) -> None:
    if plan.rejected and not skip_faulty:
        raise InputError(
            (FieldError(_place(one.row, one.column), one.reason) for one in plan.rejected),
            "Nothing was imported. Correct the file, or choose to skip the faulty rows.",
        )
    if counts[Count.CHANGED] and not apply_changes:
        days = [fate for fate in plan.days if fate.fate == "changed"]
        raise InputError(
            (
                FieldError(_place(fate.rows[0], ""), "The record holds other answers of this day.")
                for fate in days
            ),
            "Nothing was imported. Choose to change these days, or correct the file.",
        )
    if not counts[Count.NEW] and not counts[Count.CHANGED]:
        raise InputError(
            [FieldError("file", "It holds nothing that is not in the record.")],
            "Nothing was imported.",
        )


def _place(row: int, column: str) -> str:
    return f"row {row}, column {column}" if column else f"row {row}"


def _execute(session: Session, work: UnitOfWork, plan: TrialPlan, steps: Steps) -> list[Made]:
    """Write one trial of the plan; return what was made and changed."""
    if not plan.new and not plan.changed:
        return []
    made: list[Made] = []
    if plan.patient_is_new and work.patients.by_mrn(plan.patient.mrn) is None:
        patient = work.patients.save(plan.patient, reason=REASON)
        made.append(Made(kind=MadeKind.PATIENT, id=patient.id, version=patient.version, changed={}))
    trial = plan.trial
    touched = (*plan.new, *(one.revised for one in plan.changed))
    if not is_fixed(trial) and trial_days_with_values(touched):
        trial = fix_rules(session, trial)
    if trial != plan.before:
        trial = work.trials.save(trial, reason=REASON)
        made.append(_trial_made(plan.before, trial))
    for check_in in steps.each(plan.new):
        stored = work.check_ins.add(check_in)
        made.append(Made(kind=MadeKind.CHECK_IN, id=stored.id, version=1, changed={}))
    marks: dict[str, Any] = {
        "revised_at": session.clock.now(),
        "revised_by": session.account.id,
        "reason": REASON,
    }
    for change in steps.each(plan.changed):
        stored = work.check_ins.revise(replace(change.revised, **marks))
        made.append(
            Made(
                kind=MadeKind.CHECK_IN,
                id=stored.id,
                version=stored.revision,
                before=change.stored.revision,
                changed={},
            )
        )
    return made


def _trial_made(before: Trial | None, trial: Trial) -> Made:
    changed = {}
    if before is not None:
        changed = {
            name: canonical(getattr(before, name))
            for name in CHANGED_BY_IMPORT
            if getattr(before, name) != getattr(trial, name)
        }
    return Made(
        kind=MadeKind.TRIAL,
        id=trial.id,
        version=trial.version,
        before=None if before is None else before.version,
        changed=changed,
    )


def _run_of(
    session: Session,
    prepared: Prepared,
    plan: Plan,
    made: list[Made],
    counts: Mapping[Count, int],
) -> ImportRun:
    return ImportRun(
        id=uuid4(),
        source_name=prepared.source_name,
        digest=prepared.digest,
        at=session.clock.now(),
        by=session.account.id,
        profile=prepared.profile,
        answers=dict(prepared.answers),
        counts={str(what): number for what, number in counts.items()},
        skipped=tuple(
            SkippedRow(row=one.row, column=one.column, reason=one.reason) for one in plan.rejected
        ),
        made=tuple(made),
    )
