"""From the record to the evaluation's diary. Sources: the clinical design, "Opioids"; the
evaluation specification, section 1."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from scs_trial.domain.check_in import CheckIn
from scs_trial.domain.diary import Diary, Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.domain.trial import ConfirmationAnswer, MedicationEntry, ProgramChange, Trial
from scs_trial.services.diary_of import diary_of
from scs_trial.services.medication_list import daily_mme, shipped_mme_table
from tests.services.clinic import START, day, pain

BERLIN = ZoneInfo("Europe/Berlin")
MME = Series("mme")
TRIAL = Trial(id=uuid4(), patient_id=uuid4(), trial_start=START)
BY = uuid4()


def entry(number: int, *, phase: Phase = Phase.TRIAL, **fields: Any) -> CheckIn:
    given = {"values": pain(4), **fields}
    return CheckIn(id=uuid4(), trial_id=TRIAL.id, day=day(number), phase=phase, **given)


def diary(*check_ins: CheckIn, trial: Trial = TRIAL, **given: Any) -> Diary:
    found = diary_of(trial, check_ins, zone=given.pop("zone", BERLIN), **given)
    assert found is not None
    return found


def test_that_there_is_no_diary_without_a_placement_date() -> None:
    assert diary_of(Trial(id=uuid4(), patient_id=uuid4()), [], zone=BERLIN) is None


@pytest.mark.parametrize(
    ("instant", "zone", "local"),
    [
        (datetime(2026, 11, 17, 23, 30, tzinfo=UTC), "Europe/Berlin", "2026-11-18T00:30"),
        (datetime(2026, 11, 18, 6, 30, tzinfo=UTC), "America/Los_Angeles", "2026-11-17T22:30"),
        (datetime(2026, 11, 17, 11, 0, tzinfo=UTC), "Pacific/Auckland", "2026-11-18T00:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin", "2026-10-25T02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin", "2026-10-25T02:30"),
    ],
)
def test_that_a_call_belongs_to_the_clinics_day(instant: datetime, zone: str, local: str) -> None:
    found = diary(entry(1, recorded_at=instant), zone=ZoneInfo(zone))
    assert found.days[0].recorded_at == datetime.fromisoformat(local)


def test_that_no_opioids_hold_zero_on_recorded_days_and_baseline_alone() -> None:
    trial = Trial(id=TRIAL.id, patient_id=uuid4(), trial_start=START, takes_no_opioids=True)
    found = diary(
        entry(-1, phase=Phase.BASELINE),
        entry(1),
        entry(2, missed=True, values={}),
        entry(3, values={**pain(4), MME: Decimal(5)}),
        trial=trial,
    )
    assert [entry_.values.get(MME) for entry_ in found.days] == [0, 0, None, 5]


def test_that_opioids_are_missing_where_nothing_was_said() -> None:
    assert MME not in diary(entry(1)).days[0].values


def medication(drug: str, amount: str, first: int, last: int | None = None) -> MedicationEntry:
    return MedicationEntry(
        id=uuid4(),
        trial_id=TRIAL.id,
        drug=drug,
        amount=Decimal(amount),
        unit="mcg/h" if "patch" in drug else "mg",
        from_day=day(first),
        to_day=None if last is None else day(last),
    )


@pytest.mark.parametrize(
    ("entries", "number", "mme"),
    [
        ([], 1, None),
        ([medication("hydrocodone", "20", -5)], 1, "20"),  # CDC 2022: 5 mg x 4 = 20
        ([medication("Oxycodone", "20", -5)], 1, "30"),  # CDC 2022: 10 mg x 2 = 30, by title
        ([medication("fentanyl_patch", "75", -5)], 1, "180"),  # CDC 2022: 75 mcg/h = 180
        ([medication("oxycodone", "20", 2)], 1, None),  # begins later
        ([medication("oxycodone", "20", -5, 1)], 1, "30"),  # the last day counts
        ([medication("oxycodone", "20", -5, 1)], 2, "0"),  # stopped
        ([medication("oxycodone", "20", -5, 1), medication("morphine", "10", 2)], 2, "10"),
        ([medication("buprenorphine", "2", -5)], 1, None),  # no factor, never 0
        ([medication("oxycodone", "20", -5), medication("tilidine", "50", -5)], 1, None),
        ([medication("aspirin", "100", -5)], 1, None),
    ],
)
def test_that_the_medication_list_gives_the_days_total(
    entries: list[MedicationEntry], number: int, mme: str | None
) -> None:
    total = partial(daily_mme, entries, table=shipped_mme_table())
    found = diary(entry(number), daily_mme=total).days[0].values.get(MME)
    assert found == (None if mme is None else Decimal(mme))


def test_that_an_entered_total_wins_over_the_list() -> None:
    total = partial(daily_mme, [medication("oxycodone", "20", -5)], table=shipped_mme_table())
    found = diary(entry(1, values={MME: Decimal(12)}), daily_mme=total)
    assert found.days[0].values[MME] == 12


def program(name: str, when: str) -> ProgramChange:
    return ProgramChange(
        id=uuid4(),
        trial_id=TRIAL.id,
        from_when=datetime.fromisoformat(when),
        by="rep",
        name=name,
    )


def test_that_a_day_takes_the_program_in_force_at_its_end() -> None:
    ledger = [program("P2 burst", "2026-11-18T10:15"), program("P1 tonic", "2026-11-15T12:00")]
    found = diary(
        entry(-1, phase=Phase.BASELINE),
        entry(0),
        entry(2),
        entry(3),
        entry(4, program="P1 tonic"),
        entry(5, missed=True, values={}),
        programs=ledger,
    )
    assert [entry_.program for entry_ in found.days] == [
        None,
        "P1 tonic",
        "P1 tonic",
        "P2 burst",
        "P1 tonic",
        None,
    ]


def test_that_the_latest_answer_of_a_confirmation_counts() -> None:
    answers = [
        ConfirmationAnswer(
            trial_id=TRIAL.id,
            name=name,
            answer=answer,
            by=BY,
            at=datetime(2026, 11, 20, hour, tzinfo=UTC),
        )
        for name, answer, hour in (("team", False, 12), ("team", True, 9), ("other", True, 9))
    ]
    assert diary(confirmations=answers).confirmations == {"team": False, "other": True}


@pytest.mark.parametrize(
    ("urgency", "closed", "open_flag"),
    [
        (Urgency.EMERGENCY, False, True),
        (Urgency.URGENT, False, True),
        (Urgency.SAME_DAY, False, True),
        (Urgency.ROUTINE, False, False),
        (Urgency.NOTE, False, False),
        (Urgency.EMERGENCY, True, False),
    ],
)
def test_that_a_red_flag_is_open_until_it_is_resolved(
    urgency: Urgency, *, closed: bool, open_flag: bool
) -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    event = SafetyEvent(
        id=uuid4(),
        patient_id=UUID(int=1),
        trial_id=None,
        reported_at=at,
        reported_by=BY,
        urgency=urgency,
        finding="x",
        resolved_at=at if closed else None,
    )
    assert diary(events=[event]).red_flag_open is open_flag


def test_that_retracted_check_ins_are_left_out() -> None:
    assert diary(entry(1, entered_in_error=True), entry(2)).days[0].day == date(2026, 11, 17)
