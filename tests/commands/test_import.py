"""Diaries from the command line into a real encrypted record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scs_trial.assemble import session_for
from scs_trial.cli import main
from scs_trial.clock import SystemClock
from scs_trial.data.open import open_record
from scs_trial.domain.result import Status
from scs_trial.services.clinic_settings import save_criteria
from scs_trial.services.register_patient import find_patients
from scs_trial.services.review_trial import TrialReview, reload_workspace
from scs_trial.services.session import Session
from tests.real_diaries import NO_FOLLOW_UP, expected, write_diary_csv
from tests.records import (
    PASSWORD,
    RECORD_NAME,
    close_after_test,
    make_session,
    options,
)
from tests.reference import FIXTURES

GOOD = (
    "patient,trial_start,date,pain_average\n"
    "P1,2026-02-01,2026-01-31,8\n"
    "P1,2026-02-01,2026-02-02,4\n"
)
ONE_DAY = FIXTURES / "criteria" / "half-one-day.toml"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return the session that made the record; the record is closed."""
    made = make_session(tmp_path)
    save_criteria(
        made, file_name=ONE_DAY.name, text=ONE_DAY.read_text(encoding="utf-8"), reason="test"
    )
    made.records.close()
    return made


def run(folder: Path, file: Path, *more: str, password: str = PASSWORD) -> int:
    reader, writer = os.pipe()
    os.write(writer, password.encode())
    os.close(writer)
    try:
        return main(
            [
                "import",
                str(file),
                "--record",
                str(folder / RECORD_NAME),
                "--user",
                "anna",
                "--password-fd",
                str(reader),
                *more,
            ]
        )
    finally:
        os.close(reader)


def reopened(folder: Path) -> Session:
    opened = open_record(folder / RECORD_NAME, "anna", PASSWORD, options=options())
    close_after_test(opened.records)
    return session_for(opened.records, opened.account, clock=SystemClock())


def review(session: Session, mrn: str) -> TrialReview:
    with session.reading() as work:
        patient = work.patients.by_mrn(mrn)
    assert patient is not None
    found = reload_workspace(session, patient.id).review
    assert found is not None
    return found


def test_that_a_diary_is_imported_and_counted(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(GOOD, encoding="utf-8")
    assert run(tmp_path, file) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in out][:2] == ["1 new patients", "1 new trials"]
    assert review(reopened(tmp_path), "P1").trial.criteria_id == "general-50"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace(",4\n", ",10.5\n"), "row 3, column pain_average"),
        (GOOD.replace(",4\n", ",four\n"), "row 3, column pain_average"),
        (GOOD.replace("pain_average", "pain"), "column pain"),
        (GOOD + "P1,2026-02-01,2026-02-02,5\n", "row 4, column date"),
        ("", "empty"),
        (GOOD + "P1,2026-02-01,2199-02-02,5\n", "row 4: This day is still to come."),
    ],
)
def test_that_a_faulty_file_is_refused_with_row_and_column(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(text, encoding="utf-8")
    assert run(tmp_path, file) == 1
    assert said in capsys.readouterr().err
    assert find_patients(reopened(tmp_path), "") == []


def test_that_a_wrong_password_imports_nothing(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(GOOD, encoding="utf-8")
    assert run(tmp_path, file, password="not the password at all") == 1
    assert "password" in capsys.readouterr().err
    assert find_patients(reopened(tmp_path), "") == []


def test_that_a_missing_file_and_unknown_criteria_are_wrong_usage(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, tmp_path / "none.csv") == 2
    file = tmp_path / "diary.csv"
    file.write_text(GOOD, encoding="utf-8")
    assert run(tmp_path, file, "--criteria", "nonesuch") == 2
    assert "nonesuch" in capsys.readouterr().err


def test_that_real_diaries_give_the_same_verdicts_through_the_record(
    session: Session, tmp_path: Path
) -> None:
    # The data's own 0-10 VAS is taken as pain_average for this test only.
    file = tmp_path / "diaries.csv"
    write_diary_csv(file)
    assert run(tmp_path, file, "--criteria", "half-one-day") == 0
    record = reopened(tmp_path)
    statuses = []
    for row in expected():
        evaluation = review(record, row["patient"]).evaluation
        assert evaluation is not None
        statuses.append(evaluation.status)
        primary = evaluation.primary
        if row["followup_days"] in ("", "0"):
            assert evaluation.status is Status.NOT_ASSESSABLE
            continue
        assert primary.baseline is not None
        assert primary.trial is not None
        assert primary.value is not None
        assert float(primary.baseline) == pytest.approx(float(row["baseline_mean"]), abs=1e-6)
        assert float(primary.trial) == pytest.approx(float(row["followup_mean"]), abs=1e-6)
        assert float(primary.value) == pytest.approx(float(row["relief_diary_pct"]), abs=1e-6)
        assert (evaluation.status is Status.MET) == (row["ge50_diary"] == "1")
    assert len(statuses) == 119
    assert statuses.count(Status.NOT_ASSESSABLE) == NO_FOLLOW_UP
    assert statuses.count(Status.MET) == 37
