"""A judgement follows from the facts alone; equal facts are not judged twice."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import Trial
from scs_trial.services import judged
from scs_trial.services.judge import TrialFacts, judge, judge_stored
from tests.records import NOW, make_session

ZONE = ZoneInfo("Europe/Berlin")
START = NOW.date() - timedelta(days=3)


def make_facts(*, pain="3", trial_id=None):
    trial = Trial(id=trial_id or uuid4(), patient_id=uuid4(), trial_start=START)
    check_ins = tuple(
        CheckIn(
            id=uuid4(),
            trial_id=trial.id,
            day=START + timedelta(days=number),
            phase=Phase.BASELINE if number < 0 else Phase.TRIAL,
            values={Series("pain_average"): Decimal("8" if number < 0 else pain)},
        )
        for number in (-2, -1, 1, 2)
    )
    return TrialFacts(trial=trial, check_ins=check_ins)


def test_that_equal_facts_give_the_same_judgement_without_another_evaluation(tmp_path):
    session = make_session(tmp_path)
    facts = make_facts()
    first = judge_stored(session, facts, zone=ZONE)
    assert (
        judge_stored(session, replace(facts, check_ins=tuple(facts.check_ins)), zone=ZONE) is first
    )


def test_that_the_kept_judgement_is_that_of_a_new_evaluation(tmp_path):
    session = make_session(tmp_path)
    facts = make_facts()
    judge_stored(session, facts, zone=ZONE)
    assert judge_stored(session, facts, zone=ZONE) == judge(session, facts, zone=ZONE)


def test_that_a_changed_answer_rule_or_zone_is_judged_anew(tmp_path):
    session = make_session(tmp_path)
    facts = make_facts()
    first = judge_stored(session, facts, zone=ZONE)
    worse = make_facts(pain="7", trial_id=facts.trial.id)
    assert judge_stored(session, worse, zone=ZONE).evaluation != first.evaluation
    other = replace(facts, trial=replace(facts.trial, criteria_id="immpact-30"))
    assert judge_stored(session, other, zone=ZONE).criteria.id == "immpact-30"
    assert judge_stored(session, facts, zone=ZoneInfo("Asia/Tokyo")) is not first
    learnt = replace(session.library[facts.trial.criteria_id], version="99")
    session.learn(learnt, "text")
    assert judge_stored(session, facts, zone=ZONE).criteria is learnt


def test_that_no_more_than_a_fixed_number_of_judgements_is_kept():
    kept = judged.Judged()
    first = uuid4()
    kept.keep(first, "facts", "answer")
    assert kept.again(first, "facts") == "answer"
    assert kept.again(first, "other facts") is None
    for _ in range(judged.MOST_KEPT):
        kept.keep(uuid4(), "facts", "answer")
    assert kept.again(first, "facts") is None
