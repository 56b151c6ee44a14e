"""The made-up clinic shows every state that the start page and the verdict know.

Each expected state is read through the same use cases as a screen reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scs_trial.clock import FixedClock
from scs_trial.demo.build import build_demo
from scs_trial.demo.stage import made_id
from scs_trial.demo.story import read_cast
from scs_trial.domain.result import Status
from scs_trial.services.review_trial import TrialReview, Workspace, open_workspace
from scs_trial.services.session import Session
from scs_trial.services.today import Section, TodayRow, today_list
from tests.records import CHEAP

SATURDAY_MORNING = datetime(2026, 11, 21, 9, 41, tzinfo=UTC)
KEYS = [story.shows for story in read_cast(date(2026, 11, 21))]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    session = build(tmp_path_factory.mktemp("demo"), SATURDAY_MORNING)
    yield session
    session.records.close()


def build(folder: Path, now: datetime) -> Session:
    return build_demo(folder / "demo.scs", clock=FixedClock(now), cost=CHEAP)


def workspace(session: Session, key: str) -> Workspace:
    return open_workspace(session, made_id(key, "patient"))


def review(session: Session, key: str) -> TrialReview:
    found = workspace(session, key).review
    assert found is not None
    return found


def row(session: Session, key: str) -> TodayRow:
    """Return the patient's row outside the safety section."""
    (found,) = [
        entry
        for entry in today_list(session).rows
        if entry.patient.id == made_id(key, "patient") and entry.section is not Section.SAFETY
    ]
    return found


def raises(code: str) -> Callable[[Session, str], bool]:
    def holds(session: Session, key: str) -> bool:
        evaluation = review(session, key).evaluation
        return evaluation is not None and code in {found.code for found in evaluation.cautions}

    return holds


def says(section: Section, badge: str) -> Callable[[Session, str], bool]:
    def holds(session: Session, key: str) -> bool:
        found = row(session, key)
        return (found.section, found.badge) == (section, badge)

    return holds


def on_the_line(session: Session, key: str) -> bool:
    evaluation = review(session, key).evaluation
    return evaluation is not None and (evaluation.primary.value, evaluation.status) == (
        50,
        Status.MET,
    )


def rebounds(session: Session, key: str) -> bool:
    course = review(session, key).course
    assert course is not None
    scores = [cell.value for cell in course.strips[0].row.cells if cell.value is not None]
    return scores[0] < scores[-1] and says(Section.DONE, "At risk")(session, key)


def weekend_missing(session: Session, key: str) -> bool:
    days = row(session, key).due_days[:2]
    return [day.isoweekday() for day in days] == [6, 7]


def opioid_free(session: Session, key: str) -> bool:
    found = review(session, key)
    assert found.evaluation is not None
    mme = next(leaf for leaf in found.evaluation.leaves if leaf.measure == "mme")
    return found.trial.takes_no_opioids and mme.status is Status.MET


def not_assessable(session: Session, key: str) -> bool:
    evaluation = review(session, key).evaluation
    return evaluation is not None and [*evaluation.primary.reasons] == ["no_baseline"]


def red_flag(session: Session, key: str) -> bool:
    flags = workspace(session, key).open_red_flags
    return bool(flags) and raises("red_flag_open")(session, key)


def decided(session: Session, key: str) -> bool:
    found = review(session, key)
    listed = {entry.patient.id for entry in today_list(session).rows}
    return bool(found.decisions and found.follow_ups) and found.patient.id not in listed


def half_set_up(session: Session, key: str) -> bool:
    return review(session, key).diary is None


STATES: dict[str, Callable[[Session, str], bool]] = {
    "due": says(Section.DUE, "Day 5 due"),
    "overdue": says(Section.OVERDUE, "2 days missing"),
    "on_track": says(Section.DONE, "On track"),
    "at_risk": says(Section.DONE, "At risk"),
    "met_settled": says(Section.DONE, "Met, settled"),
    "out_of_reach": says(Section.DONE, "Out of reach"),
    "missed": lambda session, key: "missed" in row(session, key).marks,
    "on_the_line": on_the_line,
    "rebound": rebounds,
    "missing_weekend": weekend_missing,
    "ended_for_safety": lambda session, key: (
        raises("ended_for_safety")(session, key) and red_flag(session, key)
    ),
    "opioids_up": raises("medication_increased"),
    "opioid_free": opioid_free,
    "low_baseline": raises("low_baseline"),
    "waveform_switch": raises("program_changed"),
    "region_conflict": raises("region_conflict"),
    "stated_conflict": raises("stated_conflict"),
    "no_baseline": not_assessable,
    "diary_awaited": says(Section.AWAITING, "Ask for diary"),
    "awaiting_decision": says(Section.AWAITING, "Criteria met"),
    "not_met": says(Section.AWAITING, "Not met"),
    "decided": decided,
    "after_removal_call": says(Section.AFTER_REMOVAL, "After-removal call"),
    "ending": lambda session, key: row(session, key).section is Section.ENDING,
    "emergency": red_flag,
    "half_set_up": half_set_up,
}


def test_that_every_made_up_patient_has_a_state_to_show() -> None:
    assert sorted(KEYS) == sorted(STATES)


@pytest.mark.parametrize("key", KEYS)
def test_that_the_state_is_reached(demo: Session, key: str) -> None:
    assert STATES[key](demo, key)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 3, 30, 0, 2, tzinfo=UTC),  # a Monday, just after midnight
        datetime(2027, 1, 3, 16, 30, tzinfo=UTC),  # a Sunday, after the usual cut-off hour
    ],
)
def test_that_every_state_is_reached_on_other_days_and_hours(tmp_path: Path, now: datetime) -> None:
    session = build(tmp_path, now)
    try:
        assert [key for key in KEYS if not STATES[key](session, key)] == []
    finally:
        session.records.close()


def test_that_the_demo_of_a_moment_is_always_the_same(demo: Session, tmp_path: Path) -> None:
    again = build(tmp_path, SATURDAY_MORNING)
    try:
        assert today_list(again) == today_list(demo)
        for key in ("due", "ended_for_safety", "awaiting_decision", "decided"):
            one, other = review(demo, key), review(again, key)
            assert one.timeline == other.timeline
            assert one.check_ins == other.check_ins
            assert one.decisions == other.decisions
    finally:
        again.records.close()


def test_that_nothing_happens_after_now(demo: Session) -> None:
    now = SATURDAY_MORNING.replace(tzinfo=None)
    for key in KEYS:
        assert all(entry.at <= now for entry in review(demo, key).timeline), key


def test_that_the_record_and_its_pages_say_demo(demo: Session) -> None:
    assert all(review(demo, key).demo for key in KEYS)
    assert "made up" in demo.settings().clinic_name
    assert all(workspace(demo, key).patient.mrn.startswith("D-") for key in KEYS)


def test_that_similar_names_raise_the_alert(demo: Session) -> None:
    assert [patient.name for patient in workspace(demo, "due").similar] == ["Sample, Sarah"]


@pytest.mark.parametrize(
    ("zone", "now"),
    [
        ("Europe/Berlin", datetime(2026, 3, 10, 8, 30, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 3, 9, 20, 35, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 3, 8, 8, 0, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 3, 10, 18, 29, tzinfo=UTC)),
    ],
)
def test_that_it_is_made_at_any_hour_of_the_clinic(tmp_path, zone, now):
    """Half past nine lies between a report and what was done about it ten minutes later."""
    session = build_demo(tmp_path / "clinic.scs", clock=FixedClock(now), zone=zone, cost=CHEAP)
    with session.reading() as work:
        events = work.safety.open()
    session.records.close()
    assert any(event.told_at for event in events)
    assert all(event.told_at >= event.reported_at for event in events if event.told_at)
