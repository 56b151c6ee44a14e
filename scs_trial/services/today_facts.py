"""What the start page knows of each trial in work, read in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from scs_trial.domain.check_in import CallAttempt, CheckIn
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import Decision, Trial
from scs_trial.services.due_days import DueDays, due_days
from scs_trial.services.judge import Judgement, TrialFacts, judge_stored
from scs_trial.services.local_time import local_now, to_local, zone_of
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.session import Session

AFTER_REMOVAL_LOOKBACK = timedelta(days=30)
"""How long an after-removal call that nobody made stays on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The clinic's time and settings for one reading of the list."""

    local: datetime
    zone: ZoneInfo
    settings: ClinicSettings

    @property
    def today(self) -> date:
        """Return the clinic's civil date."""
        return self.local.date()

    def day_of(self, instant: datetime) -> date:
        """Return the clinic's civil date of an instant."""
        return to_local(instant, self.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class InWork:
    """One trial of the list with what follows from its record."""

    patient: Patient
    trial: Trial
    check_ins: Sequence[CheckIn]
    calls: Sequence[CallAttempt]
    decision: Decision | None
    judgement: Judgement
    due: DueDays

    @property
    def last_call(self) -> CallAttempt | None:
        """Return the latest call, or None."""
        return self.calls[-1] if self.calls else None

    @property
    def awaits_decision(self) -> bool:
        """True for a final trial without a decision that closes it."""
        ended = self.trial.trial_ended is not None and not self.trial.awaiting_diary
        return ended and (self.decision is None or not self.decision.kind.closes_trial)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayFacts:
    """Everything that the start page is derived from."""

    now: Now
    in_work: tuple[InWork, ...]
    open_events: Mapping[UUID, tuple[SafetyEvent, ...]]
    """Open events by patient, the most urgent patient first."""
    patients: Mapping[UUID, Patient]
    """Patients with open events."""


def today_facts(session: Session) -> TodayFacts:
    """Read the trials in work, judge them, and find what is due."""
    with session.reading() as work:
        settings = work.settings.get()
        zone = zone_of(settings)
        now = Now(local=local_now(session.clock, zone), zone=zone, settings=settings)
        events: defaultdict[UUID, list[SafetyEvent]] = defaultdict(list)
        for event in work.safety.open():
            events[event.patient_id].append(event)
        trials = _trials(work, now)
        return TodayFacts(
            now=now,
            in_work=tuple(_in_work(session, work, trials, events=events, now=now)),
            open_events={patient: tuple(found) for patient, found in events.items()},
            patients=work.patients.get_many(events.keys()),
        )


def _trials(work: UnitOfWork, now: Now) -> list[Trial]:
    """Return trials in work and those after whose end a call may be due, once each."""
    recent = work.trials.ended_since(now.today - AFTER_REMOVAL_LOOKBACK)
    found = {trial.id: trial for trial in (*work.trials.active(), *recent)}
    return [trial for trial in found.values() if trial.trial_start is not None]


def _in_work(
    session: Session,
    work: UnitOfWork,
    trials: Sequence[Trial],
    *,
    events: Mapping[UUID, list[SafetyEvent]],
    now: Now,
) -> Iterable[InWork]:
    ids = [trial.id for trial in trials]
    patients = work.patients.get_many({trial.patient_id for trial in trials})
    check_ins = work.check_ins.of_trials(ids)
    calls = work.notes.calls(ids)
    medication = work.notes.medications(ids)
    confirmations = work.notes.confirmations(ids)
    decisions = work.notes.decisions(ids)
    for trial in trials:
        facts = TrialFacts(
            trial=trial,
            check_ins=check_ins.get(trial.id, ()),
            medication=medication.get(trial.id, ()),
            confirmations=confirmations.get(trial.id, ()),
            events=events.get(trial.patient_id, ()),
        )
        judgement = judge_stored(session, facts, zone=now.zone)
        versions = decisions.get(trial.id, ())
        yield InWork(
            patient=patients[trial.patient_id],
            trial=trial,
            check_ins=facts.check_ins,
            calls=calls.get(trial.id, ()),
            decision=versions[-1] if versions else None,
            judgement=judgement,
            due=_due(judgement, facts.check_ins, now),
        )


def _due(judgement: Judgement, check_ins: Sequence[CheckIn], now: Now) -> DueDays:
    if judgement.diary is None:
        return DueDays()
    first_day = judgement.criteria.first_day if judgement.criteria else 1
    return due_days(
        judgement.diary,
        check_ins,
        first_day=first_day,
        settings=now.settings,
        now=now.local,
    )
