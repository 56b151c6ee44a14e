"""The rest of the record: before the trial, procedure, rule, decisions, what followed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from scs_trial.domain.diary import EndReason
from scs_trial.domain.trial import Candidacy, PatientWish, Procedure, Trial
from scs_trial.services.local_time import zone_of
from scs_trial.services.review_trial import TrialReview
from scs_trial.services.timeline import DECISION_WORDS
from scs_trial.ui.new_trial.pages import LEAD_KINDS, MAKERS, TREATMENTS
from scs_trial.ui.signing.words import state_words
from scs_trial.ui.workspace.rows_card import RowsCard
from scs_trial.ui.workspace.words import clinic_moment, day_text, moment_text

_END_REASONS = {
    EndReason.PLANNED: "as planned",
    EndReason.SAFETY: "for safety",
    EndReason.NO_BENEFIT: "no benefit",
    EndReason.PATIENT_WISH: "patient's wish",
    EndReason.TECHNICAL: "technical",
    EndReason.OTHER: "other",
}
_WISHES = {
    PatientWish.YES: "wishes to proceed",
    PatientWish.NO: "does not wish to proceed",
    PatientWish.UNSURE: "unsure",
    PatientWish.NOT_ASKED: "",
}


class RecordCard(RowsCard):
    """Label and value; what is not in the record is called not documented."""

    edit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Record"), parent, name="workspace.record", stretch=(0, 1))
        button = self.add_header_button(self.tr("Change set-up…"), "workspace.record.edit")
        button.clicked.connect(self.edit_requested)

    def show_review(self, review: TrialReview) -> None:
        """Show the record of a trial."""
        missing = _tr("not documented")
        self.show_rows([(label, value or missing) for label, value in record_rows(review)])


def record_rows(review: TrialReview) -> list[tuple[str, str]]:
    """Return what the record holds beside the diary; empty where nothing is documented."""
    trial = review.trial
    return [
        (_tr("Pain for"), _months(trial.candidacy.pain_months)),
        (_tr("History"), trial.history),
        (_tr("Treatments"), _treatments(trial)),
        *_candidacy(trial.candidacy),
        (_tr("Procedure"), _procedure(trial.procedure)),
        (_tr("Complications"), trial.procedure.complications),
        (_tr("Goals"), "; ".join(goal for goal in trial.goals if goal)),
        *_end(trial),
        (_tr("Decision"), _decisions(review)),
        *_signature(review),
        *_follow_ups(review),
        (_tr("Criteria"), review.rule_text.strip()),
    ]


def _months(months: int | None) -> str:
    if months is None:
        return ""
    years, rest = divmod(months, 12)
    parts = [f"{years} years" if years != 1 else "1 year"] if years else []
    if rest or not years:
        parts.append(f"{rest} months" if rest != 1 else "1 month")
    return " ".join(parts)


def _treatments(trial: Trial) -> str:
    lines = []
    for done in trial.prior_treatments:
        when = " to ".join(part for part in (done.from_when, done.to_when) if part)
        parts = [TREATMENTS[done.kind], when, done.result]
        lines.append(", ".join(part for part in parts if part))
    return "\n".join(lines)


def _candidacy(candidacy: Candidacy) -> list[tuple[str, str]]:
    yes_no = {True: _tr("completed"), False: _tr("not completed"), None: ""}
    screening = [
        "" if candidacy.screening_on is None else day_text(candidacy.screening_on, "d MMM yyyy"),
        candidacy.screening_by,
    ]
    plan = [candidacy.anticoagulation_plan]
    for words, day in (
        (_tr("hold from {0}"), candidacy.anticoagulant_hold_on),
        (_tr("restart {0}"), candidacy.anticoagulant_restart_on),
    ):
        if day is not None:
            plan.append(words.format(day_text(day, "d MMM yyyy")))
    consent = candidacy.consent_on
    return [
        (_tr("Conservative care"), yes_no[candidacy.conservative_care_completed]),
        (_tr("Screening"), ", ".join(part for part in screening if part)),
        (_tr("Imaging"), candidacy.imaging),
        (_tr("Team"), candidacy.team_decision),
        (_tr("Consent"), "" if consent is None else day_text(consent, "d MMM yyyy")),
        (_tr("Anticoagulants"), ", ".join(part for part in plan if part)),
    ]


def _procedure(procedure: Procedure) -> str:
    parts = [
        procedure.operator,
        "" if procedure.lead_kind is None else LEAD_KINDS[procedure.lead_kind].lower(),
        "" if procedure.maker is None else MAKERS[procedure.maker],
        procedure.stimulator_serial,
        procedure.antibiotic,
    ]
    return " · ".join(part for part in parts if part)


def _end(trial: Trial) -> list[tuple[str, str]]:
    if trial.trial_ended is None:
        return []
    reason = _END_REASONS[trial.end_reason] if trial.end_reason is not None else ""
    parts = [
        _tr("last full day {0}").format(day_text(trial.trial_ended, "ddd d MMM yyyy")),
        reason,
        _tr("a diary is still to come") if trial.awaiting_diary else "",
        ""
        if trial.lead_removed_at is None
        else _tr("lead removed {0}").format(moment_text(trial.lead_removed_at)),
    ]
    return [
        (_tr("End"), " · ".join(part for part in parts if part)),
        (_tr("Patient's wish"), _WISHES[trial.patient_wish]),
    ]


def _decisions(review: TrialReview) -> str:
    zone = zone_of(review.settings)
    lines = []
    for made in sorted(review.decisions, key=lambda decision: decision.version, reverse=True):
        words = DECISION_WORDS[made.kind]
        text = f"{words[0].upper()}{words[1:]}: {made.reason}" if made.reason else words
        lines.append(f"{text} ({made.decider}, {clinic_moment(made.decided_at, zone)})")
    return "\n".join(lines)


def _signature(review: TrialReview) -> list[tuple[str, str]]:
    words = state_words(review)
    if not review.decisions and not words:
        return []
    return [(_tr("Signature"), words or _tr("not signed"))]


def _follow_ups(review: TrialReview) -> list[tuple[str, str]]:
    rows = []
    for seen in sorted(review.follow_ups, key=lambda follow_up: follow_up.month):
        implant = seen.implant_date
        parts = [
            day_text(seen.seen_on, "d MMM yyyy"),
            "" if implant is None else _tr("implant {0}").format(day_text(implant, "d MMM yyyy")),
            "" if seen.pain is None else _tr("pain {0}").format(seen.pain),
            seen.outcome,
        ]
        label = _tr("Month {0}").format(seen.month) if seen.month else _tr("After the trial")
        rows.append((label, " · ".join(part for part in parts if part)))
    return rows


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecordCard", text)
