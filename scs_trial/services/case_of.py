"""Read one case: a patient with everything that the record holds of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from scs_trial.domain.case import Case, CaseTrial, Person, TrailEntry, rebuilt
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.exchange.case_codec import decode, encode
from scs_trial.services.ports import AuditEntry, UnitOfWork

IMPORT_BEGINS = "import_case"
"""Audit row before the rows that an import of a case file makes; it carries the file's trail."""
IMPORT_ENDS = "import_case_end"
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
    bare = Case(patient=patient, trials=trials, events=events, trail=trail)
    names = carried | {account.id: account.display_name for account in work.accounts.all()}
    return replace(bare, people=tuple(_people(bare, names)))


def carried_with(case: Case) -> Mapping[str, object]:
    """Return what the audit row of an import keeps of the file: its trail, and who was who."""
    return {
        "trail": json.dumps([encode(entry) for entry in case.trail]),
        "people": json.dumps([encode(person) for person in case.people]),
    }


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


def _trail(rows: Iterable[AuditEntry]) -> tuple[tuple[TrailEntry, ...], dict[UUID, str]]:
    """Return the changes, oldest first, and the names that an import brought along.

    The rows that an import made itself give way to the trail that its file carried.
    """
    trail: list[TrailEntry] = []
    names: dict[UUID, str] = {}
    importing = False
    for row in rows:
        if row.action == IMPORT_BEGINS and row.new is not None:
            held = json.loads(row.new)
            trail += [decode(TrailEntry, one) for one in json.loads(held["trail"])]
            people = [decode(Person, one) for one in json.loads(held["people"])]
            names |= {person.id: person.name for person in people}
            importing = True
        elif row.action == IMPORT_ENDS:
            importing = False
        elif row.action in _CHANGES and not importing:
            trail.append(_entry(row))
    return tuple(trail), names


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
