"""Build the course of a trial: one description for plot, day table and page.

Source: the evaluation specification, sections 1, 2 and 7; every figure comes from the same days
as the evaluation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scs_trial.domain.course import Course, CourseRow, EventMark, PainStrip
from scs_trial.domain.course_columns import day_columns, program_bands
from scs_trial.domain.course_rows import RowSource, course_row
from scs_trial.domain.course_text import date_range_text, row_title, summary_sentence
from scs_trial.domain.criteria import Test
from scs_trial.domain.days import trial_days
from scs_trial.domain.diary import Diary
from scs_trial.domain.measures import Asked, Better, Catalogue, Measure, Series
from scs_trial.domain.numbers import score_text, threshold_text
from scs_trial.domain.result import Evaluation, Reason
from scs_trial.domain.trial import ProgramChange

_BESIDE_THE_AVERAGE = ("pain_worst", "pain_least", "pain_now")
_LOWER_PLOT_FIRST = ("activity_score", "walking_minutes", "steps", "standing_minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSettings:
    """What the record says beside the diary about how a course is shown.

    Attributes
    ----------
    today
        Clinic-local date.
    target_region
        Name of the target pain region; empty where it has none.
    other_regions
        Names of the other declared regions, which are the items of their series.
    measures_asked
        Codes of the measures that the clinic asks, in its order.
    goals
        The patient's goals.
    programs
        The program ledger, in any order.
    events
        Marks on days: safety findings, lead removal.
    asked_day
        The day that the check-in form is about.
    draft_day
        The day whose answers are being typed and are not stored yet.
    """

    today: date
    target_region: str = ""
    other_regions: tuple[str, ...] = ()
    measures_asked: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    programs: tuple[ProgramChange, ...] = ()
    events: tuple[EventMark, ...] = ()
    asked_day: date | None = None
    draft_day: date | None = None


def build_course(
    diary: Diary, evaluation: Evaluation, catalogue: Catalogue, *, settings: CourseSettings
) -> Course:
    """Return plot and day table of a trial as one description.

    Parameters
    ----------
    diary
        The trial, with the answers being typed where there are some.
    evaluation
        Its evaluation: gives criteria, primary measure and threshold.
    catalogue
        The measures.
    settings
        Regions, measures, programs, events and days of the record.

    Returns
    -------
    Course
        Rows in the order pain (target, then the other regions), what is asked, what else is
        recorded. A missing value is None and shown as a dot, never as zero.
    """
    return _Builder(diary, evaluation, catalogue, settings).course()


class _Builder:
    """Collects the rows of one trial."""

    def __init__(
        self,
        diary: Diary,
        evaluation: Evaluation,
        catalogue: Catalogue,
        settings: CourseSettings,
    ) -> None:
        self._diary = diary
        self._evaluation = evaluation
        self._catalogue = catalogue
        self._settings = settings
        self._days = trial_days(diary, evaluation.criteria)
        self._columns = day_columns(
            diary,
            self._days,
            events=settings.events,
            today=settings.today,
            asked_day=settings.asked_day,
        )
        self._recorded = {series for day in diary.days for series in day.values}
        primary = evaluation.primary
        self._primary = Series(primary.measure or diary.pain_measure, primary.leaf.item)

    def course(self) -> Course:
        """Build everything."""
        source = RowSource(
            diary=self._diary,
            days=self._days,
            columns=self._columns,
            draft_day=self._settings.draft_day,
        )
        rows = {
            series: course_row(
                source,
                series,
                measure=self._catalogue[series.code],
                title=self._title(series),
                is_primary=series == self._primary,
            )
            for series in self._series()
        }
        strips = self._strips(rows)
        return Course(
            columns=self._columns,
            baseline_label=self._baseline_label(),
            strips=strips,
            activity=self._activity(rows),
            rows=tuple(rows.values()),
            bands=program_bands(self._diary, self._columns, self._settings.programs),
            events=self._settings.events,
            summary=summary_sentence(strips, self._columns),
        )

    def _regions(self) -> tuple[str | None, ...]:
        """Return the target, the declared regions, then those that only the diary names."""
        declared: list[str | None] = [None, *self._settings.other_regions]
        found = {series.item for series in self._recorded if series.item is not None}
        return tuple(declared) + tuple(sorted(found - set(declared) - {None}, key=str))

    def _series(self) -> list[Series]:
        main = self._diary.pain_measure
        asked = self._settings.measures_asked
        series: list[Series] = []
        for region in self._regions():
            series.append(Series(main, region))
            series += [
                Series(code, region)
                for code in _BESIDE_THE_AVERAGE
                if Series(code, region) in self._recorded
                or (code in asked and region is None and self._days.running)
            ]
        rest = [code for code in asked if code in self._catalogue]
        rest += [code for code in self._catalogue if code not in rest]
        for code in rest:
            measure = self._catalogue[code]
            for region in self._regions() if measure.per_region else (None,):
                line = Series(code, region)
                wanted = line in self._recorded or self._is_asked_daily(measure)
                if line not in series and wanted:
                    series.append(line)
        return series

    def _is_asked_daily(self, measure: Measure) -> bool:
        """Tell whether a row without any value is offered: while a value may still come."""
        asked = measure.code in self._settings.measures_asked and self._days.running
        return asked and measure.asked is Asked.DAILY and not measure.per_region

    def _title(self, series: Series) -> str:
        region = series.item or self._settings.target_region
        return row_title(self._catalogue[series.code], region, goals=self._settings.goals)

    def _strips(self, rows: dict[Series, CourseRow]) -> tuple[PainStrip, ...]:
        code = self._diary.pain_measure
        regions = sorted(self._regions(), key=lambda region: Series(code, region) != self._primary)
        return tuple(self._strip(rows, Series(code, region)) for region in regions)

    def _strip(self, rows: dict[Series, CourseRow], series: Series) -> PainStrip:
        row = rows[series]
        beside = series.code == "pain_average"
        threshold = self._threshold(row)
        return PainStrip(
            title=row.title,
            row=row,
            worst=rows.get(Series("pain_worst", series.item)) if beside else None,
            least=rows.get(Series("pain_least", series.item)) if beside else None,
            threshold=threshold,
            threshold_text=self._threshold_text(threshold, row.better),
        )

    def _threshold(self, row: CourseRow) -> Fraction | None:
        """Return the value at which the primary test is exactly met against its own baseline."""
        primary = self._evaluation.primary
        leaf = primary.leaf
        used = sum(point.used for point in row.baseline_points)
        if (
            leaf.test is not Test.IMPROVEMENT_PERCENT
            or leaf.threshold is None
            or row.series.code != self._primary.code
            or not row.baseline
            or used < self._evaluation.criteria.baseline_min_days
            or (row.is_primary and Reason.TOO_FEW_BASELINE_DAYS in primary.reasons)
        ):
            return None
        part = Fraction(leaf.threshold) / 100
        return row.baseline * (1 - part if row.better is Better.LOWER else 1 + part)

    def _threshold_text(self, threshold: Fraction | None, better: Better) -> str:
        percent = self._evaluation.primary.leaf.threshold
        if threshold is None or percent is None:
            return ""
        value = threshold_text(threshold, at_most=better is Better.LOWER)
        return f"{score_text(percent, decimals=1)} % relief {value}"

    def _baseline_label(self) -> str:
        return date_range_text([day.day for _, day in self._days.baseline if day.values])

    def _activity(self, rows: dict[Series, CourseRow]) -> tuple[CourseRow, ...]:
        offered = [
            row
            for row in rows.values()
            if not row.is_pain
            and self._catalogue[row.series.code].asked is Asked.DAILY
            and (row.baseline_points or row.mean is not None or row.series in self._recorded)
        ]
        order = {code: index for index, code in enumerate(_LOWER_PLOT_FIRST)}
        return tuple(sorted(offered, key=lambda row: order.get(row.series.code, len(order))))
