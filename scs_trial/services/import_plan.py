"""What an import would do to the record, worked out before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from scs_trial.domain.check_in import CheckIn, HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.domain.patient import Patient
from scs_trial.domain.trial import Trial
from scs_trial.errors import FieldError, SignedError
from scs_trial.exchange.assistant.model import CellFault
from scs_trial.exchange.assistant.prepared import Prepared, PreparedDay, PreparedTrial
from scs_trial.services.check_in_rules import day_faults
from scs_trial.services.import_diary import NAME_MARK
from scs_trial.services.import_types import Count, DayFate, Fate, ValueChange
from scs_trial.services.live import refuse_signed, refuse_signed_check_in
from scs_trial.services.local_time import local_today, to_instant, zone_of
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.register_patient import patient_faults
from scs_trial.services.session import Session
from scs_trial.services.validation import MAX_WORDS, one_line, text_faults, value_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A check-in of the record and what it would say."""

    stored: CheckIn
    revised: CheckIn


@dataclass(slots=True, kw_only=True)
class TrialPlan:
    """What would happen to one trial. ``before`` is None for a new trial."""

    patient: Patient
    patient_is_new: bool
    before: Trial | None
    trial: Trial
    new: list[CheckIn] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Plan:
    """What would happen to the record."""

    trials: list[TrialPlan]
    days: list[DayFate]
    rejected: list[CellFault]

    def counts(self) -> Mapping[Count, int]:
        """Return the numbers of a dry run."""
        fates = Counter(one.fate for one in self.days)
        touched = [one for one in self.trials if one.new or one.changed]
        new_patients = {one.patient.id for one in touched if one.patient_is_new}
        return {
            Count.NEW_PATIENTS: len(new_patients),
            Count.NEW_TRIALS: sum(one.before is None for one in touched),
            Count.CHANGED_TRIALS: sum(one.before not in (None, one.trial) for one in touched),
            Count.NEW: fates[Fate.NEW],
            Count.CHANGED: fates[Fate.CHANGED],
            Count.UNCHANGED: fates[Fate.UNCHANGED],
            Count.REJECTED: len({fault.row for fault in self.rejected}),
        }


def make_plan(
    session: Session, work: UnitOfWork, prepared: Prepared, *, criteria_id: str | None
) -> Plan:
    """Return what an import would do, within a unit of work."""
    planner = _Planner(session, work, criteria_id)
    for prepared_trial in prepared.trials:
        planner.take(prepared_trial)
    plan = planner.plan
    plan.rejected = sorted((*prepared.faults, *plan.rejected), key=lambda fault: fault.row)
    return plan


class _Planner:
    """Works out one trial after the other."""

    def __init__(self, session: Session, work: UnitOfWork, criteria_id: str | None) -> None:
        settings = work.settings.get()
        self._session = session
        self._work = work
        self._criteria_id = criteria_id or settings.default_criteria
        self._zone = zone_of(settings)
        self._today = local_today(session.clock, settings)
        self._patients: dict[str, tuple[Patient, bool]] = {}
        self.plan = Plan(trials=[], days=[], rejected=[])

    def take(self, prepared: PreparedTrial) -> None:
        """Plan one trial, or reject its rows."""
        found = self._patient(prepared)
        if found is None:
            return
        patient, is_new = found
        trials = () if is_new else self._work.trials.of_patient(patient.id)
        before = next((one for one in trials if one.trial_start == prepared.trial_start), None)
        plan = TrialPlan(
            patient=patient,
            patient_is_new=is_new,
            before=before,
            trial=self._trial(before, patient, prepared),
        )
        refusal = self._refusal(before, prepared)
        there = () if before is None else self._work.check_ins.of_trial(before.id)
        by_place = {(one.day, one.phase): one for one in there}
        for day in prepared.days:
            self._day(plan, day, by_place.get((day.day, day.phase)), refusal, prepared)
        self.plan.trials.append(plan)

    def _patient(self, prepared: PreparedTrial) -> tuple[Patient, bool] | None:
        mrn = one_line(prepared.patient)
        if mrn in self._patients:
            return self._patients[mrn]
        known = self._work.patients.by_mrn(mrn)
        is_new = known is None
        patient = known or Patient(id=uuid4(), name=mrn + NAME_MARK, mrn=mrn)
        faults = patient_faults(patient, today=self._today) if is_new else []
        if faults:
            rows = [row for day in prepared.days for row in day.rows]
            self._reject(rows, "patient", faults)
            return None
        self._patients[mrn] = (patient, is_new)
        return patient, is_new

    def _trial(self, before: Trial | None, patient: Patient, prepared: PreparedTrial) -> Trial:
        trial = before or Trial(
            id=uuid4(),
            patient_id=patient.id,
            trial_start=prepared.trial_start,
            criteria_id=self._criteria_id,
            pain_measure=prepared.pain_measure,
        )
        items = {series.item for day in prepared.days for series in day.values} - {None}
        more = [item for item in sorted(map(str, items)) if item not in trial.other_regions]
        if not more:
            return trial
        return replace(trial, other_regions=(*trial.other_regions, *more))

    def _refusal(self, before: Trial | None, prepared: PreparedTrial) -> str:
        """Return why nothing of a trial of the record may change, or an empty text."""
        if before is None:
            return ""
        try:
            refuse_signed(self._work, before.id)
        except SignedError as error:
            return str(error)
        codes = {series.code for day in prepared.days for series in day.values}
        if prepared.pain_measure in codes and prepared.pain_measure != before.pain_measure:
            held = self._session.catalogue[before.pain_measure].title
            said = self._session.catalogue[prepared.pain_measure].title
            return f"The file gives pain as {said}, the trial of the record as {held}."
        return ""

    def _day(
        self,
        plan: TrialPlan,
        day: PreparedDay,
        stored: CheckIn | None,
        refusal: str,
        prepared: PreparedTrial,
    ) -> None:
        faults = self._faults(plan.trial, day)
        if faults:
            self._reject(day.rows, "", faults)
            return
        made = self._check_in(plan.trial, day)
        revised = made if stored is None else merged(stored, made)
        fate = Fate.NEW
        if stored is not None:
            fate = Fate.UNCHANGED if revised == stored else Fate.CHANGED
        refusal = refusal or ("" if stored is None else self._signed(stored))
        if refusal and fate is not Fate.UNCHANGED:
            self._reject(day.rows, "", [FieldError("", refusal)])
            return
        if stored is None:
            plan.new.append(made)
        elif fate is Fate.CHANGED:
            plan.changed.append(Change(stored=stored, revised=revised))
        self.plan.days.append(_fate(prepared, day, fate, stored, revised))

    def _signed(self, stored: CheckIn) -> str:
        try:
            refuse_signed_check_in(self._work, stored, by=self._session.account)
        except SignedError as error:
            return str(error)
        return ""

    def _faults(self, trial: Trial, day: PreparedDay) -> list[FieldError]:
        faults = day_faults(trial, day=day.day, phase=day.phase, today=self._today)
        faults += value_faults(day.values, self._session.catalogue, trial.other_regions)
        faults += text_faults("note", day.note, limit=MAX_WORDS, lines=True)
        for region in {series.item for series in day.values} - {None}:
            faults += text_faults("region", str(region))
        return faults

    def _check_in(self, trial: Trial, day: PreparedDay) -> CheckIn:
        at = day.recorded_at
        return CheckIn(
            id=uuid4(),
            trial_id=trial.id,
            day=day.day,
            phase=day.phase,
            values=dict(day.values),
            how_obtained=HowObtained.IMPORT,
            note=day.note,
            recorded_at=None if at is None else to_instant(at, self._zone),
            recorded_by=self._session.account.id,
        )

    def _reject(self, rows: Iterable[int], column: str, faults: Sequence[FieldError]) -> None:
        reason = " ".join(fault.what for fault in faults)
        self.plan.rejected += [
            CellFault(row=row, column=column, value="", reason=reason) for row in rows
        ]


def merged(stored: CheckIn, made: CheckIn) -> CheckIn:
    """Return a check-in of the record with what a file says of its day.

    Only series of the file change; a note of the file is added below the one that stands there.
    """
    note = stored.note
    if made.note and made.note not in note:
        note = f"{note}\n{made.note}" if note else made.note
    values = {**stored.values, **made.values}
    same = values == dict(stored.values) and note == stored.note
    if same:
        return stored
    return replace(
        stored,
        values=values,
        note=note,
        missed=stored.missed and not values,
        how_obtained=stored.how_obtained or HowObtained.IMPORT,
    )


def _fate(
    prepared: PreparedTrial, day: PreparedDay, fate: Fate, stored: CheckIn | None, said: CheckIn
) -> DayFate:
    held = {} if stored is None else stored.values
    return DayFate(
        patient=prepared.patient,
        trial_start=prepared.trial_start,
        day=day.day,
        phase=day.phase,
        rows=day.rows,
        fate=fate,
        changes=tuple(
            ValueChange(series=series, held=held.get(series), said=value)
            for series, value in said.values.items()
            if held.get(series) != value
        ),
        note_changes=said.note != ("" if stored is None else stored.note),
    )


def trial_days_with_values(check_ins: Iterable[CheckIn]) -> bool:
    """Return whether a trial day holds a value, which fixes the trial's rules."""
    return any(one.values and one.phase is Phase.TRIAL for one in check_ins)
