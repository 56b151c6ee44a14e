"""Other criteria on the same diary (product page, screen 7)."""

from dataclasses import replace

from scs_trial.services.also_evaluated import also_evaluated
from scs_trial.services.review_trial import reload_workspace
from tests.records import make_session
from tests.ui.desk.test_clinic_desk import start_trial


def test_that_every_other_rule_is_shown_and_the_trials_own_is_not(tmp_path):
    session = make_session(tmp_path)
    trial = start_trial(session, "Okafor, Grace", "104882")
    review = reload_workspace(session, trial.patient_id, trial_id=trial.id).review
    shown = also_evaluated(session, review)
    assert {rule.criteria_id for rule in shown} == session.library.keys() - {trial.criteria_id}
    own = review.verdict.lines[0]
    immpact = next(rule for rule in shown if rule.criteria_id == "immpact-30")
    assert own.value in immpact.lines[0]
    assert "30 %" in immpact.lines[0]
    assert all(rule.headline for rule in shown)


def test_that_a_trial_without_a_placement_date_has_none(tmp_path):
    session = make_session(tmp_path)
    trial = start_trial(session, "Okafor, Grace", "104882")
    review = reload_workspace(session, trial.patient_id, trial_id=trial.id).review
    assert also_evaluated(session, replace(review, diary=None)) == ()
