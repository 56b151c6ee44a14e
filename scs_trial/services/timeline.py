"""The timeline of a trial: check-ins, programs, events, calls, changes, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from scs_trial.domain.check_in import CallAttempt, CheckIn, HowObtained
from scs_trial.domain.check_in import SafetyCheckState as Asked
from scs_trial.domain.diary import Phase
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import ConfirmationAnswer, DecisionKind, ProgramChange
from scs_trial.services.local_time import to_local, zone_of
from scs_trial.services.ports import AuditEntry
from scs_trial.services.review_types import TimelineEntry, TrialReview
from scs_trial.services.words import OUTCOME_WORDS, calendar_words, day_words

_HOW = {
    HowObtained.PHONE: "by phone",
    HowObtained.VISIT: "at a visit",
    HowObtained.PAPER_DIARY: "from the paper diary",
    HowObtained.MESSAGE: "from a message",
    HowObtained.PROXY: "from who may answer",
    HowObtained.REPRESENTATIVE: "through the manufacturer's representative",
    HowObtained.IMPORT: "by import",
}
_ASKED = {
    Asked.ASKED_CLEAR: "safety asked and clear",
    Asked.FINDING: "safety finding",
    Asked.PARTLY_ASKED: "safety partly asked",
    Asked.NOT_ASKED: "safety not asked",
}
DECISION_WORDS = {
    DecisionKind.PERMANENT_IMPLANT: "permanent implant",
    DecisionKind.NO_IMPLANT: "no implant",
    DecisionKind.EXTEND: "extend the trial",
    DecisionKind.REPEAT: "repeat with another waveform or lead",
    DecisionKind.OTHER_TARGET: "other target",
    DecisionKind.TARGETED_DRUG_DELIVERY: "targeted drug delivery evaluation",
    DecisionKind.UNDECIDED: "undecided",
}
_TRIAL_ENTITIES = frozenset({"trial", "patient"})


def timeline_of(
    review: TrialReview,
    changes: Iterable[AuditEntry],
    *,
    confirmations: Sequence[ConfirmationAnswer] = (),
) -> tuple[TimelineEntry, ...]:
    """Return the timeline, newest first.

    Parameters
    ----------
    review
        The trial with its record.
    changes
        The patient's audit rows; those with a reason say what was changed in the set-up.
    confirmations
        Every answer, not only the latest.
    """
    lines = _Lines(review)
    entries = [
        *(line for entry in review.check_ins for line in lines.check_in(entry)),
        *(lines.program(change) for change in review.programs),
        *(line for event in review.events for line in lines.safety(event)),
        *(lines.call(call) for call in review.calls),
        *(lines.confirmation(answer) for answer in confirmations),
        *lines.decisions(),
        *lines.signatures(),
        *lines.changes(changes),
    ]
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))


class _Lines:
    """Puts the parts of one trial into lines."""

    def __init__(self, review: TrialReview) -> None:
        self._review = review
        self._zone: ZoneInfo = zone_of(review.settings)

    def check_in(self, entry: CheckIn) -> Iterator[TimelineEntry]:
        """Yield the line of the call and, where it was corrected, that of the correction."""
        day = self._day(entry.day, entry.phase)
        if entry.missed:
            text = f"{day} declared missed"
        else:
            how = _HOW[entry.how_obtained] if entry.how_obtained else ""
            asked = _ASKED[entry.safety.state] if entry.phase is Phase.TRIAL else ""
            text = ", ".join(
                part for part in (f"{day} recorded {how}".strip(), asked, entry.note) if part
            )
        recorded_at = self._local(entry.recorded_at)
        yield TimelineEntry(
            at=recorded_at or datetime.combine(entry.day, time()),
            timed=recorded_at is not None,
            kind="check_in",
            text=text,
            who=self._who(entry.recorded_by),
            check_in_id=entry.id,
        )
        revised_at = self._local(entry.revised_at)
        if revised_at is not None:
            yield TimelineEntry(
                at=revised_at,
                kind="change",
                text=f"{day} corrected: {entry.reason}",
                who=self._who(entry.revised_by),
                check_in_id=entry.id,
            )

    def program(self, change: ProgramChange) -> TimelineEntry:
        """Return the line of a program change."""
        name = " ".join(part for part in (change.name, change.waveform) if part)
        reason = f", {change.reason}" if change.reason else ""
        return TimelineEntry(
            at=change.from_when, kind="program", text=f"Program {name}{reason}", who=change.by
        )

    def safety(self, event: SafetyEvent) -> Iterator[TimelineEntry]:
        """Yield what was reported and what was done about it."""
        if event.entered_in_error:
            return
        words = f": {event.description}" if event.description else ""
        told = f"{event.finding}: told {event.told_who}"
        steps = (
            (event.reported_at, event.finding + words, self._who(event.reported_by)),
            (event.told_at, told, ""),
            (event.acknowledged_at, f"{event.finding}: acknowledged", event.acknowledged_by),
            (event.resolved_at, f"{event.finding}: {event.resolution}", event.resolved_by),
        )
        for instant, text, who in steps:
            at = self._local(instant)
            if at is not None:
                yield TimelineEntry(at=at, kind="safety", text=text, who=who, event_id=event.id)

    def call(self, call: CallAttempt) -> TimelineEntry:
        """Return the line of a call."""
        text = f"Called about {self._day(call.about_day, Phase.TRIAL).lower()}"
        text += f": {OUTCOME_WORDS[call.outcome]}"
        back = self._local(call.call_back_at)
        if back is not None:
            text += f" {day_words(back.date(), call.at.astimezone(self._zone).date())} {back:%H:%M}"
        if call.note:
            text += f", {call.note}"
        at = call.at.astimezone(self._zone).replace(tzinfo=None)
        return TimelineEntry(at=at, kind="call", text=text, who=self._who(call.by))

    def confirmation(self, answer: ConfirmationAnswer) -> TimelineEntry:
        """Return the line of a clinician's answer."""
        said = "yes" if answer.answer else "no"
        note = f", {answer.note}" if answer.note else ""
        return TimelineEntry(
            at=to_local(answer.at, self._zone),
            kind="confirmation",
            text=f"{answer.name.replace('_', ' ').capitalize()}: {said}{note}",
            who=self._who(answer.by),
        )

    def decisions(self) -> Iterator[TimelineEntry]:
        """Yield each version of the decision."""
        for decision in self._review.decisions:
            yield TimelineEntry(
                at=to_local(decision.decided_at, self._zone),
                kind="decision",
                text=f"Decision: {DECISION_WORDS[decision.kind]}. {decision.reason}".strip(),
                who=decision.decider,
            )

    def signatures(self) -> Iterator[TimelineEntry]:
        """Yield each signature of the trial, and each amendment that was begun."""
        for signature in self._review.signatures:
            if signature.check_in_id is None:
                yield TimelineEntry(
                    at=to_local(signature.at, self._zone),
                    kind="decision",
                    text=f"Signed version {signature.version}, {signature.meaning.value}",
                    who=signature.signer,
                )
        for signature in self._review.signed_elsewhere:
            if signature.check_in_id is None:
                yield TimelineEntry(
                    at=to_local(signature.at, self._zone),
                    kind="decision",
                    text=f"Signed elsewhere: version {signature.version}, "
                    f"{signature.meaning.value}",
                    who=signature.signer,
                )
        for amendment in self._review.amendments:
            yield TimelineEntry(
                at=to_local(amendment.at, self._zone),
                kind="change",
                text=f"Amendment of the signed record: {amendment.reason}",
                who=amendment.signer,
            )

    def changes(self, entries: Iterable[AuditEntry]) -> Iterator[TimelineEntry]:
        """Yield the changes of patient and trial for which somebody gave a reason."""
        ids = {str(self._review.trial.id), str(self._review.patient.id)}
        for entry in entries:
            if entry.entity in _TRIAL_ENTITIES and entry.entity_id in ids and entry.reason:
                yield TimelineEntry(
                    at=to_local(entry.at, self._zone),
                    kind="change",
                    text=f"{entry.entity.capitalize()} changed: {entry.reason}",
                    who=entry.actor,
                )

    def _day(self, day: date, phase: Phase) -> str:
        start = self._review.trial.trial_start
        if phase is Phase.BASELINE or start is None:
            return f"Baseline {calendar_words(day)}"
        return f"Day {(day - start).days}"

    def _local(self, instant: datetime | None) -> datetime | None:
        return None if instant is None else to_local(instant, self._zone)

    def _who(self, account: UUID | None) -> str:
        return self._review.account_names.get(account, "") if account else ""
