"""Evaluations of many trials as JSON, as text in words, and as a CSV table.

Source: the evaluation specification, section 9.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.diary import Diary
from scs_trial.domain.evaluation import evaluate
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.result import Evaluation
from scs_trial.domain.verdict import Verdict
from scs_trial.domain.verdict_text import make_verdict, status_word
from scs_trial.exchange.diary_cells import guarded
from scs_trial.exchange.diary_trials import PatientDiary
from scs_trial.exchange.result_json import result_json


class Evaluated(NamedTuple):
    """One trial and its answer."""

    patient: str
    diary: Diary
    evaluation: Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFormat:
    """How results are written: one text for each trial, and what stands around and between."""

    one: Callable[[Evaluated, Catalogue], str]
    start: str = ""
    between: str = ""
    end: str = ""
    empty: str = ""
    """Everything, where there is no trial."""


_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def _json(result: Evaluated, _: Catalogue) -> str:
    return _ENCODE(result_json(result.patient, result.diary.trial_start, result.evaluation))


def _text(result: Evaluated, catalogue: Catalogue) -> str:
    verdict = make_verdict(result.evaluation, catalogue=catalogue)
    criteria = result.evaluation.criteria
    placement = result.diary.trial_start
    head = f"{result.patient}, placement {placement}, {criteria.id} {criteria.version}"
    return "".join(f"{line}\n" for line in (head, *_verdict_lines(verdict)))


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


RESULT_COLUMNS = (
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
"""Columns of the table of results."""


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _csv(result: Evaluated, _: Catalogue) -> str:
    return _csv_line(result_row(result._replace(patient=guarded(result.patient))))


def result_row(result: Evaluated) -> list[object]:
    """Return one trial's answer as cells under `RESULT_COLUMNS`."""
    patient, diary, evaluation = result
    whole = result_json(patient, diary.trial_start, evaluation)
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
    return [flat[column] for column in RESULT_COLUMNS]


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


FORMATS = {
    "json": ResultFormat(one=_json, start="[\n", between=",\n", end="\n]\n", empty="[]\n"),
    "text": ResultFormat(one=_text, between="\n"),
    "csv": ResultFormat(one=_csv, start=_csv_line(RESULT_COLUMNS), empty=_csv_line(RESULT_COLUMNS)),
}
"""Formats by name: JSON with everything, the verdict in words, a table with one row a trial."""


def write_results(
    trials: Sequence[PatientDiary],
    criteria: Criteria,
    catalogue: Catalogue,
    *,
    form: ResultFormat,
    out: TextIO,
) -> None:
    """Evaluate trials and write the results in their order.

    Parameters
    ----------
    trials
        Patients and their trials.
    criteria
        By which they are evaluated.
    catalogue
        Measures.
    form
        One of `FORMATS`.
    out
        Where the text goes.
    """
    before = form.start
    for patient, diary in trials:
        out.write(before)
        result = Evaluated(patient, diary, evaluate(diary, criteria, catalogue))
        out.write(form.one(result, catalogue))
        before = form.between
    out.write(form.end if trials else form.empty)
