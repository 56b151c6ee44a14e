"""Read one case: a patient with everything that the record holds of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from scs_trial.domain.case import Case, CaseSignature, CaseTrial, Person, TrailEntry, rebuilt
from scs_trial.domain.patient import Patient
from scs_trial.domain.signature import Amendment
from scs_trial.domain.trial import Trial
from scs_trial.services.carried import IMPORT_BEGINS, IMPORT_ENDS, Carried, carried_in
from scs_trial.services.ports import AuditEntry, UnitOfWork

_CHANGES = frozenset(("insert", "update", "moved away"))
_ALL = 1_000_000_000
_ACTORS = frozenset(("by", "recorded_by", "revised_by", "reported_by"))


def case_of(work: UnitOfWork, patient: Patient) -> Case:
    """Return the case of a patient, in an order that depends on its content alone.

    An event whose trial is another patient's now is told without the trial.
    """
    trials = tuple(_case_trial(work, trial) for trial in work.trials.every(patient.id))
    ours = {one.trial.id for one in trials}
    events = tuple(
        event if event.trial_id in ours else replace(event, trial_id=None)
        for event in work.safety.every(patient.id)
    )
    rows = sorted(work.audit.of_patient(patient.id, limit=_ALL), key=lambda row: row.seq)
    trail, carried = _trail(rows)
    bare = Case(
        patient=patient,
        trials=trials,
        events=events,
        trail=trail,
        signatures=_signatures(work, trials, carried),
        amendments=_amendments(work, trials, carried),
    )
    names = {key: name for one in carried for key, name in one.names.items()}
    names |= {account.id: account.display_name for account in work.accounts.all()}
    return replace(bare, people=tuple(_people(bare, names)))


def _case_trial(work: UnitOfWork, trial: Trial) -> CaseTrial:
    notes, one = work.notes, [trial.id]
    return CaseTrial(
        trial=trial,
        check_ins=tuple(tuple(history) for history in work.check_ins.histories(trial.id)),
        calls=tuple(notes.calls(one).get(trial.id, ())),
        programs=tuple(notes.programs(trial.id)),
        medication=tuple(notes.medication(trial.id)),
        confirmations=tuple(notes.confirmations(one).get(trial.id, ())),
        decisions=tuple(notes.decisions(one).get(trial.id, ())),
        follow_ups=tuple(notes.follow_ups(trial.id)),
    )


def _signatures(
    work: UnitOfWork, trials: Sequence[CaseTrial], carried: Sequence[Carried]
) -> tuple[CaseSignature, ...]:
    """Return every signature, made here or elsewhere, by time."""
    made = work.signatures.of_trials([held.trial.id for held in trials])
    found = [one for held in carried for one in held.signatures]
    for signature in (one for several in made.values() for one in several):
        document = work.signatures.document(signature.id)
        found.append(
            CaseSignature(signature=signature, content=document.content, page=document.page)
        )
    return tuple(sorted(found, key=lambda one: (one.signature.at, str(one.signature.id))))


def _amendments(
    work: UnitOfWork, trials: Sequence[CaseTrial], carried: Sequence[Carried]
) -> tuple[Amendment, ...]:
    made = work.signatures.amendments([held.trial.id for held in trials])
    found = [one for held in carried for one in held.amendments]
    found += [one for several in made.values() for one in several]
    return tuple(sorted(found, key=lambda one: (one.at, str(one.id))))


def _trail(rows: Iterable[AuditEntry]) -> tuple[tuple[TrailEntry, ...], list[Carried]]:
    """Return the changes, oldest first, and what imports brought along.

    The rows that an import made itself give way to the trail that its file carried.
    """
    trail: list[TrailEntry] = []
    carried: list[Carried] = []
    importing = False
    for row in rows:
        if row.action == IMPORT_BEGINS and row.new is not None:
            carried.append(carried_in(row))
            trail += carried[-1].trail
            importing = True
        elif row.action == IMPORT_ENDS:
            importing = False
        elif row.action in _CHANGES and not importing:
            trail.append(_entry(row))
    return tuple(trail), carried


def _entry(row: AuditEntry) -> TrailEntry:
    return TrailEntry(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        workstation=row.workstation,
        action=row.action,
        entity=row.entity,
        entity_id=row.entity_id,
        reason=row.reason,
        old=row.old,
        new=row.new,
        digest=row.digest,
    )


def _people(case: Case, names: Mapping[UUID, str]) -> Iterator[Person]:
    found: set[UUID] = set()

    def note(kind: type, name: str, value: object) -> object:
        del kind
        if name in _ACTORS and isinstance(value, UUID):
            found.add(value)
        return value

    rebuilt(case, note)
    for one in sorted(found & names.keys()):
        yield Person(id=one, name=names[one])
