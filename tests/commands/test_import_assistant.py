"""The import assistant from the command line, into a real encrypted record.

The files are made up (synthetic).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scs_trial.commands import FAULTY, OK, QUESTIONS, USAGE
from scs_trial.services.session import Session
from scs_trial.services.undo_import import list_imports
from tests.commands.test_import import reopened, run
from tests.records import make_session

STEPS = 'Activities\nDate,Steps\n"14-02-2026","7,696"\n"15-02-2026","2,567"\n"16-02-2026","x"\n'
ANSWERS = """
"decimal" = "."
"scale:Steps" = "as_recorded"
"patient" = "S1"
"trial_start" = "2026-02-15"
"placement_day" = "trial"
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return the session that made the record; the record is closed."""
    made = make_session(tmp_path)
    made.records.close()
    return made


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """Return a made-up export of a step counter; one cell is no number."""
    path = tmp_path / "steps.csv"
    path.write_text(STEPS, encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return a file that answers every question."""
    path = tmp_path / "answers.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


@pytest.mark.usefixtures("session")
def test_that_open_questions_are_listed_as_a_file_to_fill_in(
    tmp_path: Path, steps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, steps, "--assistant") == QUESTIONS
    said = capsys.readouterr()
    assert tomllib.loads(said.out) == {
        "decimal": "",
        "scale:Steps": "",
        "patient": "",
        "trial_start": "",
    }
    assert "7,696 can be read in two ways" in said.out
    assert "Order of the dates" in said.err


@pytest.mark.usefixtures("session")
def test_that_a_dry_run_names_the_cell_and_writes_nothing(
    tmp_path: Path, steps: Path, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, steps, "--options", str(answers), "--dry-run") == FAULTY
    said = capsys.readouterr()
    assert "row 5, column Steps: 'x' is not a number" in said.err
    assert "     2 new days" in said.out
    with reopened(tmp_path).reading() as work:
        assert work.patients.by_mrn("S1") is None


@pytest.mark.usefixtures("session")
def test_that_a_faulty_row_is_skipped_only_when_chosen_and_the_import_undone(
    tmp_path: Path, steps: Path, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, steps, "--options", str(answers)) == FAULTY
    assert "Nothing was imported" in capsys.readouterr().err
    arguments = ("--options", str(answers), "--skip-faulty", "--keep-profile", "Steps")
    assert run(tmp_path, steps, *arguments) == OK
    number = capsys.readouterr().out.split("import ")[1].split()[0]
    opened = reopened(tmp_path)
    (held,) = list_imports(opened)
    assert [(one.row, one.column) for one in held.skipped] == [(5, "Steps")]
    opened.records.close()
    assert run(tmp_path, steps, "--list-imports") == OK
    assert number in capsys.readouterr().out
    assert run(tmp_path, steps, "--undo", number, "--reason", "wrong patient") == OK
    with reopened(tmp_path).reading() as work:
        assert work.patients.by_mrn("S1") is None


@pytest.mark.usefixtures("session")
def test_that_a_kept_profile_answers_and_says_so(
    tmp_path: Path, steps: Path, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, steps, "--options", str(answers), "--skip-faulty", "--keep-profile", "Steps")
    capsys.readouterr()
    assert run(tmp_path, steps, "--profile", "Steps") == QUESTIONS
    assert tomllib.loads(capsys.readouterr().out).keys() == {"patient", "trial_start"}
    more = tmp_path / "more.toml"
    more.write_text('"patient" = "S2"\n"trial_start" = "2026-02-15"\n', encoding="utf-8")
    code = run(tmp_path, steps, "--profile", "Steps", "--options", str(more), "--skip-faulty")
    assert code == OK
    said = capsys.readouterr().err
    assert "scale:Steps = as_recorded. Confirmed by the profile Steps." in said
    assert run(tmp_path, steps, "--show-profile", "Steps") == OK
    shown = tomllib.loads(capsys.readouterr().out)
    assert shown["name"] == "Steps"
    assert shown["answers"] == {
        "decimal": ".",
        "placement_day": "trial",
        "scale:Steps": "as_recorded",
    }


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("text", ["x = [", "scale = 4", "answers = 3"])
def test_that_a_broken_answer_file_is_wrong_usage(tmp_path: Path, steps: Path, text: str) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(text, encoding="utf-8")
    assert run(tmp_path, steps, "--options", str(broken)) == USAGE


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    "more", [("--copy-as", "P9"), ("--criteria", "nobody")], ids=["copy", "criteria"]
)
def test_that_options_that_do_not_fit_are_wrong_usage(
    tmp_path: Path, steps: Path, more: tuple[str, str]
) -> None:
    assert run(tmp_path, steps, "--assistant", *more) == USAGE


@pytest.mark.usefixtures("session")
def test_that_an_unknown_import_is_not_undone(tmp_path: Path, steps: Path) -> None:
    assert run(tmp_path, steps, "--undo", "nothing", "--reason", "x") == FAULTY
