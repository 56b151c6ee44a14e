"""What happened and what was said: the patient's words, safety, events, decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from scs_trial.domain.check_in import CheckIn, SafetyCheckState
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import Trial
from scs_trial.reports.labels import (
    DECISIONS,
    NOT_DOCUMENTED,
    PGIC,
    PGIC_WORDS,
    WISHES,
    count_words,
    date_words,
    day_words,
    time_words,
)
from scs_trial.reports.profile_identity import where_given
from scs_trial.reports.signed_words import signature_lines
from scs_trial.services.review_trial import TrialReview

_GOALS = ("goal_1", "goal_2", "goal_3")


def patients_words(review: TrialReview) -> tuple[str, ...]:
    """Return the patient's words day by day, goals, wish and impression of change."""
    said = tuple(line for check_in in trial_check_ins(review) for line in _said(check_in))
    wish = f"Wishes to proceed: {WISHES[review.trial.patient_wish]}."
    return (
        *(said or ("No words of the patient are documented.",)),
        *_goals(review),
        f"{wish} Global impression of change: {_impression(review)}.",
    )


def trial_check_ins(review: TrialReview) -> list[CheckIn]:
    """Return the live check-ins of the trial phase, by day."""
    live = (c for c in review.check_ins if c.phase is Phase.TRIAL and not c.entered_in_error)
    return sorted(live, key=lambda check_in: check_in.day)


def _said(check_in: CheckIn) -> Iterator[str]:
    parts = [f"“{check_in.note}”"] if check_in.note else []
    parts += [f"helped: “{check_in.helped}”"] if check_in.helped else []
    parts += [f"triggered: “{check_in.triggered}”"] if check_in.triggered else []
    if parts:
        yield f"{day_words(check_in.day)}: {'; '.join(parts)}"


def _goals(review: TrialReview) -> Iterator[str]:
    rows = {row.series: row for row in (review.course.rows if review.course is not None else ())}
    for code, goal in zip(_GOALS, review.trial.goals, strict=False):
        row = rows.get(Series(code))
        if not goal:
            continue
        last = (
            [cell.text for cell in row.cells if cell.value is not None] if row is not None else []
        )
        before = row.baseline_text if row is not None and row.baseline is not None else "–"
        reached = f"{before} → {last[-1]}" if last else "no trial value"
        yield f"Goal, {goal}: {reached}."


def _impression(review: TrialReview) -> str:
    answers = [
        check_in.values[PGIC] for check_in in trial_check_ins(review) if PGIC in check_in.values
    ]
    if not answers:
        return NOT_DOCUMENTED
    answer = answers[-1]
    if answer != int(answer):
        return f"{answer}"
    return f"{int(answer)}, {PGIC_WORDS[int(answer) - 1]}"


def safety_and_events(review: TrialReview) -> tuple[str, ...]:
    """Return findings with what was done, changes of program, the end, the leads' removal."""
    zone = ZoneInfo(review.settings.zone)
    trial = review.trial
    events = sorted(review.events, key=lambda event: event.reported_at)
    live = [event for event in events if not event.entered_in_error]
    return (
        *(_event(event, zone) for event in live),
        *(() if live else ("No safety event is recorded.",)),
        *(
            f"{time_words(change.from_when)}: program {change.name}"
            + (f", {change.reason}" if change.reason else "")
            for change in sorted(review.programs, key=lambda change: change.from_when)
        ),
        *where_given("Complications of the procedure", trial.procedure.complications),
        *where_given("Other analgesics", trial.other_analgesics),
        *_end(trial),
    )


def _event(event: SafetyEvent, zone: ZoneInfo) -> str:
    words = [f"{time_words(event.reported_at.astimezone(zone))} {urgency_words(event)}: "]
    words.append(event.finding + (f" – {event.description}" if event.description else ""))
    if event.told_at is not None:
        words.append(f"; told {event.told_who} {time_words(event.told_at.astimezone(zone))}")
    if event.acknowledged_at is not None:
        when = time_words(event.acknowledged_at.astimezone(zone))
        words.append(f"; acknowledged by {event.acknowledged_by} {when}")
    if event.resolved_at is None:
        words.append("; open")
    else:
        when = time_words(event.resolved_at.astimezone(zone))
        words.append(f"; resolved {when} by {event.resolved_by}")
        words.append(f": {event.resolution}" if event.resolution else "")
    return "".join(words)


def urgency_words(event: SafetyEvent) -> str:
    """Return the urgency of an event in words."""
    return event.urgency.value.replace("_", " ")


def _end(trial: Trial) -> Iterator[str]:
    if trial.trial_ended is not None:
        reason = (trial.end_reason or EndReason.OTHER).value.replace("_", " ")
        said = reason if trial.end_reason is not None else NOT_DOCUMENTED
        yield f"Last full day {day_words(trial.trial_ended)}; reason for the end: {said}."
    if trial.lead_removed_at is not None:
        yield f"Leads removed {time_words(trial.lead_removed_at)}."


def safety_asked(check_ins: Sequence[CheckIn]) -> str:
    """Return how the safety questions were answered, e.g. "no finding", "finding on 1 day"."""
    states = [check_in.safety.state for check_in in check_ins]
    findings = states.count(SafetyCheckState.FINDING)
    partly = states.count(SafetyCheckState.PARTLY_ASKED)
    asked = findings + states.count(SafetyCheckState.ASKED_CLEAR)
    words = f"finding on {count_words(findings, 'day')}" if findings else "no finding"
    parts = [words] if asked else []
    return ", ".join([*parts, f"partly on {count_words(partly, 'day')}"] if partly else parts)


def decision(review: TrialReview) -> tuple[str, ...]:
    """Return the decision in force with its reason, and what followed."""
    zone = ZoneInfo(review.settings.zone)
    lines = []
    if review.decisions:
        last = max(review.decisions, key=lambda decision: decision.version)
        reason = f" “{last.reason}”" if last.reason else ""
        who = f"{last.decider}, {time_words(last.decided_at.astimezone(zone))}"
        lines.append(f"{DECISIONS[last.kind]}.{reason} {who}.")
        lines += [
            f"Earlier: {DECISIONS[old.kind]}, {time_words(old.decided_at.astimezone(zone))}."
            for old in review.decisions
            if old.version != last.version
        ]
    else:
        lines.append("No decision is recorded.")
    lines += signature_lines(review)
    for after in review.follow_ups:
        implant = f"; implant {date_words(after.implant_date)}" if after.implant_date else ""
        outcome = f"; {after.outcome}" if after.outcome else ""
        pain = f"; pain {after.pain:f}" if after.pain is not None else ""
        lines.append(f"{date_words(after.seen_on)}, month {after.month}{implant}{pain}{outcome}.")
    return tuple(lines)
