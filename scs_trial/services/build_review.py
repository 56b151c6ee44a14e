"""Build a trial's review: one function for screen, page and the plot while typing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.course import Course, EventMark
from scs_trial.domain.course_builder import CourseSettings, build_course
from scs_trial.domain.describe import describe
from scs_trial.domain.patient import Patient
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.signature import of_trial
from scs_trial.domain.trial import ConfirmationAnswer, Trial
from scs_trial.services.carried import signed_elsewhere
from scs_trial.services.judge import Judgement, TrialFacts, judge
from scs_trial.services.local_time import local_today, to_local, zone_of
from scs_trial.services.ports import UnitOfWork
from scs_trial.services.review_types import TrialReview
from scs_trial.services.session import Session
from scs_trial.services.signed_content import content_digest
from scs_trial.services.timeline import timeline_of


def build_review(session: Session, work: UnitOfWork, patient: Patient, trial: Trial) -> TrialReview:
    """Read one trial and derive everything that screen and page show."""
    settings = work.settings.get()
    zone = zone_of(settings)
    facts = TrialFacts(
        trial=trial,
        check_ins=tuple(work.check_ins.of_trial(trial.id)),
        programs=tuple(work.notes.programs(trial.id)),
        medication=tuple(work.notes.medication(trial.id)),
        confirmations=tuple(work.notes.confirmations([trial.id]).get(trial.id, ())),
        events=tuple(work.safety.of_patient(patient.id)),
    )
    judged = judge(session, facts, zone=zone)
    names = {account.id: account.display_name for account in work.accounts.all()}
    bare = TrialReview(
        patient=patient,
        trial=trial,
        diary=judged.diary,
        evaluation=judged.evaluation,
        verdict=judged.verdict,
        course=_course(session, facts, judged, settings),
        check_ins=tuple(facts.check_ins),
        programs=tuple(facts.programs),
        medication=tuple(facts.medication),
        confirmations=_latest(facts.confirmations),
        decisions=tuple(work.notes.decisions([trial.id]).get(trial.id, ())),
        follow_ups=tuple(work.notes.follow_ups(trial.id)),
        events=tuple(facts.events),
        calls=tuple(work.notes.calls([trial.id]).get(trial.id, ())),
        timeline=(),
        rule_text=describe(judged.criteria, session.catalogue) if judged.criteria else "",
        account_names=names,
        settings=settings,
        audit_head=work.audit.head(),
        demo=work.settings.record_info("demo") == "yes",
        as_of=session.as_of,
    )
    bare = _with_signatures(work, bare)
    changes = work.audit.of_patient(patient.id)
    return replace(bare, timeline=timeline_of(bare, changes, confirmations=facts.confirmations))


def _with_signatures(work: UnitOfWork, review: TrialReview) -> TrialReview:
    """Return the review with its signatures, and whether the record changed since the last."""
    ids = [review.trial.id]
    signatures = tuple(work.signatures.of_trials(ids).get(review.trial.id, ()))
    last = of_trial(signatures)
    carried = signed_elsewhere(work, review.patient.id, review.trial.id)
    review = replace(review, signed_elsewhere=tuple(one.signature for one in carried))
    if not signatures:
        return review
    return replace(
        review,
        signatures=signatures,
        amendments=tuple(work.signatures.amendments(ids).get(review.trial.id, ())),
        changed_since=last is not None and content_digest(review) != last.content_digest,
    )


def with_draft(session: Session, review: TrialReview, draft: CheckIn) -> TrialReview:
    """Return the review as if the draft were saved; only what depends on answers is made anew."""
    others = [entry for entry in review.check_ins if not _same_place(entry, draft)]
    facts = TrialFacts(
        trial=review.trial,
        check_ins=(*others, draft),
        programs=review.programs,
        medication=review.medication,
        confirmations=review.confirmations,
        events=review.events,
    )
    judged = judge(session, facts, zone=zone_of(review.settings))
    return replace(
        review,
        diary=judged.diary,
        evaluation=judged.evaluation,
        verdict=judged.verdict,
        course=_course(session, facts, judged, review.settings, draft_day=draft.day),
    )


def _same_place(one: CheckIn, other: CheckIn) -> bool:
    return one.id == other.id or (one.day, one.phase) == (other.day, other.phase)


def _latest(confirmations: Iterable[ConfirmationAnswer]) -> tuple[ConfirmationAnswer, ...]:
    in_order = sorted(confirmations, key=lambda answer: answer.at)
    return tuple({answer.name: answer for answer in in_order}.values())


def _course(
    session: Session,
    facts: TrialFacts,
    judged: Judgement,
    settings: ClinicSettings,
    *,
    draft_day: date | None = None,
) -> Course | None:
    if judged.diary is None or judged.evaluation is None:
        return None
    trial = facts.trial
    return build_course(
        judged.diary,
        judged.evaluation,
        session.catalogue,
        settings=CourseSettings(
            today=local_today(session.clock, settings),
            target_region=trial.target_region,
            other_regions=trial.other_regions,
            measures_asked=trial.measures_asked or settings.measures_asked,
            goals=trial.goals,
            programs=tuple(facts.programs),
            events=tuple(_marks(trial, facts.events, zone=zone_of(settings))),
            asked_day=draft_day,
            draft_day=draft_day,
        ),
    )


def _marks(trial: Trial, events: Iterable[SafetyEvent], *, zone: ZoneInfo) -> Iterable[EventMark]:
    """Return the event marks of the plot: this trial's findings, and the lead's removal."""
    start = trial.trial_start
    if start is None:
        return
    for event in events:
        if event.entered_in_error or not _belongs(event, trial.id):
            continue
        day = event.check_in_day or to_local(event.reported_at, zone).date()
        if start - timedelta(days=1) < day:
            yield EventMark(day_number=(day - start).days, kind="safety", text=event.finding)
    if trial.lead_removed_at is not None:
        number = (trial.lead_removed_at.date() - start).days
        yield EventMark(day_number=number, kind="lead_removal", text="Lead removed")


def _belongs(event: SafetyEvent, trial_id: UUID) -> bool:
    return event.trial_id == trial_id
