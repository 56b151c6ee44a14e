"""``scs-trial evaluate``: the verdict of each trial in a diary CSV."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from pathlib import Path
from typing import BinaryIO

from scs_trial.commands import FAULTY, OK
from scs_trial.commands.rules import (
    DEFAULT_CRITERIA,
    UsageError,
    catalogue,
    read_one,
    usage_error,
    write_lines,
)
from scs_trial.domain.measures import Catalogue
from scs_trial.exchange.diary_csv import DiaryFile, read_diary
from scs_trial.exchange.result_writers import FORMATS, write_results

_DESCRIPTION = """\
Evaluate every trial of a diary CSV against one criteria file and print status, figures, what can
still change, other methods and cautions. Exact arithmetic: 50 % is met at exactly 50 %.
"""
_EPILOG = """\
The diary has one row for each patient, date and phase. Required columns: patient, trial_start (the
placement date, day 0), date (the day that the answers are about). Optional: planned_days,
trial_ended, end_reason, awaiting_diary, pain_measure (they say something of the trial and may stand
on any of its rows); phase (baseline or trial), missed, stimulation_off, program, recorded_at, note;
one column for each measure (pain_average, activity_score, mme, ...), pain_average[left leg] for
another region, confirm:NAME for a clinician's yes or no. UTF-8; comma, semicolon or tab; dates as
2026-11-22; a decimal comma only with semicolons. An empty cell is a missing value, never zero.

Faults are reported together on standard error, each with row (as a spreadsheet counts, the header
is row 1) and column, and nothing is evaluated, unless --skip-faulty is given.

examples:
  scs-trial evaluate diary.csv
  scs-trial evaluate diary.csv --criteria medicare-style --format text
  scs-trial evaluate - --criteria my-clinic.toml --format csv < diary.csv

exit codes: 0 evaluated, 1 faulty diary or criteria, 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``evaluate``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    parser.add_argument("diary", metavar="DIARY", help="diary CSV, or - for standard input")
    parser.add_argument(
        "--criteria",
        metavar="ID-or-FILE",
        default=DEFAULT_CRITERIA,
        help="shipped criteria by id, or a criteria file (default: %(default)s)",
    )
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="json",
        help="json: everything, for machines; text: the verdict in words; csv: one row for each "
        "trial (default: %(default)s)",
    )
    parser.add_argument(
        "--skip-faulty",
        action="store_true",
        help="leave out rows with faults, report them, and evaluate the rest; a trial that "
        "contradicts itself is left out as a whole",
    )


def run(arguments: argparse.Namespace) -> int:
    """Evaluate and print."""
    # One pass over a file and then the end: the cyclic collector would only re-read live objects.
    gc.disable()
    try:
        return _evaluate(arguments)
    except UsageError as error:
        return usage_error(arguments, error)
    finally:
        gc.enable()


def _evaluate(arguments: argparse.Namespace) -> int:
    measures = catalogue()
    criteria = read_one(arguments.criteria, measures)
    diary = _read(arguments.diary, measures)
    write_lines(str(fault) for fault in diary.faults)
    if criteria is None or not diary.readable or (diary.faults and not arguments.skip_faulty):
        if diary.faults:
            write_lines([_refusal(diary)])
        return FAULTY
    if diary.faults:
        write_lines([f"{_count(diary.dropped_rows, 'row')} left out."])
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="\n")
    write_results(diary.trials, criteria, measures, form=FORMATS[arguments.format], out=out)
    return OK


def _read(name: str, measures: Catalogue) -> DiaryFile:
    if name == "-":
        return read_diary(sys.stdin.buffer, catalogue=measures)
    try:
        stream: BinaryIO
        with Path(name).open("rb") as stream:
            return read_diary(stream, catalogue=measures)
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from error


def _refusal(diary: DiaryFile) -> str:
    faults = _count(len(diary.faults), "fault")
    hint = "; --skip-faulty leaves faulty rows out" if diary.readable else ""
    return f"{faults}: nothing was evaluated{hint}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
