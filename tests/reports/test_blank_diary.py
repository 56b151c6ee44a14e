"""The diary asks what the trial asks, in plain words, with the clinic's safety questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scs_trial.domain.trial import Trial
from scs_trial.reports.blank_diary import DiaryContent, diary_content
from scs_trial.reports.diary_words import PLAIN_WORDS
from scs_trial.services.review_trial import TrialReview
from tests.reports import samples, sheets


def content_of(review: TrialReview, today: date = samples.PLACED) -> DiaryContent:
    return diary_content(sheets.with_clinic(review), catalogue=samples.catalogue(), today=today)


def asked_with(trial: Trial) -> list[str]:
    return [ask.words for ask in content_of(replace(samples.running(), trial=trial)).weeks[0].asks]


def test_that_only_what_the_trial_asks_is_asked() -> None:
    trial = replace(samples.SETUP, measures_asked=("pain_average", "goal_1", "sleep_hours", "peg"))
    assert asked_with(trial) == [
        "Pain on average – low back",
        "My goal: walk to the shop",
        "Sleep last night",
    ]


def test_that_every_region_has_its_line() -> None:
    trial = replace(samples.SETUP, measures_asked=("pain_average",), other_regions=("left leg",))
    assert asked_with(trial) == ["Pain on average – low back", "Pain on average – left leg"]


def test_that_who_takes_no_opioids_is_not_asked_about_them() -> None:
    trial = replace(samples.SETUP, measures_asked=("pain_average", "mme"), takes_no_opioids=True)
    assert asked_with(trial) == ["Pain on average – low back"]


def test_that_a_pain_line_replaces_its_box() -> None:
    trial = replace(
        samples.SETUP,
        pain_measure="pain_vas",
        measures_asked=("sleep_hours",),
        other_regions=("left leg",),
    )
    (week,) = content_of(replace(samples.running(), trial=trial)).weeks
    assert [ask.words for ask in week.asks] == ["Sleep last night"]
    assert week.lines == ("low back", "left leg")


def test_that_days_are_dated_from_the_placement() -> None:
    # Placed on Sunday 15 Nov 2026: day 1 is Monday the 16th, day 7 Sunday the 22nd.
    (week,) = content_of(samples.running()).weeks
    assert week.days[0] == ("Mon 16 Nov", "day 1")
    assert week.days[6] == ("Sun 22 Nov", "day 7")


def test_that_ten_days_take_a_second_sheet_of_three() -> None:
    weeks = content_of(
        replace(samples.running(), trial=replace(samples.SETUP, planned_days=10))
    ).weeks
    assert [len(week.days) for week in weeks] == [7, 3]
    assert [week.title for week in weeks] == [
        "During the trial, week 1 of 2",
        "During the trial, week 2 of 2",
    ]


def test_that_before_the_placement_the_baseline_comes_first_without_safety_questions() -> None:
    weeks = content_of(samples.running(), date(2026, 11, 14)).weeks
    assert [week.title for week in weeks] == ["Before the trial", "During the trial"]
    assert [week.with_safety for week in weeks] == [False, True]
    assert set(weeks[0].days) == {("", "")}


def test_that_safety_questions_stand_under_how_soon_to_call() -> None:
    content = content_of(samples.running())
    assert [group.title for group in content.safety] == [
        "Call us at once",
        "Call us the same day",
        "Tell us at the next call",
    ]
    letters = [letter for group in content.safety for letter, _ in group.questions]
    assert letters == list("ABCDEFGHIJ")
    asked = [words for group in content.safety for _, words in group.questions]
    assert sorted(asked) == sorted(item.question for item in sheets.SETTINGS.safety.items)
    assert {group.telephones for group in content.safety} == {(sheets.TELEPHONE,)}


def test_that_a_number_of_its_own_goes_with_its_questions() -> None:
    items = sheets.SETTINGS.safety.items
    safety = replace(
        sheets.SETTINGS.safety,
        items=(replace(items[0], number="112 233"), *items[1:]),
        approved_by="Dr B. Stone",
    )
    settings = replace(sheets.SETTINGS, safety=safety)
    review = replace(samples.running(), settings=settings)
    content = diary_content(review, catalogue=samples.catalogue(), today=samples.PLACED)
    assert content.safety[0].telephones == ("112 233", sheets.TELEPHONE)
    assert "not approved" not in content.safety_version


def test_that_wording_which_nobody_approved_says_so() -> None:
    assert content_of(samples.running()).safety_version.endswith("that the clinic has not approved")


def test_that_every_daily_measure_has_plain_words() -> None:
    daily = {code for code, measure in samples.catalogue().items() if measure.asked == "daily"}
    assert daily - set(PLAIN_WORDS) == {"pain_vas"}
