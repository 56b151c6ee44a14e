"""The command line as a process: output, standard error, exit codes.

Source: the evaluation specification, section 9.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scs_trial import __version__
from scs_trial.cli import main
from scs_trial.commands import COMMANDS
from tests.domain.test_criteria_file import EXAMPLE
from tests.domain.test_evaluation_vectors import differences
from tests.reference import FIXTURES, ROOT

VECTORS = FIXTURES / "expected" / "evaluation_vectors"
GOOD = (
    "patient,trial_start,date,pain_average,program\n"
    "P1,2026-01-10,2026-01-09,8,\nP1,2026-01-10,2026-01-11,4,A\n"
    "P1,2026-01-10,2026-01-12,4,A\nP1,2026-01-10,2026-01-13,4,A\n"
)
BAD = GOOD + "P1,2026-01-10,2026-01-13,10.5,A\n"


def run(
    *arguments: str | Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "scs_trial", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
    )


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    path = tmp_path / "diary.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", [1, 5])
def test_that_evaluate_gives_the_published_answers(case: int) -> None:
    result = run(
        "evaluate", VECTORS / f"case{case}.csv", "--criteria", VECTORS / f"case{case}.toml"
    )
    assert (result.returncode, result.stderr) == (0, b"")
    theirs = json.loads((VECTORS / f"case{case}.json").read_text(encoding="utf-8"))
    assert list(differences(json.loads(result.stdout), theirs)) == []


def test_that_standard_input_is_read(diary: Path) -> None:
    from_file, from_input = run("evaluate", diary), run("evaluate", "-", stdin=GOOD.encode())
    assert from_file.stdout == from_input.stdout
    (trial,) = json.loads(from_input.stdout)
    assert (trial["criteria"], trial["status"], trial["settled"]) == ("general-50", "met", False)


def test_that_a_faulty_diary_is_refused_as_a_whole() -> None:
    result = run("evaluate", "-", stdin=BAD.encode())
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode().splitlines() == [
        "row 6, column date: second trial row for 2026-01-13, the first is row 5",
        "row 6, column pain_average: 10.5 lies outside 0 to 10",
        "2 faults: nothing was evaluated; --skip-faulty leaves faulty rows out.",
    ]


def test_that_faulty_rows_are_skipped_on_request() -> None:
    result = run("evaluate", "-", "--skip-faulty", stdin=BAD.encode())
    assert result.returncode == 0
    assert result.stdout == run("evaluate", "-", stdin=GOOD.encode()).stdout
    assert result.stderr.decode().splitlines()[-1] == "1 row left out."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (GOOD.encode("utf-16"), "The file is UTF-16; save it as CSV in UTF-8."),
        (b"\0\1\2\3" * 9, "The file is binary, not a CSV."),
        (b"a,b\n1,2\n", "row 1, column a: is an unknown column"),
    ],
)
def test_that_nothing_can_be_skipped_in_what_is_no_diary(content: bytes, message: str) -> None:
    result = run("evaluate", "-", "--skip-faulty", stdin=content)
    assert (result.returncode, result.stdout) == (1, b"")
    lines = result.stderr.decode().splitlines()
    assert lines[0] == message
    assert lines[-1].endswith("nothing was evaluated.")


def test_that_a_large_file_of_rubbish_gets_a_clear_answer(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"rubbish " * (50 * 1024 * 1024 // 8))
    result = run("evaluate", path)
    assert result.returncode == 1
    assert result.stderr.decode().splitlines() == [
        "The first line is too long for a header: this is no diary CSV.",
        "1 fault: nothing was evaluated.",
    ]


@pytest.mark.parametrize("locale", ["C", "de_DE.UTF-8"])
def test_that_text_reads_the_same_in_every_locale(diary: Path, locale: str) -> None:
    result = run(
        "evaluate", diary, "--format", "text", LC_ALL=locale, PYTHONUTF8="0", TZ="Pacific/Auckland"
    )
    assert result.returncode == 0
    assert result.stdout.decode("utf-8").splitlines() == [
        "P1, placement 2026-01-10, general-50 2026.1",
        "✓ On track: criteria met so far",
        "  50.0 %  Mean pain relief so far, 3 of 7 days recorded",
        "  ✓ Pain relief ≥ 50 %: 50.0 % (can end 7.1 to 78.5 %)",
        "  For pain relief of 50 %: four open days at 4, 4, 4 and 4 would still do; "
        "5, 4, 4 and 4 would not.",
        "  Other methods 50.0 %: none below 50 %.",
        "  Caution: 50.0 % is within 5 percentage points of 50 %.",
        "  Note: The baseline is one value only.",
    ]


def test_that_csv_has_one_row_for_each_trial_and_no_formulas() -> None:
    content = GOOD.replace("P1", "=1+1") + GOOD.partition("\n")[2]
    result = run("evaluate", "-", "--format", "csv", stdin=content.encode())
    first, second = csv.DictReader(io.StringIO(result.stdout.decode()))
    assert (first["patient"], second["patient"]) == ("'=1+1", "P1")
    assert (second["status"], second["words"], second["display"]) == ("met", "on track", "50.0 %")
    assert (second["running"], second["settled"]) == ("yes", "no")
    assert second["possible"] == "met not_met"
    assert second["cautions"] == "few_baseline_days near_threshold"
    assert (second["methods_met"], second["methods_not_met"]) == ("8", "0")


@pytest.mark.parametrize("form", ["json", "text", "csv"])
def test_that_a_diary_without_rows_is_no_fault(form: str) -> None:
    result = run("evaluate", "-", "--format", form, stdin=b"patient,trial_start,date\n")
    assert result.returncode == 0
    assert result.stdout.count(b"\n") == (0 if form == "text" else 1)


def test_that_a_criteria_file_of_ones_own_is_used(tmp_path: Path, diary: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(EXAMPLE.replace("low = 4", "low = 11"), encoding="utf-8")
    result = run("evaluate", diary, "--criteria", path)
    assert json.loads(result.stdout)[0]["criteria"] == "example"
    assert result.stderr.decode() == (
        "warning: own.toml: baseline.low: 11 lies outside the range of NRS points (0 to 10)\n"
    )


def test_that_faults_of_criteria_and_diary_are_reported_together(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(EXAMPLE.replace("low = 4", "lo = 4"), encoding="utf-8")
    result = run("evaluate", "-", "--criteria", path, stdin=BAD.encode())
    assert (result.returncode, result.stdout) == (1, b"")
    lines = result.stderr.decode().splitlines()
    assert lines[0] == "own.toml: baseline.lo: is an unknown key"
    assert lines[1].startswith("row 6, column date")
    alone = run("evaluate", "-", "--criteria", path, stdin=GOOD.encode())
    assert alone.stderr.decode().splitlines() == lines[:1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "usage: scs-trial"),
        (["evaluat"], "invalid choice: 'evaluat'"),
        (["evaluate"], "the following arguments are required: DIARY"),
        (["evaluate", "-", "--format", "xml"], "invalid choice: 'xml'"),
        (["evaluate", "none.csv"], "none.csv: No such file or directory"),
        (["evaluate", "tests"], "tests: Is a directory"),
        (["evaluate", "-", "--criteria", "none"], "none: neither a criteria file nor one of the"),
        (["evaluate", "-", "--crit", "general-50"], "unrecognized arguments: --crit general-50"),
        (["criteria"], "the following arguments are required: ACTION"),
        (["criteria", "show", "../x"], "../x: neither a criteria file nor one of the ids aetna"),
    ],
)
def test_that_wrong_usage_ends_with_two(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr.decode()


@pytest.mark.parametrize("arguments", [[], ["evaluate"], ["criteria"]])
def test_that_help_says_what_a_person_needs(arguments: list[str]) -> None:
    text = run(*arguments, "--help").stdout.decode()
    for word in (
        ("example", "exit codes", *COMMANDS) if not arguments else ("example", "exit codes")
    ):
        assert word in text
    assert max(map(len, text.splitlines())) <= 100


def test_that_the_version_is_printed() -> None:
    assert run("--version").stdout.decode() == f"scs-trial {__version__}\n"


def test_that_criteria_are_listed_shown_and_checked(tmp_path: Path) -> None:
    listed = run("criteria", "list")
    assert listed.returncode == 0
    assert len(listed.stdout.splitlines()) == 10
    assert b"general-50         2026.1  primary      Half the pain\n" in listed.stdout
    shown = run("criteria", "show", "belgium")
    accepted = FIXTURES / "expected" / "criteria" / "belgium.txt"
    assert shown.stdout.decode() == accepted.read_text(encoding="utf-8")
    assert run("criteria", "check").stdout == b"10 files: 10 without fault, 0 faults\n"
    (tmp_path / "a.toml").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "b.toml").write_text("id = 5", encoding="utf-8")
    checked = run("criteria", "check", tmp_path, tmp_path / "a.toml")
    assert (checked.returncode, checked.stderr.count(b"b.toml: ")) == (1, 8)
    assert b"a.toml: id: 'example' is the id of a.toml too" in checked.stderr
    assert run("criteria", "show", tmp_path / "b.toml").returncode == 1


def test_that_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    head, _, rows = GOOD.partition("\n")
    path.write_text(
        head + "\n" + "".join(rows.replace("P1", f"P{n}") for n in range(2000)), encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "scs_trial", "evaluate", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert errors == b""


def test_that_no_window_library_is_loaded() -> None:
    code = (
        "import sys; from scs_trial.cli import main; main(['criteria', 'check']); "
        "bad = {'PySide6', 'sqlalchemy', 'numpy', 'openpyxl', 'typst'} & set(sys.modules); "
        "sys.exit(str(bad) if bad else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert result.returncode == 0, result.stderr


def test_that_the_commands_run_in_process_too(
    diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(diary), "--format", "csv"]) == 0
    assert "P1,2026-01-10,general-50" in capsys.readouterr().out


def test_that_a_defect_is_told_by_number_and_never_by_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_arguments: object) -> int:
        raise KeyError("Okafor, Grace")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("scs_trial.commands.criteria.run", broken)
    logger = logging.getLogger("scs_trial")
    before, propagate, level = logger.handlers[:], logger.propagate, logger.level
    try:
        assert main(["criteria", "list"]) == 70
    finally:
        for handler in set(logger.handlers) - set(before):
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = propagate
        logger.setLevel(level)
    said = capsys.readouterr().err
    (log,) = tmp_path.rglob("*.log")
    logged = log.read_text(encoding="utf-8")
    reference = logged.split("defect ")[1][:8]
    assert reference in said
    assert "Okafor" not in said + logged
