"""The page says what the record holds, and says so where it holds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from scs_trial.domain.course import Course
from scs_trial.reports.profile_content import profile_content
from scs_trial.reports.profile_types import ProfileContent
from scs_trial.reports.rule_words import compact_rule
from scs_trial.services.review_trial import TrialReview
from tests.reports import samples


def content_of(review: TrialReview) -> ProfileContent:
    return profile_content(review, printed_at=samples.PRINTED_AT, printed_by="Dr B. Stone")


def test_that_the_page_uses_the_verdict_of_the_screen_word_for_word() -> None:
    review = samples.running()
    assert review.verdict is not None
    page = content_of(review).verdict
    assert page.headline == review.verdict.headline
    assert page.sentences[1:] == (review.verdict.sentence, review.verdict.methods)
    assert page.sentences[0].startswith(review.verdict.figure)
    assert page.cautions == tuple(finding.text for finding in review.verdict.cautions)
    assert page.notes == tuple(finding.text for finding in review.verdict.notes)


def test_that_the_print_time_stands_in_the_clinics_zone() -> None:
    # 09:12 UTC is 10:12 in Berlin in November.
    assert content_of(samples.week_met()).printed == "printed 23 Nov 2026 10:12 by Dr B. Stone"


def test_that_evidence_counts_days_capture_baseline_and_safety() -> None:
    # Seven days recorded, day 4 captured the day after; baseline 8 7 8 8 7.5, mean 38.5 / 5 = 7.7.
    assert [(entry.text, entry.label) for entry in content_of(samples.week_met()).evidence] == [
        ("7 of 7", "days recorded"),
        ("6 · 1 · 0", "same day · next day · later"),
        ("5", "baseline days, mean 7.7 (7–8)"),
        ("7 of 7", "days with safety asked, no finding"),
    ]


def test_that_an_unknown_capture_time_is_said() -> None:
    review = samples.week_met()
    assert review.diary is not None
    days = tuple(replace(day, recorded_at=None) for day in review.diary.days)
    page = content_of(replace(review, diary=replace(review.diary, days=days)))
    assert page.evidence[1].text == "0 · 0 · 0 · 7"
    assert page.evidence[1].label.endswith("time not documented")


def test_that_missing_history_reads_not_documented() -> None:
    page = content_of(samples.bare())
    for words in (
        "months of pain not documented",
        "conservative care not documented",
        "psychological screening not documented",
        "consent not documented",
    ):
        assert words in page.before
    assert [entry.text for entry in page.identity if entry.label == "Indication"] == [
        "not documented"
    ]
    assert page.evidence[2].label == "baseline days: the baseline is missing"


def test_that_a_trial_without_placement_has_no_verdict() -> None:
    page = content_of(samples.not_placed())
    assert page.verdict.headline == "No verdict"
    assert (page.evidence, page.criteria, page.methods, page.course) == ((), (), (), None)


def test_that_missing_criteria_are_not_taken_for_a_missing_placement() -> None:
    review = replace(samples.week_met(), evaluation=None, verdict=None, course=None)
    assert "criteria are missing" in content_of(review).verdict.sentences[0]


def test_that_a_running_trial_says_so_far_and_never_final() -> None:
    page = content_of(samples.running()).verdict
    assert "so far" in page.headline + page.state
    assert "running" in page.state


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_that_an_unsigned_page_never_says_final(name: str) -> None:
    review = samples.SAMPLES[name]()
    page = content_of(replace(review, signatures=(), changed_since=False)).verdict
    assert page.state.endswith("not signed")
    assert "final" not in (page.headline + page.state).lower()


def test_that_a_trial_ended_for_safety_says_so_first_and_shows_its_open_flag() -> None:
    page = content_of(samples.ended_for_safety()).verdict
    assert page.headline.startswith("Ended for safety on day 3")
    assert page.red_flags == ("Open, urgent: fever 38.4 C, redness at the lead exit",)


def test_that_a_resolved_finding_is_no_red_flag_and_tells_its_story() -> None:
    page = content_of(samples.long_notes())
    assert page.verdict.red_flags == ()
    story = page.safety[0]
    for words in ("18 Nov 2026 17:40 urgent", "told Dr B. Stone", "resolved 19 Nov 2026 17:40"):
        assert words in story


def test_that_methods_share_a_line_only_with_the_same_result() -> None:
    rows = content_of(samples.running()).methods
    assert [(row.label, row.values, row.result) for row in rows][:2] == [
        ("Mean from day 0 / 1", "48.0 / 48.0 %", "not met"),
        ("Mean from day 2", "56.7 %", "met"),
    ]


def test_that_a_goal_shows_its_baseline_and_its_last_value() -> None:
    assert "Goal, walk to the shop: 2.0 → 8." in content_of(samples.week_met()).words


def test_that_a_decision_is_printed_with_reason_and_decider() -> None:
    assert content_of(samples.week_met()).decision == (
        "Permanent implant. “Relief and function agree with the goal; team review 20 Nov.” "
        "Dr B. Stone, 23 Nov 2026 10:11.",
    )
    assert content_of(samples.running()).decision == ("No decision is recorded.",)


def test_that_long_history_is_continued_and_nothing_is_lost() -> None:
    review = samples.long_notes()
    page = content_of(review)
    assert len(page.before) < 1000
    joined = page.before.removesuffix(" … (continued in 9)") + page.before_continued.replace(
        "… ", " ", 1
    )
    assert review.trial.history.strip() in joined


def test_that_the_hash_names_the_record_and_not_the_printing() -> None:
    review = samples.week_met()
    first = content_of(review)
    later = profile_content(
        review, printed_at=samples.PRINTED_AT + timedelta(days=3), printed_by="Nurse"
    )
    assert first.content_hash == later.content_hash
    assert first.content_hash != content_of(samples.running()).content_hash


def test_that_the_hash_follows_an_exact_value_that_prints_the_same() -> None:
    review = samples.week_met()
    assert review.course is not None
    row = review.course.rows[0]
    assert row.mean is not None
    moved = replace(row, mean=row.mean + Fraction(1, 10**9))
    course = replace(review.course, rows=(moved, *review.course.rows[1:]))
    changed = content_of(replace(review, course=course))
    assert changed.content_hash != content_of(review).content_hash


def test_that_what_only_the_screen_marks_is_not_on_the_page() -> None:
    review = samples.running()
    assert review.course is not None
    marked = replace(
        review.course,
        columns=tuple(replace(day, is_today=True) for day in review.course.columns),
    )
    page = content_of(replace(review, course=marked))
    assert isinstance(page.course, Course)
    assert page.content_hash == content_of(review).content_hash


def test_that_a_rule_folds_into_one_paragraph() -> None:
    text = (
        "Title (x, version 1)\n\nCriteria are met when this holds:\n  All of these:\n    a\n    b\n"
    )
    assert compact_rule(text) == (
        "Title (x, version 1). Criteria are met when this holds: All of these: (a; b)."
    )
