"""Generated cases, valid as the services would have stored them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from scs_trial.domain.check_in import CallAttempt, CallOutcome, CheckIn, HowObtained
from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.domain.trial import (
    ConfirmationAnswer,
    Decision,
    DecisionKind,
    FollowUp,
    MedicationEntry,
    ProgramChange,
)
from scs_trial.domain.written import MAX_DIGITS, significant_digits
from scs_trial.services.session import Session
from tests.data import build
from tests.domain.generate import chance, pick, score

TEXTS = (
    *(
        "",
        "plain",
        "=1+1",
        "+49 30",
        "-",
        "@x",
        "'=x",
        "\uff1d1",
        "\u0645\u0631\u062d\u0628\u0627",
        "two\nlines\tand a tab",
    ),
    *(
        "<b>x</b>",
        '"q",;',
        "\u202eabc",
        "e\u0301 and \u0338",
        "\U0001f642",
        "x" * 200,
        "_x0041_",
        "\ufffe",
    ),
)
CODES = ("pain_average", "activity_score", "mme", "sleep_hours", "eq5d_index")
AT = datetime(2026, 3, 9, 7, 15, 30, tzinfo=UTC)


def identity(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def moment(rng: Random) -> datetime:
    return AT + timedelta(seconds=rng.randrange(10**7), microseconds=rng.randrange(10**6))


def line(rng: Random) -> str:
    """Return a line as the services store it: composed."""
    return unicodedata.normalize("NFC", pick(rng, TEXTS).replace("\n", " ").replace("\t", " "))


def store_case(
    session: Session, seed: int, *, mrn: str = "", first: date = date(2026, 3, 2)
) -> str:
    """Store a generated case through the ports and return its MRN."""
    rng = Random(seed)
    mrn = mrn or f"{line(rng)[:20]} {seed}".strip()
    with session.writing() as work:
        given = build.patient(id=identity(rng), name=line(rng) or "N", mrn=mrn)
        patient = work.patients.save(given)
        if chance(rng, 50):
            patient = work.patients.save(replace(patient, best_time=line(rng)), reason=line(rng))
        people = [session.account.id, session.account.id, identity(rng)]
        trials = []
        for place in range(rng.randrange(4)):
            start = first + timedelta(days=100 * place + rng.randrange(90))
            trial = build.trial(
                patient.id,
                id=identity(rng),
                trial_start=start if chance(rng, 90) else None,
                history=pick(rng, TEXTS),
                entered_in_error=chance(rng, 10),
                criteria_text="",
                takes_no_opioids=chance(rng, 50),
            )
            if chance(rng, 50):
                trial = build.ended(trial, start + timedelta(days=5))
            trial = work.trials.save(trial)
            trials.append(trial)
            for number in range(rng.randrange(6)):
                made = check_in(rng, trial.id, start + timedelta(days=number - 1), people)
                if number == 0:
                    made = before_placement(made)
                work.check_ins.add(made)
                stored = made
                for _ in range(rng.randrange(3)):
                    revised = replace(
                        check_in(rng, trial.id, stored.day, people),
                        id=made.id,
                        revision=stored.revision,
                        revised_at=moment(rng),
                        revised_by=pick(rng, people),
                        reason=line(rng),
                        entered_in_error=chance(rng, 15),
                    )
                    if number == 0:
                        revised = before_placement(revised)
                    stored = work.check_ins.revise(revised)
            store_notes(rng, work, trial.id, people)
        for _ in range(rng.randrange(3)):
            owner = pick(rng, trials).id if trials and chance(rng, 70) else None
            event = build.event(
                patient.id, owner, id=identity(rng), reported_at=moment(rng), number=line(rng)
            )
            event = work.safety.save(replace(event, reported_by=pick(rng, people)))
            if chance(rng, 50):
                work.safety.save(
                    replace(event, resolved_at=moment(rng), entered_in_error=chance(rng, 30))
                )
        work.commit()
    return mrn


def before_placement(made: CheckIn) -> CheckIn:
    return replace(made, phase=Phase.BASELINE, missed=False, stimulation_off=False, program=None)


def check_in(rng: Random, trial_id: UUID, day: date, people: list[UUID]) -> CheckIn:
    missed = chance(rng, 15)
    codes = [code for code in CODES if chance(rng, 60)]
    drawn = {} if missed else {Series(code): score(rng, code) for code in codes}
    values = {
        series: value
        for series, value in drawn.items()
        if significant_digits(format(value, "f")) <= MAX_DIGITS
    }
    if not missed and chance(rng, 40):
        values[Series("pain_average", "left leg")] = Decimal("5.0")
    return build.check_in(
        trial_id,
        id=identity(rng),
        day=day,
        phase=Phase.TRIAL,
        values=values,
        missed=missed,
        stimulation_off=not missed and chance(rng, 50),
        program=None if missed else line(rng) or None,
        how_obtained=None if chance(rng, 20) else pick(rng, tuple(HowObtained)),
        note=pick(rng, TEXTS),
        recorded_at=moment(rng) if chance(rng, 80) else None,
        recorded_by=pick(rng, people),
    )


def store_notes(rng: Random, work: object, trial_id: UUID, people: list[UUID]) -> None:
    notes = work.notes  # type: ignore[attr-defined]
    for number in range(1, 1 + rng.randrange(3)):
        by = pick(rng, people)
        notes.add_call(
            CallAttempt(
                id=identity(rng),
                trial_id=trial_id,
                about_day=date(2026, 3, 3),
                at=moment(rng),
                by=by,
                outcome=pick(rng, tuple(CallOutcome)),
                note=pick(rng, TEXTS),
            )
        )
        notes.add_program(
            ProgramChange(
                id=identity(rng),
                trial_id=trial_id,
                from_when=moment(rng).replace(tzinfo=None),
                by="anna",
                name=line(rng),
                amplitude=Decimal("2.50"),
                paresthesia=pick(rng, (None, True, False)),
            )
        )
        entry = MedicationEntry(
            id=identity(rng),
            trial_id=trial_id,
            drug="morphine",
            amount=Decimal("30.0"),
            from_day=date(2026, 3, 1),
        )
        notes.add_medication(entry)
        notes.add_medication(replace(entry, to_day=date(2026, 3, 9), note=line(rng)))
        notes.add_confirmation(
            ConfirmationAnswer(
                trial_id=trial_id, name="function", answer=chance(rng, 50), by=by, at=AT
            )
        )
        notes.add_decision(
            Decision(
                id=identity(rng),
                trial_id=trial_id,
                version=number,
                kind=pick(rng, tuple(DecisionKind)),
                reason=line(rng),
                decider="Dr. Lang",
                decided_at=moment(rng),
                by=by,
            )
        )
        notes.add_follow_up(
            FollowUp(
                id=identity(rng),
                trial_id=trial_id,
                month=number,
                seen_on=date(2026, 9, 1),
                pain=Decimal("3.0"),
                outcome=line(rng),
                by=by,
                at=moment(rng),
            )
        )
