"""The course: days, rows, figures and thresholds.

Expected values: the design's picture of the main window (synthetic patient), and arithmetic by
hand where a test says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from scs_trial.domain.course import Cell, CellState, ColumnKind, Course, CourseRow, EventMark
from scs_trial.domain.course_columns import program_label
from scs_trial.domain.diary import DiaryDay, EndReason, Phase
from scs_trial.domain.measures import Series
from tests.domain import sample_diary as sample


def row(course: Course, column: str) -> CourseRow:
    return next(r for r in course.rows if r.series == sample.series(column))


def texts(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in cells]


@pytest.mark.parametrize(
    ("column", "baseline", "days", "mean", "change"),
    [
        # the picture: 7.7; 5 4 3 3; 3.8 (half-even of 3.75); relief 51.2 %
        ("pain_average", "7.7", "5 4 3 3 · · ·", "3.8", "−51.2 %"),
        ("pain_worst", "8.8", "8 6 5 4 · · ·", "5.8", "−34.6 %"),
        ("pain_average[left leg]", "7.0", "5 4 3 2 · · ·", "3.5", "−50.0 %"),
        ("activity_score", "3.0", "2 4 5 6 · · ·", "4.2", "+41.6 %"),
        ("walking_minutes", "12.0", "10 18 25 35 · · ·", "22.0", "+83.3 %"),
        ("sleep_hours", "4.5", "5 5.5 6 6.5 · · ·", "5.8", "+27.7 %"),
        ("mme", "45.0", "45 30 30 15 · · ·", "30.0", "−33.3 %"),
    ],
)
def test_that_a_row_shows_baseline_days_mean_and_change(
    column: str, baseline: str, days: str, mean: str, change: str
) -> None:
    found = row(sample.course(), column)
    assert found.baseline_text == baseline
    assert " ".join(texts(found.cells)) == days
    assert found.mean_text == mean
    assert found.change_text == change
    assert found.change_is_better is True


def test_that_rows_stand_target_first_then_regions_then_function() -> None:
    titles = [r.title for r in sample.course().rows]
    assert titles == [
        "Low back, average",
        "Low back, worst",
        "Low back, least",
        "Left leg, average",
        "Usual activity, 0–10",
        "Walking, min",
        "Sleep, h",
        "Opioids, MME",
    ]


def test_that_days_run_from_1_to_the_last_and_know_today_and_the_day_asked() -> None:
    columns = sample.course().columns
    assert [c.day_number for c in columns] == [1, 2, 3, 4, 5, 6, 7]
    assert {c.kind for c in columns} == {ColumnKind.COUNTED}
    assert [c.day_number for c in columns if c.is_today] == [6]
    assert [c.day_number for c in columns if c.is_asked] == [5]


def test_that_the_baseline_column_names_its_days() -> None:
    assert sample.course().baseline_label == "10–14 Nov"
    assert sample.course(sample.diary(baseline={})).baseline_label == ""


def test_that_day_0_is_shown_and_not_counted_when_it_has_answers() -> None:
    zero = DiaryDay(
        day=sample.START, phase=Phase.TRIAL, values={Series("pain_average"): Decimal(9)}
    )
    given = sample.diary()
    course = sample.course(sample.diary_with(given, zero))
    assert course.columns[0].kind is ColumnKind.PLACEMENT
    pain = row(course, "pain_average")
    assert texts(pain.cells)[0] == "9"
    assert pain.mean == Fraction(15, 4)


def test_that_day_0_is_shown_when_it_has_an_event() -> None:
    event = EventMark(day_number=0, kind="safety", text="Headache")
    assert sample.course(events=(event,)).columns[0].kind is ColumnKind.PLACEMENT


def test_that_answers_after_the_last_day_are_shown_outside_and_not_counted() -> None:
    late = DiaryDay(
        day=sample.START + timedelta(days=9),
        phase=Phase.TRIAL,
        values={Series("pain_average"): Decimal(1)},
    )
    course = sample.course(sample.diary_with(sample.diary(), late))
    assert [c.day_number for c in course.columns][-3:] == [7, 8, 9]
    assert course.columns[-1].kind is ColumnKind.OUTSIDE
    assert row(course, "pain_average").mean == Fraction(15, 4)


def test_that_a_stray_answer_months_later_does_not_make_months_of_columns() -> None:
    late = DiaryDay(
        day=sample.START + timedelta(days=400),
        phase=Phase.TRIAL,
        values={Series("pain_average"): Decimal(1)},
    )
    assert len(sample.course(sample.diary_with(sample.diary(), late)).columns) == 21


def test_that_a_day_is_missed_excluded_open_or_empty() -> None:
    given = sample.diary({"pain_average": "5 missed - 3"})
    off = DiaryDay(
        day=sample.START + timedelta(days=5),
        phase=Phase.TRIAL,
        values={Series("pain_average"): Decimal(8)},
        stimulation_off=True,
    )
    pain = row(sample.course(sample.diary_with(given, off)), "pain_average")
    assert [cell.state for cell in pain.cells] == [
        CellState.RECORDED,
        CellState.MISSED,
        CellState.OPEN,
        CellState.RECORDED,
        CellState.EXCLUDED,
        CellState.OPEN,
        CellState.OPEN,
    ]
    assert texts(pain.cells) == ["5", "–", "·", "3", "(8)", "·", "·"]
    assert pain.mean == 4


def test_that_days_without_a_value_are_empty_once_the_trial_is_final() -> None:
    given = sample.diary(
        {"pain_average": "5 - 3"},
        trial_ended=sample.START + timedelta(days=3),
        end_reason=EndReason.PLANNED,
    )
    cells = row(sample.course(given), "pain_average").cells
    assert [cell.state for cell in cells] == [
        CellState.RECORDED,
        CellState.EMPTY,
        CellState.RECORDED,
    ]


def test_that_the_day_being_typed_is_a_draft() -> None:
    given = sample.diary({"pain_average": "5 4 3 3 2"})
    pain = row(sample.course(given, draft_day=date(2026, 11, 20)), "pain_average")
    assert pain.cells[4].state is CellState.DRAFT
    assert pain.cells[4].text == "2"


def test_that_the_first_strip_has_worst_least_and_the_exact_threshold() -> None:
    strip = sample.course().strips[0]
    assert strip.title == "Low back, average"
    assert strip.worst is not None and strip.least is not None
    assert strip.threshold == Fraction("3.85")
    assert strip.threshold_text == "50 % relief 3.85"


def test_that_each_region_has_a_strip_against_its_own_baseline() -> None:
    strips = sample.course().strips
    assert [s.title for s in strips] == ["Low back, average", "Left leg, average"]
    assert strips[1].threshold == Fraction("3.5")


def test_that_a_printed_threshold_is_never_one_that_would_fail() -> None:
    # 55/7 / 2 = 3.928571...: 3.93 would be 49.98 % relief
    given = sample.diary(baseline={"pain_average": "8 7 8 9 7 8 8"})
    assert sample.course(given).strips[0].threshold_text == "50 % relief 3.92"


def test_that_there_is_no_threshold_without_a_baseline_and_no_change_either() -> None:
    course = sample.course(sample.diary(baseline={}))
    assert course.strips[0].threshold is None
    assert course.strips[0].threshold_text == ""
    pain = row(course, "pain_average")
    assert (pain.baseline_text, pain.change_text, pain.change_is_better) == ("–", "–", None)
    assert "no baseline" in course.summary


@pytest.mark.parametrize(
    ("baseline", "trial", "change", "better"),
    [
        ("0", "2 2 2", "+2.0", False),  # no percentage of nothing
        ("0", "0 0 0", "0.0", None),
        ("5", "6 6 6", "+20.0 %", False),  # the specification, section 10: -20 %
        ("7", "4.9 4.9 4.9", "−30.0 %", True),  # the specification, section 10: exactly 30 %
        ("10", "5.004 5.004 5.004", "−49.9 %", True),  # never printed as 50
        ("3", "3 3 3", "0.0 %", None),
    ],
)
def test_that_change_is_in_percent_where_that_makes_sense(
    baseline: str, trial: str, change: str, better: bool | None
) -> None:
    given = sample.diary({"pain_average": trial}, baseline={"pain_average": baseline})
    pain = row(sample.course(given), "pain_average")
    assert (pain.change_text, pain.change_is_better) == (change, better)


def test_that_a_scale_without_a_true_zero_changes_in_points() -> None:
    given = sample.diary({"promis_pf": "40"}, baseline={"promis_pf": "35"})
    assert row(sample.course(given), "promis_pf").change_text == "+5.0"


def test_that_digits_nobody_reads_are_rounded_and_kept() -> None:
    given = sample.diary({"pain_average": "6.859999999999999 7.0"})
    cells = row(sample.course(given), "pain_average").cells
    assert texts(cells)[:2] == ["6.9", "7"]
    assert cells[0].value == Decimal("6.859999999999999")


def test_that_older_baseline_values_are_shown_as_not_used() -> None:
    old = DiaryDay(
        day=sample.START - timedelta(days=20),
        phase=Phase.BASELINE,
        values={Series("pain_average"): Decimal(2)},
    )
    course = sample.course(sample.diary_with(sample.diary(), old))
    points = row(course, "pain_average").baseline_points
    assert [(p.day_number, p.used) for p in points][:2] == [(-20, False), (-5, True)]
    assert course.baseline_label == "10–14 Nov"


def test_that_program_bands_follow_the_diary_then_the_ledger() -> None:
    bands = sample.course().bands
    assert [(b.label, b.first_day, b.last_day) for b in bands] == [
        ("P1 tonic 50 Hz", 1, 2),
        ("P2 burst", 3, 7),
    ]
    without = sample.course(sample.diary(programs=()))
    assert [(b.label, b.first_day, b.last_day) for b in without.bands] == [
        ("P1 tonic 50 Hz", 1, 2),
        ("P2 burst", 3, 7),
    ]
    assert sample.course(sample.diary(programs=()), programs=()).bands == ()


def test_that_the_summary_says_what_the_plot_shows() -> None:
    assert sample.course().summary == (
        "Low back, average: baseline 7.7; day 1 5, day 2 4, day 3 3, day 4 3; "
        "3 of 7 days without a value; mean 3.8, change −51.2 %, better; "
        "50 % relief 3.85 or below."
    )


def test_that_a_trial_that_ended_on_day_0_still_has_a_course() -> None:
    given = sample.diary({}, trial_ended=sample.START, end_reason=EndReason.SAFETY)
    assert [c.kind for c in sample.course(given).columns] == [ColumnKind.PLACEMENT]


def test_that_the_order_of_the_diary_does_not_matter() -> None:
    given = sample.diary()
    turned = sample.diary_with(given, days=tuple(reversed(given.days)))
    assert sample.course(turned) == sample.course(given)


def test_that_goals_carry_the_patients_words() -> None:
    course = sample.course(sample.diary({"goal_1": "2 4"}), goals=("walk to the shop",))
    assert row(course, "goal_1").title == "Goal: walk to the shop"


def test_that_a_row_without_values_is_offered_only_while_values_may_come() -> None:
    running = sample.course(sample.diary({"pain_average": "5 4 3"}, baseline={}))
    assert "Sleep, h" in [r.title for r in running.rows]
    ended = sample.diary(
        {"pain_average": "5 4 3"},
        baseline={},
        trial_ended=sample.START + timedelta(days=3),
        end_reason=EndReason.PLANNED,
    )
    titles = [r.title for r in sample.course(ended).rows]
    assert titles == ["Low back, average", "Left leg, average"]


@pytest.mark.parametrize(
    ("name", "label"),
    [("P1", "P1 tonic 50 Hz"), ("P1 Tonic", "P1 Tonic 50 Hz"), ("tonic 50 Hz", "tonic 50 Hz")],
)
def test_that_a_program_says_nothing_twice(name: str, label: str) -> None:
    assert program_label(replace(sample.ledger()[0], name=name)) == label


def test_that_days_before_the_first_named_program_have_no_band() -> None:
    late = sample.ledger()[1]
    bands = sample.course(sample.diary(programs=()), programs=(late,)).bands
    assert [(b.label, b.first_day, b.last_day) for b in bands] == [("P2 burst", 3, 7)]


def test_that_a_worse_mean_is_called_worse_in_the_summary() -> None:
    given = sample.diary({"pain_average": "9 9 9"})
    assert ", worse;" in sample.course(given).summary
    same = sample.diary({"pain_average": "7.7 7.7 7.7"})
    assert "change 0.0 %;" in sample.course(same).summary
