"""One trial judged: the same way for a list, a screen and a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from zoneinfo import ZoneInfo

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.criteria import Criteria
from scs_trial.domain.diary import Diary
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.result import Evaluation
from scs_trial.domain.safety import SafetyEvent
from scs_trial.domain.trial import ConfirmationAnswer, MedicationEntry, ProgramChange, Trial
from scs_trial.domain.verdict import Verdict
from scs_trial.domain.verdict_text import make_verdict
from scs_trial.services.criteria_of import criteria_of
from scs_trial.services.diary_of import diary_of
from scs_trial.services.medication_list import daily_mme
from scs_trial.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFacts:
    """What is known of one trial, read from the record."""

    trial: Trial
    check_ins: Sequence[CheckIn] = ()
    programs: Sequence[ProgramChange] = ()
    medication: Sequence[MedicationEntry] = ()
    confirmations: Sequence[ConfirmationAnswer] = ()
    events: Iterable[SafetyEvent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What follows from the facts. All None while the trial has no placement date."""

    criteria: Criteria | None = None
    diary: Diary | None = None
    evaluation: Evaluation | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Everything that a judgement follows from."""

    facts: TrialFacts
    rules: tuple[object, ...]
    zone: str


def judge_stored(session: Session, facts: TrialFacts, *, zone: ZoneInfo) -> Judgement:
    """Evaluate a trial as the record holds it; once, while nothing of it changes.

    Every stored change has its own id or revision, so equal facts are the same rows: the lists ask
    again each minute and after each save. A draft has neither and is always judged anew.
    """
    facts = replace(facts, events=tuple(facts.events))
    criteria = criteria_of(session, facts.trial)
    rules = (criteria, session.catalogue, session.mme_table)
    asked = _Question(facts=facts, rules=rules, zone=zone.key)
    known: Judgement | None = session.judged.again(facts.trial.id, asked)
    if known is not None and known.criteria is criteria:
        return known
    made = judge(session, facts, zone=zone)
    session.judged.keep(facts.trial.id, asked, made)
    return made


def judge(session: Session, facts: TrialFacts, *, zone: ZoneInfo) -> Judgement:
    """Evaluate a trial by its own criteria."""
    criteria = criteria_of(session, facts.trial)
    diary = diary_of(
        facts.trial,
        facts.check_ins,
        zone=zone,
        programs=facts.programs,
        daily_mme=partial(daily_mme, facts.medication, table=session.mme_table),
        confirmations=facts.confirmations,
        events=facts.events,
    )
    if diary is None or criteria is None:
        return Judgement(criteria=criteria, diary=diary)
    evaluation = evaluate(diary, criteria, session.catalogue)
    verdict = make_verdict(
        evaluation, catalogue=session.catalogue, target_region=facts.trial.target_region
    )
    return Judgement(criteria=criteria, diary=diary, evaluation=evaluation, verdict=verdict)
