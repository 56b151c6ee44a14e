"""Made-up reviews in many states. Everybody in here is synthetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.check_in import CheckIn, SafetyAnswer, SafetyCheck
from scs_trial.domain.clinic import ClinicSettings
from scs_trial.domain.course import EventMark
from scs_trial.domain.course_builder import CourseSettings, build_course
from scs_trial.domain.criteria_library import Library, load_library
from scs_trial.domain.describe import describe
from scs_trial.domain.diary import EndReason, Phase
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.domain.patient import Patient, Sex
from scs_trial.domain.safety import SafetyEvent, Urgency
from scs_trial.domain.signature import Meaning, Signature
from scs_trial.domain.trial import (
    Candidacy,
    Decision,
    DecisionKind,
    Indication,
    LeadKind,
    Maker,
    PatientWish,
    PriorTreatment,
    Procedure,
    ProgramChange,
    TreatmentKind,
    Trial,
)
from scs_trial.domain.verdict_text import make_verdict
from scs_trial.services.diary_of import diary_of
from scs_trial.services.ports import AuditHead
from scs_trial.services.review_trial import TrialReview

PLACED = date(2026, 11, 15)
PRINTED_AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
RESOURCES = Path(__file__).parents[2] / "resources"
ME = UUID(int=1)
TRIAL = UUID(int=2)
LONG_NAME = ("Wolfeschlegelsteinhausenbergerdorff " * 6)[:200]
HOSTILE = '<b>x</b> =1+1 #import "x" $a$ @b *c* שלום 中 \u202etxt.exe 😀'

Values = Mapping[str, Sequence[float | str | None]]


@cache
def catalogue() -> Catalogue:
    return load_catalogue((RESOURCES / "measures.toml").read_text(encoding="utf-8"))


@cache
def library() -> Library:
    return load_library(RESOURCES / "criteria", catalogue=catalogue())


def series(name: str) -> Series:
    code, _, item = name.rstrip("]").partition("[")
    return Series(code, item or None)


def values_on(values: Values, index: int) -> dict[Series, Decimal]:
    return {
        series(name): Decimal(str(column[index]))
        for name, column in values.items()
        if index < len(column) and column[index] is not None
    }


def check_ins(
    days: Values,
    baseline: Values,
    *,
    first_day: int = 1,
    programs: Sequence[str] = (),
    notes: Mapping[int, str] | None = None,
    late: Sequence[int] = (),
) -> tuple[CheckIn, ...]:
    """Return baseline days -5.. and trial days from ``first_day``, None for a missing score."""
    made = []
    for index in range(max((len(column) for column in baseline.values()), default=0)):
        day = PLACED + timedelta(days=index - 5)
        made.append(
            CheckIn(
                id=UUID(int=100 + index),
                trial_id=TRIAL,
                day=day,
                phase=Phase.BASELINE,
                values=values_on(baseline, index),
                recorded_at=datetime(day.year, day.month, day.day, 17, tzinfo=UTC),
            )
        )
    for index in range(max((len(column) for column in days.values()), default=0)):
        number = index + first_day
        day = PLACED + timedelta(days=number)
        captured = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
        found = values_on(days, index)
        asked = SafetyCheck(answers=(SafetyAnswer(item_id="weakness", answer=False),))
        made.append(
            CheckIn(
                id=UUID(int=200 + index),
                trial_id=TRIAL,
                day=day,
                phase=Phase.TRIAL,
                values=found,
                missed=not found,
                program=programs[index] if index < len(programs) else None,
                note=(notes or {}).get(number, ""),
                safety=asked if found else SafetyCheck(),
                recorded_at=captured + timedelta(days=1 if number in late else 0),
            )
        )
    return tuple(made)


PATIENT = Patient(
    id=UUID(int=3),
    name="Okafor, Grace",
    mrn="104 882",
    birth_date=date(1968, 3, 14),
    sex=Sex.FEMALE,
)
SETUP = Trial(
    id=TRIAL,
    patient_id=PATIENT.id,
    trial_start=PLACED,
    target_region="low back",
    criteria_id="relief-and-stable",
    measures_asked=(
        "pain_average",
        "pain_worst",
        "pain_least",
        "walking_minutes",
        "sleep_hours",
        "mme",
    ),
    goals=("walk to the shop",),
    indication=Indication.PSPS_TYPE_2,
    history="Discectomy L4/5 2021, fusion 2023.",
    prior_treatments=(
        PriorTreatment(
            kind=TreatmentKind.PHYSICAL_THERAPY,
            from_when="2022",
            to_when="2023",
            result="no lasting change",
        ),
        PriorTreatment(kind=TreatmentKind.NEUROPATHIC_AGENTS, from_when="2022"),
        PriorTreatment(kind=TreatmentKind.SURGERY, from_when="2023"),
    ),
    candidacy=Candidacy(
        pain_months=48,
        conservative_care_completed=True,
        screening_on=date(2026, 10, 2),
        screening_by="Dr L. Meyer",
        consent_on=date(2026, 11, 10),
        education_on=date(2026, 11, 10),
    ),
    procedure=Procedure(
        operator="Dr B. Stone",
        lead_kind=LeadKind.PERCUTANEOUS_TEMPORARY,
        lead_count=2,
        contacts_per_lead=8,
        tip_level="T8",
        maker=Maker.SALUDA,
    ),
)
LEDGER = (
    ProgramChange(
        id=UUID(int=10),
        trial_id=TRIAL,
        from_when=datetime(2026, 11, 15, 15, 30),  # noqa: DTZ001  (clinic-local)
        by="R. Field",
        name="P1",
        waveform="tonic",
        amplitude=Decimal("3.2"),
        pulse_width_us=Decimal(300),
        frequency_hz=Decimal(50),
    ),
    ProgramChange(
        id=UUID(int=11),
        trial_id=TRIAL,
        from_when=datetime(2026, 11, 18, 10, 15),  # noqa: DTZ001  (clinic-local)
        by="R. Field",
        name="P2",
        waveform="burst",
        amplitude=Decimal("1.1"),
        reason="tonic covered the leg only",
    ),
)
WEEK: Values = {
    "pain_average": (6, 4, 3, 3, 2, 3, 2),
    "pain_worst": (8, 6, 5, 4, 4, 4, 3),
    "pain_least": (4, 3, 2, 2, 1, 1, 1),
    "activity_score": (4, 5, 6, 7, 7, 7, 8),
    "walking_minutes": (10, 18, 25, 35, 45, 40, 50),
    "sleep_hours": (5, 5.5, 6, 6.5, 7, 6.5, 7),
    "mme": (45, 30, 30, 15, 15, 15, 15),
    "stated_relief": (None, 40, 50, 50, 60, 60, 60),
    "goal_1": (2, 3, 4, 6, 7, 7, 8),
}
BASELINE: Values = {
    "pain_average": (8, 7, 8, 8, 7.5),
    "pain_worst": (9, 8, 9, 9, 9),
    "activity_score": (3, 3, 4, 3, 3),
    "walking_minutes": (12, 10, 12, 14, 12),
    "sleep_hours": (4.5, 4.5, 4, 5, 4.5),
    "mme": (45, 45, 45, 45, 45),
    "goal_1": (2, 2, 2, 2, 2),
}


def review(
    made: Sequence[CheckIn],
    *,
    trial: Trial = SETUP,
    patient: Patient = PATIENT,
    events: tuple[SafetyEvent, ...] = (),
    decisions: tuple[Decision, ...] = (),
    programs: tuple[ProgramChange, ...] = LEDGER,
    demo: bool = False,
) -> TrialReview:
    """Return the review that the services would give, from real evaluation and course."""
    criteria = library().criteria[trial.criteria_id]
    zone = ZoneInfo("Europe/Berlin")
    diary = diary_of(trial, made, zone=zone, programs=programs, events=events)
    assert diary is not None
    evaluation = evaluate(diary, criteria, catalogue())
    course = build_course(
        diary,
        evaluation,
        catalogue(),
        settings=CourseSettings(
            today=PRINTED_AT.date(),
            target_region=trial.target_region,
            other_regions=trial.other_regions,
            measures_asked=trial.measures_asked,
            goals=trial.goals,
            programs=programs,
            events=tuple(
                EventMark(
                    day_number=(event.reported_at.date() - PLACED).days, kind="safety", text="x"
                )
                for event in events
            ),
        ),
    )
    return TrialReview(
        patient=patient,
        trial=trial,
        diary=diary,
        evaluation=evaluation,
        verdict=make_verdict(evaluation, catalogue=catalogue(), target_region=trial.target_region),
        course=course,
        check_ins=tuple(made),
        programs=programs,
        medication=(),
        confirmations=(),
        decisions=decisions,
        follow_ups=(),
        events=events,
        calls=(),
        timeline=(),
        rule_text=describe(criteria, catalogue()),
        account_names={ME: "Dr B. Stone"},
        settings=ClinicSettings(
            zone="Europe/Berlin", clinic_name="Example Pain Clinic", address="1 High Street"
        ),
        audit_head=AuditHead(seq=1234, digest="4f1a9c0277be" + "0" * 52),
        demo=demo,
    )


def ended(last_day: int = 7, reason: EndReason = EndReason.PLANNED, **changes: object) -> Trial:
    end = replace(SETUP, trial_ended=PLACED + timedelta(days=last_day), end_reason=reason)
    return replace(end, **changes)  # type: ignore[arg-type]


def fever(*, resolved: bool = False) -> SafetyEvent:
    at = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
    return SafetyEvent(
        id=UUID(int=20),
        patient_id=PATIENT.id,
        trial_id=TRIAL,
        reported_at=at,
        reported_by=ME,
        urgency=Urgency.URGENT,
        finding="fever 38.4 C, redness at the lead exit",
        description="since the morning",
        told_who="Dr B. Stone",
        told_at=at + timedelta(minutes=6),
        resolved_at=at + timedelta(days=1) if resolved else None,
        resolved_by="Dr B. Stone" if resolved else "",
        resolution="leads removed, antibiotic given" if resolved else "",
    )


DECISION = Decision(
    id=UUID(int=30),
    trial_id=TRIAL,
    version=1,
    kind=DecisionKind.PERMANENT_IMPLANT,
    reason="Relief and function agree with the goal; team review 20 Nov.",
    decider="Dr B. Stone",
    decided_at=datetime(2026, 11, 23, 9, 11, tzinfo=UTC),
    by=ME,
)
SIGNED = Signature(
    id=UUID(int=40),
    trial_id=TRIAL,
    version=1,
    meaning=Meaning.APPROVED,
    signer="Dr B. Stone",
    role="clinician",
    by=ME,
    at=datetime(2026, 11, 23, 9, 11, tzinfo=UTC),
    local="2026-11-23T10:11:00+01:00",
    criteria="relief-and-stable 2026.1",
    content_digest="a" * 64,
    audit_seq=1230,
    audit_digest="b" * 64,
    digest="c" * 64,
    page_digest="d" * 64,
)
NOTES = {5: "Gardened for twenty minutes.", 6: "Sitting over an hour still sore."}
TWO_PROGRAMS = ("P1", "P1", "P2", "P2", "P2", "P2", "P2")


def week_met() -> TrialReview:
    end = ended(7, patient_wish=PatientWish.YES)
    made = check_ins(WEEK, BASELINE, programs=TWO_PROGRAMS, notes=NOTES, late=(4,))
    return review(made, trial=end, decisions=(DECISION,))


def running() -> TrialReview:
    first = {name: column[:4] for name, column in WEEK.items()}
    return review(check_ins(first, BASELINE, programs=TWO_PROGRAMS))


def no_baseline() -> TrialReview:
    return review(check_ins(WEEK, {}), trial=ended(7))


def no_trial_day() -> TrialReview:
    return review(check_ins({}, BASELINE), programs=())


def bare() -> TrialReview:
    """Return a trial of which nothing but the placement date is known."""
    trial = Trial(id=TRIAL, patient_id=PATIENT.id, trial_start=PLACED)
    nobody = Patient(id=PATIENT.id, name="Nemo", mrn="0")
    return review((), trial=trial, patient=nobody, programs=())


def not_placed() -> TrialReview:
    """Return a trial whose set-up is half done."""
    whole = bare()
    trial = replace(whole.trial, trial_start=None)
    return replace(whole, trial=trial, diary=None, evaluation=None, verdict=None, course=None)


def ended_for_safety() -> TrialReview:
    first = {name: column[:4] for name, column in WEEK.items()}
    trial = ended(3, EndReason.SAFETY)
    return review(check_ins(first, BASELINE), trial=trial, events=(fever(),))


def one_day() -> TrialReview:
    first = {name: column[:1] for name, column in WEEK.items()}
    return review(check_ins(first, BASELINE), trial=replace(SETUP, planned_days=1))


def gaps() -> TrialReview:
    """Return a week with missing days, a value on day 0 and one after the last day."""
    days = {
        "pain_average": (7, 6, None, None, 5, 4, 3, 2.5),
        "pain_worst": (8, None, None, None, 7, 6, 5, 4),
    }
    return review(check_ins(days, BASELINE, first_day=0), trial=ended(6))


def four_weeks() -> TrialReview:
    days = {name: tuple(column) * 4 for name, column in WEEK.items()}
    trial = replace(SETUP, planned_days=28, trial_ended=PLACED + timedelta(days=28))
    return review(check_ins(days, BASELINE), trial=replace(trial, end_reason=EndReason.PLANNED))


def three_regions() -> TrialReview:
    days = {
        **WEEK,
        "pain_average[left leg]": (7, 7, 6, 6, 6, 6, 6),
        "pain_average[neck]": (2, 2, None, 1, 1, 1, 1),
    }
    before = {**BASELINE, "pain_average[left leg]": (7, 7, 7), "pain_average[neck]": (3, 3)}
    trial = ended(7, other_regions=("left leg", "neck"))
    return review(check_ins(days, before), trial=trial)


def diary_awaited() -> TrialReview:
    first = {name: column[:5] for name, column in WEEK.items()}
    made = check_ins(first, BASELINE, programs=TWO_PROGRAMS)
    return review(made, trial=ended(7, awaiting_diary=True))


def settled() -> TrialReview:
    days: Values = {**WEEK, "pain_average": (1, 0, 0, 0, 1, 0)}
    made = {name: column[:6] for name, column in days.items()}
    return review(check_ins(made, BASELINE, programs=TWO_PROGRAMS))


def undecided() -> TrialReview:
    made = check_ins(WEEK, BASELINE, programs=TWO_PROGRAMS)
    return review(made, trial=ended(7), decisions=(replace(DECISION, kind=DecisionKind.UNDECIDED),))


def signed() -> TrialReview:
    return replace(week_met(), signatures=(SIGNED,))


def changed_since() -> TrialReview:
    second = replace(SIGNED, id=UUID(int=41), version=2, meaning=Meaning.AMENDED, reason="MME")
    return replace(week_met(), signatures=(SIGNED, second), changed_since=True)


def demo_signed() -> TrialReview:
    return replace(signed(), demo=True)


def five_days() -> TrialReview:
    five = {name: column[:5] for name, column in WEEK.items()}
    return review(check_ins(five, BASELINE, programs=TWO_PROGRAMS), trial=ended(5))


def fourteen_days() -> TrialReview:
    fourteen = {name: tuple(column) * 2 for name, column in WEEK.items()}
    made = check_ins(fourteen, BASELINE, programs=TWO_PROGRAMS * 2, notes=NOTES)
    return review(made, trial=ended(14, planned_days=14), decisions=(DECISION,))


def two_regions_many_measures() -> TrialReview:
    days: Values = {
        **WEEK,
        "pain_average[left leg]": (7, 7, 6, 6, 6, 6, 6),
        "pain_worst[left leg]": (8, 8, 8, 7, 7, 7, 7),
        "pain_least[left leg]": (5, 5, 4, 4, 4, 4, 4),
        "sitting_minutes": (10, 15, 20, 25, 30, 35, 40),
        "standing_minutes": (10, 15, 20, 25, 30, 35, 40),
        "steps": (1200, 2400, 3100, 4000, 5200, 6100, 7696),
        "goal_2": (2, 3, 4, 5, 6, 7, 8),
        "goal_3": (1, 1, 2, 2, 3, 3, 4),
    }
    before = {**BASELINE, "pain_average[left leg]": (7, 7, 7), "steps": (1000, 1100, 900)}
    trial = ended(
        7,
        other_regions=("left leg",),
        patient_wish=PatientWish.YES,
        goals=("walk to the shop", "sit through a film", "cook a meal"),
    )
    made = check_ins(days, before, programs=TWO_PROGRAMS, notes=NOTES)
    return review(made, trial=trial, decisions=(DECISION,))


def long_names() -> TrialReview:
    trial = ended(
        7,
        target_region=LONG_NAME,
        other_regions=(LONG_NAME[::-1],),
        goals=(LONG_NAME,),
        procedure=replace(SETUP.procedure, operator=LONG_NAME, tip_level=LONG_NAME),
        history=LONG_NAME * 8,
    )
    ledger = tuple(replace(change, name=LONG_NAME) for change in LEDGER)
    made = check_ins(WEEK, BASELINE, programs=(LONG_NAME,) * 7)
    return review(made, trial=trial, patient=replace(PATIENT, name="N" * 200), programs=ledger)


def hostile() -> TrialReview:
    trial = ended(7, target_region=HOSTILE, goals=(HOSTILE,), history=HOSTILE)
    ledger = tuple(replace(change, name=HOSTILE, reason=HOSTILE) for change in LEDGER)
    made = check_ins(WEEK, BASELINE, programs=(HOSTILE,) * 7, notes={2: HOSTILE})
    return review(
        made,
        trial=trial,
        patient=replace(PATIENT, name=HOSTILE, mrn="=1+1"),
        programs=ledger,
        events=(replace(fever(), finding=HOSTILE),),
        decisions=(replace(DECISION, reason=HOSTILE),),
    )


def long_notes() -> TrialReview:
    words = "Slept through until five, walked the dog, sat through a film. " * 6
    trial = ended(7, history="Pain since a fall from a ladder. " * 60)
    made = check_ins(WEEK, BASELINE, notes=dict.fromkeys(range(1, 8), words))
    return review(
        made, trial=trial, events=(fever(resolved=True),), decisions=(DECISION,), demo=True
    )


SAMPLES: dict[str, Callable[[], TrialReview]] = {
    made.__name__: made
    for made in (
        week_met,
        running,
        no_baseline,
        no_trial_day,
        bare,
        not_placed,
        ended_for_safety,
        one_day,
        gaps,
        four_weeks,
        diary_awaited,
        settled,
        undecided,
        signed,
        changed_since,
        demo_signed,
        five_days,
        fourteen_days,
        two_regions_many_measures,
        three_regions,
        long_names,
        hostile,
        long_notes,
    )
}
