"""What becomes of columns: by name in English and Spanish, asked where that tells too little."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scs_trial.domain.diary import Phase
from scs_trial.domain.measures import Series
from scs_trial.exchange.assistant.model import By
from scs_trial.exchange.assistant.prepared import LeftOut, Profile
from scs_trial.exchange.assistant.scales import IGNORE, NOTE, OTHER
from scs_trial.exchange.assistant.synonyms import shipped_synonyms
from scs_trial.exchange.assistant.targets import read_target
from tests.exchange.assistant.engine import look, open_ids, targets
from tests.records import shipped_catalogue


def one_column(name: str, cell: str = "5") -> str:
    return f"{name}\n{cell}\n6\n"


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Patient ID", "patient"),
        ("Número de Historia Clínica (IP Paciente)", "patient"),
        ("Fecha", "date"),
        ("MARCA TEMPORAL", "date"),
        ("startyear", "year"),
        ("Mes", "month"),
        ("Trial day", "day_number"),
        ("Fase", "phase"),
        ("Fecha de implante", "trial_start"),
        ("Steps", "steps"),
        ("Pasos", "steps"),
        ("Average pain (0-10)", "pain_average"),
        ("Dolor medio", "pain_average"),
        ("Peor dolor", "pain_worst"),
        ("Horas de sueño", "sleep_hours"),
        ("Comentarios", "note"),
        ("Average pain baseline day 3", "pain_average@baseline:3"),
        ("Steps trial day 12", "steps@trial:12"),
    ],
)
def test_that_a_column_is_proposed_by_its_name(name: str, target: str) -> None:
    assert targets(look(one_column(name))) == {name: target}


@pytest.mark.parametrize("name", ["Pain", "Dolor", "NRS", "EVA", "Intensity", "Region", "Day"])
def test_that_a_name_that_tells_too_little_is_asked(name: str) -> None:
    assert f"role:{name}" in open_ids(look(one_column(name)))


@pytest.mark.parametrize("name", ["Pain", "Steps", "Average pain"])
def test_that_words_are_no_measure(name: str) -> None:
    assert targets(look(f"{name},x\nright,a\nleft,b\n")) == {}


def test_that_every_shipped_word_names_a_role_or_measure() -> None:
    synonyms = shipped_synonyms()
    known = {target for held in synonyms.names.values() for target in held}
    known |= {target for _, held in synonyms.parts for target in held}
    assert all(read_target(target, shipped_catalogue()) is not None for target in known)


def test_that_two_columns_of_one_role_are_a_problem() -> None:
    found = look("Date,A,B\n2026-01-05,1,2\n", {"role:A": "pain_average", "role:B": "pain_average"})
    assert found.problems == ('"A" and "B" are both Average pain.',)
    assert found.prepared is None


def test_that_the_programs_own_diary_is_not_taken_apart() -> None:
    found = look("patient,trial_start,date,missed\nP1,2026-01-05,2026-01-06,yes\n")
    assert "would lose missed" in found.problems[0]


DIARY = "Patient,Placement date,Date,Pain,Note\n"
ROWS = DIARY + "P1,2026-01-05,2026-01-04,8,bad night\nP1,2026-01-05,2026-01-06,4.5,\n"
DONE = {"role:Pain": "pain_average", "scale:Pain": "nrs_0_10"}


def test_that_a_plain_diary_becomes_days_of_a_trial() -> None:
    found = look(ROWS, DONE)
    assert found.prepared is not None
    (trial,) = found.prepared.trials
    assert (trial.patient, trial.trial_start) == ("P1", date(2026, 1, 5))
    before, after = trial.days
    assert (before.phase, before.day, before.note) == (
        Phase.BASELINE,
        date(2026, 1, 4),
        "bad night",
    )
    assert dict(before.values) == {Series("pain_average"): Decimal(8)}
    assert (after.phase, dict(after.values)) == (
        Phase.TRIAL,
        {Series("pain_average"): Decimal("4.5")},
    )


@pytest.mark.parametrize(
    ("target", "scale", "cell", "series", "value"),
    [
        ("pain_average", "nrs_0_10", "4.5", "pain_average", "4.5"),
        ("pain_average", "vas_0_100", "45", "pain_vas", "45"),
        ("pain_vas", "vas_0_10", "6.85", "pain_vas", "68.5"),
        ("pain_average[left leg]", "vas_0_100", "45", "pain_vas[left leg]", "45"),
        ("activity_score", "reversed_0_10", "3", "activity_score", "7"),
        ("walking_minutes", "hours", "1.5", "walking_minutes", "90.0"),
        ("steps", "as_recorded", "7696", "steps", "7696"),
    ],
)
def test_that_a_scale_is_turned_into_the_records_own(
    target: str, scale: str, cell: str, series: str, value: str
) -> None:
    text = f"Patient,Placement date,Date,X\nP1,2026-01-05,2026-01-06,{cell}\n"
    found = look(text, {"role:X": target, "scale:X": scale})
    assert found.prepared is not None
    (day,) = found.prepared.trials[0].days
    assert {str(key): str(held) for key, held in day.values.items()} == {series: value}


@pytest.mark.parametrize(
    ("target", "scale"),
    [
        ("pain_average", OTHER),
        ("pain_average", "as_recorded"),
        ("pain_vas", "nrs_0_10"),
        ("procedure_pain", "vas_0_100"),
        ("steps", "nrs_0_10"),
        ("steps", OTHER),
    ],
)
def test_that_a_scale_that_does_not_fit_is_refused(target: str, scale: str) -> None:
    text = "Patient,Placement date,Date,X\nP1,2026-01-05,2026-01-06,5\n"
    found = look(text, {"role:X": target, "scale:X": scale})
    assert open_ids(found) == {"scale:X"}
    assert found.open_questions[0].objection


@pytest.mark.parametrize(("scale", "note"), [(NOTE, "X: 5 (the file's own scale)"), (IGNORE, None)])
def test_that_numbers_of_another_scale_are_words_or_nothing(scale: str, note: str | None) -> None:
    text = "Patient,Placement date,Date,X\nP1,2026-01-05,2026-01-06,5\n"
    found = look(text, {"role:X": "pain_average", "scale:X": scale})
    assert found.prepared is not None
    days = [day for trial in found.prepared.trials for day in trial.days]
    assert [(day.note, dict(day.values)) for day in days] == ([(note, {})] if note else [])
    assert found.prepared.left_out == ({} if note else {LeftOut.EMPTY: 1})


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        ("P1,2026-01-05,2026-01-06,10.5,", "Pain", "10.5", "10.5 lies outside 0 to 10"),
        ("P1,2026-01-05,2026-01-06,#VALUE!,", "Pain", "#VALUE!", "spreadsheet error"),
        ("P1,2026-01-05,2026-01-06,#¡VALOR!,", "Pain", "#¡VALOR!", "spreadsheet error"),
        ("P1,2026-01-05,2026-01-06,#¡DIV/0!,", "Pain", "#¡DIV/0!", "spreadsheet error"),
        ("P1,2026-01-05,2026-01-06,#N/A,", "Pain", "#N/A", "spreadsheet error"),
        ("P1,2026-01-05,2026-01-06,five,", "Pain", "five", "is not a number"),
        ("P1,2026-01-05,2026-02-30,5,", "Date", "2026-02-30", "is no date"),
        ("P1,2026-01-05,soon,5,", "Date", "soon", "is no date"),
        ("P1,,2026-01-06,5,", "Placement date", "", "is empty"),
        ("P1,2026-01-05,2026-01-09,5,", "Date", "", "still to come"),
        ("P1,2026-01-05,2026-01-06,5,,more", "", "", "has 6 cells, the header has 5"),
    ],
)
def test_that_a_fault_stands_at_its_cell(row: str, column: str, value: str, reason: str) -> None:
    answers = {**DONE, "blanks:trial_start": "fault"}
    found = look(f"{ROWS}{row}\n", answers, today=date(2026, 1, 8))
    assert found.prepared is not None
    (fault,) = found.prepared.faults
    assert (fault.row, fault.column, fault.value) == (4, column, value)
    assert reason in fault.reason
    assert found.prepared.faulty_rows == (4,)
    assert sum(len(trial.days) for trial in found.prepared.trials) == 2


def test_that_a_word_for_nothing_is_asked_and_never_zero() -> None:
    text = ROWS + "P1,2026-01-05,2026-01-07,NA,\n"
    assert open_ids(look(text, DONE)) == {"missing:NA"}
    taken = look(text, {**DONE, "missing:NA": "yes"}).prepared
    assert taken is not None
    assert taken.faults == ()
    assert taken.left_out == {LeftOut.EMPTY: 1}
    refused = look(text, {**DONE, "missing:NA": "no"}).prepared
    assert refused is not None
    assert [fault.row for fault in refused.faults] == [4]


def test_that_a_profile_answers_and_the_scale_is_shown_as_confirmed() -> None:
    profile = Profile(name="Our diary", fingerprint="", answers=DONE)
    found = look(ROWS, profile=profile)
    assert found.prepared is not None
    assert found.prepared.profile == "Our diary"
    scale = next(one for one in found.questions if one.id == "scale:Pain")
    assert (scale.by, scale.confirmed) == (By.PROFILE, "Confirmed by the profile Our diary.")
    changed = look(ROWS, {"scale:Pain": "vas_0_100"}, profile=profile)
    scale = next(one for one in changed.questions if one.id == "scale:Pain")
    assert (scale.by, scale.answer) == (By.YOU, "vas_0_100")


def test_that_a_fingerprint_follows_the_header_alone() -> None:
    same = look("Fecha;Dolor\n2026-01-05;4\n").fingerprint
    assert look("\ufefffecha ;DOLOR\n2026-02-05;7\n").fingerprint == same
    assert look("Fecha;Pasos\n2026-01-05;4\n").fingerprint != same


def test_that_day_one_and_the_last_baseline_day_are_asked() -> None:
    text = "Patient,Phase,Trial day,Steps\nP1,baseline,1,5\nP1,baseline,2,6\nP1,trial,1,7\n"
    answers = {"scale:Steps": "as_recorded", "trial_start": "2026-01-05"}
    assert open_ids(look(text, answers)) == {"day_one", "baseline_end"}
    for day_one, end, days in (
        ("day_after", "day_before", (3, 4, 6)),
        ("placement", "placement", (4, 5, 5)),
    ):
        found = look(text, {**answers, "day_one": day_one, "baseline_end": end})
        assert found.prepared is not None
        assert [day.day.day for day in found.prepared.trials[0].days] == list(days)


def test_that_rows_of_the_placement_date_are_asked_about() -> None:
    text = ROWS + "P1,2026-01-05,2026-01-05,5,\n"
    assert open_ids(look(text, DONE)) == {"placement_day"}
    found = look(text, {**DONE, "placement_day": "trial"})
    assert found.prepared is not None
    assert found.prepared.trials[0].days[-1].phase is Phase.TRIAL
