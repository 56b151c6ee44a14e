"""The start page. Sources: the product design, screen 1; the evaluation specification, section 11.

Placement Sunday 15 November 2026: day 5 is Friday 20, day 6 Saturday 21.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_trial.domain.check_in import CallOutcome
from scs_trial.domain.clinic import AskAbout
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.safety import Urgency
from scs_trial.domain.trial import DecisionKind, MedicationEntry, Trial
from scs_trial.services.manage_trial import (
    EndTrial,
    diary_arrived,
    end_trial,
    record_decision,
    record_medication,
    save_trial,
)
from scs_trial.services.record_check_in import declare_missed
from scs_trial.services.register_patient import retract_patient
from scs_trial.services.report_safety import (
    ReportSafetyEvent,
    report_safety_event,
    resolve_event,
)
from scs_trial.services.today import Section, today_list
from tests.services.clinic import START, Clinic, day, pain


def fill(clinic: Clinic, trial: Trial, scores: dict[int, str | int]) -> None:
    """Record days, each on the morning after."""
    for number, score in scores.items():
        clinic.on(number + 1, "08:00").check_in(trial, number, pain(score))


def end(clinic: Clinic, trial: Trial, number: int, **fields: object) -> Trial:
    """End a trial on a day number."""
    given = {"reason": EndReason.PLANNED, **fields}
    return end_trial(
        clinic.session,
        EndTrial(
            trial_id=trial.id,
            version=clinic.stored(trial).version,
            last_full_day=day(number),
            **given,  # type: ignore[arg-type]
        ),
    )


def test_that_nothing_is_listed_on_the_day_of_placement(clinic: Clinic) -> None:
    trial = clinic.trial()
    assert clinic.section(trial) is None
    assert today_list(clinic.session).running_trials == 1


def test_that_a_row_says_who_and_where_the_trial_stands(clinic: Clinic) -> None:
    patient = clinic.patient("Okafor, Grace", "104 882", birth_date=START.replace(year=1968))
    trial = clinic.trial(patient)
    clinic.baseline(trial, 8, 8, 8)
    fill(clinic, trial, {1: 4, 2: 4, 3: 3, 4: 3})
    row = clinic.on(6, "09:41").row(trial)
    assert row is not None
    assert (row.section, row.badge, row.badge_role) == (Section.DUE, "Day 5 due", "warning")
    assert (row.day_number, row.last_day, row.age) == (6, 7, 58)
    assert row.detail == "MRN 104 882 · day 6 of 7"
    assert row.figure == "▼ 56 %"  # 100 (8 - 3.5) / 8 = 56.25, rounded down
    assert [str(mark) for mark in row.marks] == ["recorded"] * 4 + ["open"] * 3
    assert row.verdict is not None
    assert row.verdict.status_word == "on track"


def test_that_a_day_is_overdue_from_the_cut_off_hour(clinic: Clinic) -> None:
    trial = clinic.trial()
    assert clinic.on(2, "13:59").section(trial) is Section.DUE
    row = clinic.on(2, "14:00").row(trial)
    assert row is not None
    assert (row.section, row.badge, row.badge_role) == (
        Section.OVERDUE,
        "1 day missing",
        "danger",
    )
    assert str(row.marks[0]) == "overdue"


def test_that_an_overdue_row_shows_the_range_that_is_still_open(clinic: Clinic) -> None:
    trial = clinic.trial(planned_days=4)
    clinic.baseline(trial, 8, 8, 8)
    fill(clinic, trial, {1: 2, 2: 2, 3: 2})
    row = clinic.on(6).row(trial)
    assert row is not None
    # Day 4 open: mean (6 + 0) / 4 = 1.5 to (6 + 10) / 4 = 4, so 81.25 to 50 %.
    assert row.figure == "▼ 50–81 %"


def test_that_monday_lists_friday_to_sunday(clinic: Clinic) -> None:
    clinic.change_settings(days_off=frozenset({6, 7}))
    trial = clinic.trial()
    fill(clinic, trial, {1: 4, 2: 4, 3: 4, 4: 4})
    row = clinic.on(8, "09:00").row(trial)
    assert row is not None
    assert row.due_days == (day(5), day(6), day(7))
    assert (row.section, row.badge) == (Section.DUE, "Days 5–7 due")
    assert clinic.on(8, "14:00").section(trial) is Section.OVERDUE


def test_that_days_with_a_gap_are_counted_in_the_badge(clinic: Clinic) -> None:
    clinic.change_settings(cut_off_hour=24, days_off=frozenset({2, 3, 4, 5, 6, 7}))
    trial = clinic.trial()
    clinic.on(4).check_in(trial, 2)
    row = clinic.on(4).row(trial)
    assert row is not None
    assert row.badge == "2 days due"


def test_that_a_clinic_that_asks_about_today_asks_on_the_day(clinic: Clinic) -> None:
    clinic.change_settings(ask_about=AskAbout.TODAY)
    trial = clinic.trial()
    row = clinic.on(1, "09:00").row(trial)
    assert row is not None
    assert row.due_days == (day(1),)
    clinic.check_in(trial, 1)
    assert clinic.section(trial) is Section.DONE


def test_that_who_was_checked_in_today_is_done_until_midnight(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    fill(clinic, trial, {1: 4, 2: 4, 3: 4})
    row = clinic.on(4, "23:59").row(trial)
    assert row is not None
    assert (row.section, row.badge, row.figure) == (Section.DONE, "On track", "▼ 50 %")
    assert clinic.on(5, "00:00").section(trial) is Section.DUE


@pytest.mark.parametrize(
    ("scores", "badge", "figure"),
    [
        ({1: 4}, "Too early", "too early"),
        ({1: 4, 2: 4, 3: 4}, "On track", "▼ 50 %"),  # exactly 50 %
        ({1: 4, 2: 4, 3: "4.1"}, "At risk", "▼ 49 %"),  # 49.58 % never reads 50
        ({1: 9, 2: 9, 3: 9}, "At risk", "▲ 13 %"),  # -12.5 %, rounded down
        ({1: 10, 2: 10, 3: 10}, "Out of reach", "▲ 25 %"),  # 30 / 7 > 4 at best
    ],
)
def test_that_the_badge_says_the_state_in_words(
    clinic: Clinic, scores: dict[int, str | int], badge: str, figure: str
) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    fill(clinic, trial, scores)
    row = clinic.row(trial)
    assert row is not None
    assert (row.section, row.badge, row.figure) == (Section.DONE, badge, figure)


def test_that_a_trial_may_be_settled_days_before_it_ends(clinic: Clinic) -> None:
    trial = clinic.trial(planned_days=10)
    clinic.baseline(trial, 8, 8, 8)
    fill(clinic, trial, {1: 0, 2: 0, 3: 0, 4: 0, 5: 0})
    row = clinic.row(trial)
    assert row is not None
    assert row.badge == "On track"  # five open days at 10: (0 + 50) / 10 = 5, not met
    fill(clinic, trial, {6: 0})
    row = clinic.row(trial)
    assert row is not None
    assert row.badge == "Met, settled"  # four at 10: 40 / 10 = 4 is exactly 50 %


def test_that_the_last_day_and_a_removal_within_a_day_are_said(clinic: Clinic) -> None:
    trial = clinic.trial()
    fill(clinic, trial, {1: 4, 2: 4, 3: 4, 4: 4})
    assert clinic.on(5, "10:00").section(trial) is Section.DONE
    fill(clinic, trial, {5: 4})
    row = clinic.on(6, "10:00").row(trial)
    assert row is not None
    assert (row.section, row.badge) == (Section.ENDING, "Last day tomorrow")
    fill(clinic, trial, {6: 4})
    row = clinic.on(7, "10:00").row(trial)
    assert row is not None
    assert row.badge == "Last day today"
    fill(clinic, trial, {7: 4})
    row = clinic.on(9, "10:00").row(trial)
    assert row is not None
    assert (row.section, row.badge) == (Section.ENDING, "End to record")


def test_that_a_planned_removal_is_named_with_its_time(clinic: Clinic) -> None:
    removal = clinic.instant("2026-11-20T09:30").replace(tzinfo=None)
    trial = clinic.trial(lead_removal_planned_at=removal)
    fill(clinic, trial, {1: 4, 2: 4, 3: 4})
    row = clinic.on(4, "10:00").row(trial)
    assert row is not None
    assert (row.section, row.badge) == (Section.ENDING, "Lead out Fri 09:30")
    row = clinic.on(4, "10:00").row(clinic.trial(clinic.patient(), lead_removal_planned_at=removal))
    assert row is not None
    assert (row.section, row.detail.split(" · ")[-1]) == (Section.OVERDUE, "lead out Fri 09:30")
    row = clinic.on(5, "08:00").row(trial)
    assert row is not None
    assert (row.section, row.detail.split(" · ")[-1]) == (Section.DUE, "lead out today 09:30")


def test_that_an_ended_trial_waits_for_its_call_then_its_decision(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.baseline(trial, 8, 8, 8)
    fill(clinic, trial, {1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3})
    clinic.on(8, "11:00")
    removed = clinic.instant("2026-11-23T09:30").replace(tzinfo=None)
    end(clinic, trial, 7, lead_removed_at=removed)
    row = clinic.row(trial)
    assert row is not None
    assert (row.section, row.badge, row.figure) == (Section.AWAITING, "Criteria met", "▼ 62 %")
    assert row.detail.endswith("ended Sun")

    assert clinic.on(9, "09:00").section(trial) is Section.AFTER_REMOVAL
    clinic.call(trial, CallOutcome.NO_ANSWER, about=9)
    assert clinic.section(trial) is Section.AFTER_REMOVAL
    clinic.call(trial, CallOutcome.REACHED, about=9)
    assert clinic.section(trial) is Section.AWAITING

    for kind in (DecisionKind.UNDECIDED, DecisionKind.EXTEND):
        record_decision(clinic.session, trial.id, kind=kind, reason="wants to think")
        assert clinic.section(trial) is Section.AWAITING
    record_decision(
        clinic.session, trial.id, kind=DecisionKind.PERMANENT_IMPLANT, reason="relief and walking"
    )
    assert clinic.section(trial) is None


def test_that_a_decided_trial_is_still_called_after_the_removal(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8, "11:00")
    removed = clinic.instant("2026-11-23T09:30").replace(tzinfo=None)
    end(clinic, trial, 7, lead_removed_at=removed)
    record_decision(clinic.session, trial.id, kind=DecisionKind.NO_IMPLANT, reason="wish")
    assert clinic.section(trial) is None
    assert clinic.on(9).section(trial) is Section.AFTER_REMOVAL
    assert clinic.on(39).section(trial) is None


def test_that_a_call_on_the_day_of_the_removal_is_not_the_one_after_it(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8, "11:00")
    removed = clinic.instant("2026-11-23T09:30").replace(tzinfo=None)
    end(clinic, trial, 7, lead_removed_at=removed)
    clinic.on(8, "17:00").call(trial, CallOutcome.REACHED, about=8)
    assert clinic.on(9).section(trial) is Section.AFTER_REMOVAL


def test_that_a_call_after_removal_waits_for_a_clinic_day(clinic: Clinic) -> None:
    clinic.change_settings(days_off=frozenset({2}))  # Tuesday, the day after the removal
    trial = clinic.trial()
    clinic.on(8, "11:00")
    removed = clinic.instant("2026-11-23T09:30").replace(tzinfo=None)
    end(clinic, trial, 7, lead_removed_at=removed)
    assert clinic.on(9).section(trial) is Section.AWAITING
    assert clinic.on(10).section(trial) is Section.AFTER_REMOVAL


def test_that_a_diary_is_asked_for_again_after_three_days(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8, "11:00")
    end(clinic, trial, 7, awaiting_diary=True)
    for number, badge in ((8, "Diary awaited"), (9, "Diary awaited"), (10, "Ask for diary")):
        row = clinic.on(number).row(trial)
        assert row is not None
        assert (row.section, row.badge) == (Section.AWAITING, badge)
    clinic.call(trial, CallOutcome.REACHED, about=7)
    row = clinic.on(12).row(trial)
    assert row is not None
    assert row.badge == "Diary awaited"
    row = clinic.on(13).row(trial)
    assert row is not None
    assert row.badge == "Ask for diary"
    diary_arrived(clinic.session, trial.id)
    row = clinic.row(trial)
    assert row is not None
    assert row.badge == "Not assessable"


def test_that_a_trial_that_awaits_a_diary_is_not_called_about_its_days(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(8, "11:00")
    end(clinic, trial, 7, awaiting_diary=True)
    row = clinic.row(trial)
    assert row is not None
    assert row.due_days == ()


def test_that_a_trial_ended_for_safety_says_so(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.on(5)
    end(clinic, trial, 4, reason=EndReason.SAFETY)
    row = clinic.row(trial)
    assert row is not None
    assert row.badge == "Ended for safety"


def test_that_open_events_stand_first_and_hide_no_check_in(clinic: Clinic) -> None:
    calm, hurt = clinic.trial(), clinic.trial(clinic.patient("Haddad, Samir", "915"))
    clinic.on(2)
    events = [
        report_safety_event(
            clinic.session,
            ReportSafetyEvent(
                id=uuid4(),
                patient_id=patient_id,
                trial_id=None,
                finding=finding,
                urgency=urgency,
            ),
        )
        for patient_id, finding, urgency in (
            (calm.patient_id, "Itch at tape", Urgency.ROUTINE),
            (hurt.patient_id, "Fall", Urgency.NOTE),
            (hurt.patient_id, "New weakness", Urgency.EMERGENCY),
        )
    ]
    safety = today_list(clinic.session).in_section(Section.SAFETY)
    assert [(row.badge, row.badge_role, row.detail) for row in safety] == [
        ("Emergency", "danger", "MRN 915 · New weakness and 1 more"),
        ("Routine", "info", safety[1].detail),
    ]
    assert [event.finding for event in safety[0].events] == ["New weakness", "Fall"]
    assert clinic.section(hurt) is Section.DUE
    for event in events:
        resolve_event(clinic.session, event.id, resolution="seen, clear")
    assert today_list(clinic.session).in_section(Section.SAFETY) == ()


def test_that_an_event_of_a_patient_without_a_trial_is_listed(clinic: Clinic) -> None:
    patient = clinic.patient()
    report_safety_event(
        clinic.session,
        ReportSafetyEvent(
            id=uuid4(),
            patient_id=patient.id,
            trial_id=None,
            finding="Fever",
            urgency=Urgency.URGENT,
        ),
    )
    (row,) = today_list(clinic.session).rows
    assert (row.section, row.trial_id, row.patient) == (Section.SAFETY, None, patient)


def names(clinic: Clinic, section: Section) -> list[str]:
    """Return surnames of a section in calling order."""
    rows = today_list(clinic.session).in_section(section)
    return [row.patient.name.split(",")[0] for row in rows]


def test_that_calls_reorder_the_list_without_closing_the_day(clinic: Clinic) -> None:
    trials = {
        name: clinic.trial(clinic.patient(f"{name}, X")) for name in ("Aa", "Bb", "Cc", "Dd", "Ee")
    }
    clinic.on(2, "09:00")
    assert names(clinic, Section.DUE) == ["Aa", "Bb", "Cc", "Dd", "Ee"]
    clinic.call(trials["Aa"], CallOutcome.CALL_BACK, back="2026-11-17T11:00")
    clinic.call(trials["Bb"], CallOutcome.CALL_BACK, back="2026-11-17T10:00")
    clinic.on(2, "09:05").call(trials["Cc"], CallOutcome.NO_ANSWER)
    clinic.on(2, "09:10").call(trials["Dd"], CallOutcome.MESSAGE_LEFT)
    assert names(clinic, Section.DUE) == ["Ee", "Cc", "Dd", "Bb", "Aa"]
    row = clinic.row(trials["Cc"])
    assert row is not None
    assert row.last_call is not None
    assert row.due_days == (day(1),)
    assert names(clinic.on(2, "10:00"), Section.DUE) == ["Bb", "Ee", "Cc", "Dd", "Aa"]
    assert names(clinic.on(2, "11:30"), Section.DUE) == ["Bb", "Aa", "Ee", "Cc", "Dd"]


@pytest.mark.parametrize(
    ("outcome", "back", "words"),
    [
        (CallOutcome.NO_ANSWER, "", "no answer 09:12"),
        (CallOutcome.MESSAGE_LEFT, "", "message left 09:12"),
        (CallOutcome.CALL_BACK, "2026-11-17T15:00", "call back 15:00"),
        (CallOutcome.CALL_BACK, "2026-11-18T08:30", "call back Wed 08:30"),
        (CallOutcome.REACHED, "", ""),
    ],
)
def test_that_a_row_says_what_came_of_the_last_call(
    clinic: Clinic, outcome: CallOutcome, back: str, words: str
) -> None:
    trial = clinic.trial()
    clinic.on(2, "09:12").call(trial, outcome, back=back)
    row = clinic.on(2, "10:00").row(trial)
    assert row is not None
    assert row.call == words


def test_that_yesterdays_no_answer_does_not_put_anybody_last(clinic: Clinic) -> None:
    first = clinic.trial(clinic.patient("Aa, X"))
    clinic.trial(clinic.patient("Bb, X"))
    clinic.on(2, "09:00").call(first, CallOutcome.NO_ANSWER)
    assert names(clinic, Section.DUE) == ["Bb", "Aa"]
    clinic.on(3, "09:00")
    assert names(clinic, Section.OVERDUE) == ["Aa", "Bb"]


def test_that_who_waits_longest_is_called_first(clinic: Clinic) -> None:
    late = clinic.trial(clinic.patient("Zz, X"))
    clinic.trial(clinic.patient("Aa, X"), trial_start=day(1))
    clinic.on(3, "09:00")
    declare_missed(clinic.session, late.id, [])
    assert names(clinic, Section.OVERDUE) == ["Zz"]
    assert names(clinic, Section.DUE) == ["Aa"]
    clinic.on(3, "15:00")
    assert names(clinic, Section.OVERDUE) == ["Zz", "Aa"]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Europe/Berlin", "Pacific/Auckland"])
def test_that_calls_around_midnight_belong_to_the_clinics_day(clinic: Clinic, zone: str) -> None:
    clinic.change_settings(zone=zone)
    clinic.settings = clinic.session.settings()
    trial = clinic.trial()
    assert clinic.on(1, "23:59").section(trial) is None
    assert clinic.on(2, "00:01").section(trial) is Section.DUE
    clinic.check_in(trial, 1)
    assert clinic.on(2, "23:59").section(trial) is Section.DONE


def test_that_a_day_of_23_or_25_hours_is_one_day(clinic: Clinic) -> None:
    # Europe/Berlin leaves summer time on 25 October 2026 and enters it on 29 March 2026.
    for start in ("2026-10-24", "2026-03-28"):
        trial = clinic.trial(clinic.patient(), trial_start=day(0).fromisoformat(start))
        first = trial.trial_start
        assert first is not None
        days = [first + timedelta(days=number) for number in range(4)]
        clinic.at(f"{days[1]}T23:59")
        assert clinic.section(trial) is None
        row = clinic.at(f"{days[2]}T00:00").row(trial)
        assert row is not None
        assert row.due_days == (days[1],)
        assert clinic.at(f"{days[2]}T14:00").section(trial) is Section.OVERDUE


def test_that_half_set_up_future_and_retracted_trials_are_not_called(clinic: Clinic) -> None:
    clinic.trial(trial_start=None)
    clinic.trial(clinic.patient("Later, X"), trial_start=day(20))
    wrong = clinic.trial(clinic.patient("Wrong, X"))
    clinic.on(3)
    retract_patient(clinic.session, wrong.patient_id, reason="test entry")
    listed = today_list(clinic.session)
    assert listed.rows == ()
    assert listed.running_trials == 0


def test_that_a_trial_whose_criteria_are_unknown_is_still_called(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.session = replace(clinic.session, library={}, library_texts={})
    row = clinic.on(2).row(trial)
    assert row is not None
    assert (row.badge, row.figure, row.verdict) == ("Day 1 due", "", None)


def test_that_values_of_day_zero_and_baseline_answer_nothing(clinic: Clinic) -> None:
    trial = clinic.trial()
    clinic.check_in(trial, 0, pain(7))
    clinic.check_in(trial, 0, {Series("pain_average"): Decimal(8)}, phase=Phase.BASELINE)
    row = clinic.on(2).row(trial)
    assert row is not None
    assert row.due_days == (day(1),)


def test_that_an_extended_trial_is_due_again(clinic: Clinic) -> None:
    trial = clinic.trial(planned_days=1)
    clinic.on(2).check_in(trial, 1)
    assert clinic.on(3).section(trial) is Section.ENDING
    save_trial(
        clinic.session,
        replace(clinic.stored(trial), planned_days=3),
        reason="extended",
    )
    assert clinic.section(trial) is Section.DUE


def test_that_the_medication_list_counts_on_the_start_page(clinic: Clinic) -> None:
    trials = [
        clinic.trial(clinic.patient(f"{name}, X"), criteria_id="relief-and-stable")
        for name in ("Aa", "Bb")
    ]
    for trial in trials:
        clinic.baseline(trial, 8, 8, 8)
    more = MedicationEntry(
        id=uuid4(), trial_id=trials[1].id, drug="oxycodone", amount=Decimal(20), from_day=day(1)
    )
    for trial in trials:
        first = replace(more, id=uuid4(), trial_id=trial.id, amount=Decimal(10), from_day=day(-9))
        record_medication(clinic.session, first)
    record_medication(clinic.session, more)
    activity = Series("activity_score")
    for number in (1, 2, 3):
        for trial in trials:
            values = {**pain(2), activity: Decimal(5)}
            clinic.on(number + 1).check_in(trial, number, values)
    words = {}
    for trial in trials:
        row = clinic.row(trial)
        assert row is not None
        assert row.verdict is not None
        opioids = next(line for line in row.verdict.lines if line.leaf_id == "opioids")
        words[row.patient.name] = opioids.status
    assert words == {"Aa, X": "met", "Bb, X": "not_met"}
