"""The checklist says what is documented and what is missing, and never what a payer decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scs_trial.domain.measures import Series
from scs_trial.domain.trial import Candidacy, PriorTreatment, TreatmentKind
from scs_trial.reports.coverage import coverage
from scs_trial.reports.coverage_checklist import held_for
from scs_trial.reports.coverage_types import Coverage, Documented
from scs_trial.services.review_trial import TrialReview
from tests.reports import samples


def under(criteria_id: str, review: TrialReview) -> Coverage:
    return coverage(review, samples.library().criteria[criteria_id], samples.catalogue())


def judged_by(criteria_id: str, review: TrialReview) -> Coverage:
    trial = replace(review.trial, criteria_id=criteria_id)
    made = samples.review(review.check_ins, trial=trial, patient=review.patient)
    return under(criteria_id, made)


@pytest.mark.parametrize("criteria_id", sorted(samples.library().criteria))
def test_that_every_test_and_every_point_has_a_row_with_source_and_date(criteria_id: str) -> None:
    criteria = samples.library().criteria[criteria_id]
    found = judged_by(criteria_id, samples.week_met())
    asked = [row.asked for row in found.rows]
    assert [item.text for item in criteria.checklist] == asked[
        len(asked) - len(criteria.checklist) :
    ]
    assert found.source == criteria.source
    assert found.evidence.startswith("Evidence: ")
    assert str(criteria.checked_on.year) in found.evidence
    assert found.rule


def test_that_a_point_is_documented_exactly_when_nothing_is_missing() -> None:
    for name in samples.SAMPLES:
        review = samples.SAMPLES[name]()
        criteria_id = "medicare-style"
        made = judged_by(criteria_id, review) if review.diary else under(criteria_id, review)
        for row in made.rows:
            assert (row.state is Documented.YES) == (row.missing == ""), row


def test_that_a_rule_says_its_figure_and_status() -> None:
    rows = judged_by("medicare-style", samples.week_met()).rows
    assert rows[0].held == "57.3 %: met (7 recorded days)"
    assert rows[3].missing == "the clinician's answer"


def test_that_missing_values_are_named() -> None:
    rows = judged_by("belgium", samples.bare()).rows
    assert rows[0].missing == "no baseline value; 0 of 3 days recorded"
    assert rows[0].state is Documented.NO


def test_that_a_short_trial_misses_days() -> None:
    # uk-nice asks for five days; the sample ended for safety on day 3.
    length = judged_by("uk-nice", samples.ended_for_safety()).rows[-1]
    assert (length.held, length.missing) == ("3 days", "2 days fewer than asked")


def test_that_an_unplaced_trial_misses_its_placement() -> None:
    found = under("medicare-style", samples.not_placed())
    assert found.summary == "0 of 10 points documented."
    assert "placement date" in found.rows[0].missing


def test_that_the_rule_named_is_the_rule_that_judged() -> None:
    review = samples.week_met()
    assert review.evaluation is not None
    found = under("medicare-style", review)
    assert found.criteria.startswith(review.evaluation.criteria.title)
    assert found.source == review.evaluation.criteria.source


def test_that_criteria_that_cannot_be_read_are_said() -> None:
    found = coverage(samples.not_placed(), None, samples.catalogue())
    assert found.rows == ()
    assert "can't be read" in found.summary


def with_candidacy(**changes: object) -> TrialReview:
    review = samples.bare()
    candidacy = Candidacy(**changes)  # type: ignore[arg-type]
    return replace(review, trial=replace(review.trial, candidacy=candidacy))


@pytest.mark.parametrize(
    ("point", "changes", "words", "missing"),
    [
        ("psychological-screening", {}, (), ("the date", "by whom")),
        (
            "behavioural-health",
            {"screening_on": date(2026, 10, 2)},
            ("screening 2 Oct 2026",),
            ("by whom",),
        ),
        (
            "mental-health",
            {"screening_on": date(2026, 10, 2), "screening_by": "Dr L. Meyer"},
            ("screening 2 Oct 2026", "by Dr L. Meyer"),
            ("the result: show it on paper",),
        ),
        (
            "patient-education",
            {"education_on": date(2026, 11, 16), "consent_on": date(2026, 11, 10)},
            ("education 16 Nov 2026", "consent 10 Nov 2026"),
            ("education before the placement",),
        ),
        (
            "conservative-care",
            {"conservative_care_completed": False},
            ("not completed",),
            ("its completion", "the treatments with dates"),
        ),
        ("late-option", {}, (), ("other treatments, tried, unsuitable or refused",)),
        (
            "target-pain",
            {},
            (),
            ("where it is felt", "the indication", "its cause (history)"),
        ),
        ("odi", {}, (), ("an ODI total before the trial",)),
        ("of-our-own", {}, (), ("the record has no place for this: show it on paper",)),
    ],
)
def test_that_a_point_says_what_is_held_and_missing(
    point: str, changes: dict[str, object], words: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    found = held_for(point, with_candidacy(**changes))
    assert (found.words, found.missing) == (words, missing)


def test_that_a_treatment_without_date_or_result_is_named() -> None:
    review = samples.bare()
    trial = replace(review.trial, prior_treatments=(PriorTreatment(kind=TreatmentKind.INJECTIONS),))
    changed = replace(review, trial=trial)
    assert "dates of injections" in held_for("conservative-care", changed).missing
    assert "result of injections" in held_for("late-option", changed).missing


def test_that_the_latest_odi_before_the_trial_is_shown() -> None:
    made = samples.check_ins({}, {"odi": (44, 46)})
    assert Series("odi") in made[0].values
    found = held_for("odi", samples.review(made))
    # Baseline days of the sample begin five days before the placement on 15 Nov.
    assert found.words == ("ODI 46 % on 11 Nov 2026, of 2 totals, the latest",)
    assert found.missing == ()
