"""Which findings stand above the verdict; source: the evaluation specification, section 7."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.domain.trial import DecisionKind

AT = datetime(2026, 3, 12, 9, tzinfo=UTC)


def event(urgency: Urgency, *, resolved: bool = False, retracted: bool = False) -> SafetyEvent:
    return SafetyEvent(
        id=UUID(int=1),
        patient_id=UUID(int=2),
        trial_id=None,
        reported_at=AT,
        reported_by=UUID(int=3),
        urgency=urgency,
        finding="weakness",
        resolved_at=AT if resolved else None,
        entered_in_error=retracted,
    )


@pytest.mark.parametrize(
    ("urgency", "red"),
    [
        (Urgency.EMERGENCY, True),
        (Urgency.URGENT, True),
        (Urgency.SAME_DAY, True),
        (Urgency.ROUTINE, False),
        (Urgency.NOTE, False),
    ],
)
def test_that_emergency_urgent_and_same_day_are_red_flags(urgency: Urgency, *, red: bool) -> None:
    assert event(urgency).is_open_red_flag is red


@pytest.mark.parametrize(
    ("resolved", "retracted", "is_open"),
    [(False, False, True), (True, False, False), (False, True, False), (True, True, False)],
)
def test_that_a_finding_is_open_until_resolved_or_retracted(
    *, resolved: bool, retracted: bool, is_open: bool
) -> None:
    found = event(Urgency.URGENT, resolved=resolved, retracted=retracted)
    assert (found.is_open, found.is_open_red_flag) == (is_open, is_open)


def test_that_only_undecided_and_extend_leave_the_decision_to_come() -> None:
    still = {kind for kind in DecisionKind if not kind.closes_trial}
    assert still == {DecisionKind.UNDECIDED, DecisionKind.EXTEND}
