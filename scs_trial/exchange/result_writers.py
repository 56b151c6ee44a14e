"""Results of many trials as JSON, as text in words, and as a CSV table.

Source: the evaluation specification, section 9.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from scs_trial.domain.diary import Diary
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.result import Evaluation
from scs_trial.domain.verdict import Verdict
from scs_trial.domain.verdict_text import make_verdict, status_word
from scs_trial.exchange.diary_cells import guarded
from scs_trial.exchange.result_json import result_json


class Evaluated(NamedTuple):
    """One trial and its answer."""

    patient: str
    diary: Diary
    evaluation: Evaluation


def write_json(results: Iterator[Evaluated], catalogue: Catalogue, out: TextIO) -> None:
    """Write a JSON list, one object for each trial, each on a line of its own."""
    del catalogue
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    separator = "[\n"
    for patient, diary, evaluation in results:
        out.write(separator)
        out.write(encode(result_json(patient, diary.trial_start, evaluation)))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def write_text(results: Iterator[Evaluated], catalogue: Catalogue, out: TextIO) -> None:
    """Write the verdict of each trial in words."""
    for place, (patient, diary, evaluation) in enumerate(results):
        verdict = make_verdict(evaluation, catalogue=catalogue)
        criteria = evaluation.criteria
        head = f"{patient}, placement {diary.trial_start}, {criteria.id} {criteria.version}"
        lines = [*([""] if place else []), head, *_verdict_lines(verdict)]
        out.writelines(f"{line}\n" for line in lines)


def _verdict_lines(verdict: Verdict) -> list[str]:
    lines = [
        f"{verdict.symbol} {verdict.headline}",
        f"  {verdict.figure}  {verdict.figure_caption}",
    ]
    for line in verdict.lines:
        remark = f" ({line.remark})" if line.remark else ""
        lines.append(f"  {line.symbol} {line.title}: {line.value}{remark}")
    lines += [f"  {text}" for text in (verdict.sentence, verdict.methods) if text]
    lines += [f"  Caution: {finding.text}" for finding in verdict.cautions]
    lines += [f"  Note: {finding.text}" for finding in verdict.notes]
    return lines


_COLUMNS = (
    "patient",
    "trial_start",
    "criteria",
    "criteria_version",
    "running",
    "status",
    "settled",
    "possible",
    "words",
    "baseline",
    "trial",
    "value",
    "points",
    "display",
    "threshold",
    "primary_status",
    "methods_met",
    "methods_not_met",
    "methods_not_assessable",
    "cautions",
)


def write_csv(results: Iterator[Evaluated], catalogue: Catalogue, out: TextIO) -> None:
    """Write a table with one row for each trial; several codes in a cell are parted by spaces."""
    del catalogue
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for patient, diary, evaluation in results:
        writer.writerow(_row(patient, diary, evaluation))


def _row(patient: str, diary: Diary, evaluation: Evaluation) -> list[object]:
    whole = result_json(guarded(patient), diary.trial_start, evaluation)
    primary, agreement = whole["primary"], whole["agreement"]
    assert isinstance(primary, dict)
    assert isinstance(agreement, dict)
    flat: dict[str, object] = {
        **whole,
        **primary,
        "status": evaluation.status,
        "running": _yes_no(evaluation.running),
        "settled": _yes_no(evaluation.settled),
        "possible": " ".join(evaluation.possible),
        "words": status_word(evaluation),
        "primary_status": evaluation.primary.status,
        **{f"methods_{status}": count for status, count in agreement.items()},
        "cautions": " ".join(caution.code for caution in evaluation.cautions),
    }
    return [flat[column] for column in _COLUMNS]


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"
