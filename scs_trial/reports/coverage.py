"""Coverage checklist: what a rule and its checklist ask, what the record holds, what is missing.

It says what is documented and never whether a payer will agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from scs_trial.domain.criteria import Criteria, Test, leaves
from scs_trial.domain.describe import leaf_text, rule_lines
from scs_trial.domain.diary import Diary
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.result import Evaluation, LeafResult, Status
from scs_trial.domain.verdict_lines import value_text
from scs_trial.domain.verdict_needed import reasons_text
from scs_trial.reports.coverage_checklist import Held, held_for
from scs_trial.reports.coverage_types import Coverage, CoverageRow, Documented
from scs_trial.reports.labels import STATUSES, count_words, date_words
from scs_trial.reports.profile_content import letterhead
from scs_trial.reports.profile_identity import identity_line
from scs_trial.reports.rule_words import compact_rule
from scs_trial.reports.typeset import Paper, Printout, digest_of
from scs_trial.services.review_types import TrialReview

TITLE = "Coverage checklist"
_NO_CRITERIA = "The trial's criteria can't be read, so nothing can be checked."
_NOT_ASKED = "Nothing further is asked."


def coverage(review: TrialReview, criteria: Criteria | None, catalogue: Catalogue) -> Coverage:
    """Return the checklist of a trial.

    Parameters
    ----------
    review
        The trial.
    criteria
        The criteria that would judge it, for a trial without an evaluation; what was evaluated
        goes before. None where they can't be read.
    catalogue
        Titles and units.
    """
    if review.evaluation is not None:
        criteria = review.evaluation.criteria
    if criteria is None:
        return Coverage(
            criteria=review.trial.criteria_id,
            rule="",
            source="",
            evidence="",
            summary=_NO_CRITERIA,
            rows=(),
        )
    rows = (
        *_rule_rows(review.evaluation, criteria, catalogue),
        *_length_rows(review.diary, criteria),
        *(_checklist_row(item.text, held_for(item.id, review)) for item in criteria.checklist),
    )
    return Coverage(
        criteria=f"{criteria.title} ({criteria.id}, version {criteria.version})",
        rule=_rule(criteria, catalogue),
        source=criteria.source,
        evidence=f"Evidence: {criteria.evidence}; checked on {date_words(criteria.checked_on)}.",
        summary=_summary(rows),
        rows=rows,
    )


def _rule(criteria: Criteria, catalogue: Catalogue) -> str:
    lines = rule_lines(criteria, catalogue)
    return compact_rule("\n".join(f"{'  ' * line.depth}{line.text}" for line in lines))


def _summary(rows: tuple[CoverageRow, ...]) -> str:
    if not rows:
        return _NOT_ASKED
    documented = sum(row.state is Documented.YES for row in rows)
    partly = sum(row.state is Documented.PARTLY for row in rows)
    more = f", {partly} partly" if partly else ""
    return f"{documented} of {count_words(len(rows), 'point')} documented{more}."


def _rule_rows(
    evaluation: Evaluation | None, criteria: Criteria, catalogue: Catalogue
) -> Iterator[CoverageRow]:
    """Yield a row for each test of the rule; a test that has its answer is documented."""
    if evaluation is None:
        for leaf in leaves(criteria.rule):
            yield CoverageRow(
                asked=leaf_text(leaf, criteria, catalogue),
                held="no value",
                missing="the placement date; without it no day can be counted",
                state=Documented.NO,
            )
        return
    for result in evaluation.leaves:
        yield _rule_row(result, evaluation, catalogue)


def _rule_row(result: LeafResult, evaluation: Evaluation, catalogue: Catalogue) -> CoverageRow:
    criteria = evaluation.criteria
    measure = None if result.measure is None else catalogue[result.measure]
    answered = result.status is not Status.NOT_ASSESSABLE
    figures = value_text(result, measure)
    held = f"{figures}: {STATUSES[result.status]}" if answered else figures
    if measure is not None and result.recorded_days is not None:
        held += f" ({count_words(result.recorded_days, 'recorded day')})"
    return CoverageRow(
        asked=leaf_text(result.leaf, criteria, catalogue),
        held=held,
        missing="" if answered else _missing(result, criteria),
        state=Documented.YES if answered else Documented.NO,
    )


def _missing(result: LeafResult, criteria: Criteria) -> str:
    if result.leaf.test is Test.CONFIRM:
        return "the clinician's answer"
    return reasons_text(result, baseline_min_days=criteria.baseline_min_days) or "values"


def _length_rows(diary: Diary | None, criteria: Criteria) -> Iterator[CoverageRow]:
    if criteria.length_min is None:
        return
    asked = f"Trial of at least {count_words(criteria.length_min, 'day')}"
    if diary is None:
        missing = "the placement date"
        yield CoverageRow(asked=asked, held="not placed", missing=missing, state=Documented.NO)
    elif diary.trial_ended is None:
        held = f"running, {count_words(diary.planned_days, 'day')} planned"
        yield CoverageRow(
            asked=asked, held=held, missing="the end of the trial", state=Documented.PARTLY
        )
    else:
        length = diary.last_day
        short = max(criteria.length_min - length, 0)
        missing = f"{count_words(short, 'day')} fewer than asked" if short else ""
        yield CoverageRow(
            asked=asked,
            held=count_words(length, "day"),
            missing=missing,
            state=Documented.NO if short else Documented.YES,
        )


def _checklist_row(asked: str, held: Held) -> CoverageRow:
    if not held.missing:
        state = Documented.YES
    else:
        state = Documented.PARTLY if held.words else Documented.NO
    return CoverageRow(
        asked=asked,
        held="; ".join(held.words) or "nothing",
        missing="; ".join(held.missing),
        state=state,
    )


def coverage_sheet(
    review: TrialReview,
    criteria: Criteria | None,
    catalogue: Catalogue,
    *,
    printed_at: datetime,
    printed_by: str,
) -> Printout:
    """Return the checklist as something that can be previewed, printed and saved."""
    local = printed_at.astimezone(ZoneInfo(review.settings.zone))
    found = coverage(review, criteria, catalogue)
    sheet = Sheet(
        identity=identity_line(review),
        letterhead=letterhead(review.settings),
        printed=f"printed {date_words(local.date())} {local:%H:%M} by {printed_by}",
        coverage=found,
    )
    rows = "; ".join(
        f"{row.asked}: {row.held}" + (f", missing: {row.missing}" if row.missing else "")
        for row in found.rows
    )
    return Printout(
        title=TITLE,
        file_stem="scs-trial-coverage",
        description=f"{found.summary} {rows}".strip(),
        template="coverage.typ",
        printed_at=local,
        demo=review.demo,
        digest=digest_of([sheet.identity, asdict(found)]),
        data=partial(_data, sheet),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on the printed checklist."""

    identity: str
    letterhead: str
    printed: str
    coverage: Coverage


def _data(sheet: Sheet, _paper: Paper) -> dict[str, object]:
    return asdict(sheet)
