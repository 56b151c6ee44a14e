"""The whole answer for one trial under one criteria file.

Source: the evaluation specification, sections 1 to 9.
"""

from __future__ import annotations

from scs_trial.domain import statuses
from scs_trial.domain.cautions import Findings, cautions_of
from scs_trial.domain.criteria import Criteria, Leaf, Test, leaves
from scs_trial.domain.days import SeriesDays, TrialDays, day_states, series_days, trial_days
from scs_trial.domain.diary import Diary
from scs_trial.domain.leaf import (
    LeafInput,
    evaluate_confirmation,
    evaluate_leaf,
    measure_code,
    threshold_of,
)
from scs_trial.domain.measures import Catalogue, Series
from scs_trial.domain.methods import agreement, compare_methods
from scs_trial.domain.programs import by_program, days_by_program
from scs_trial.domain.regions import other_regions
from scs_trial.domain.result import Evaluation, LeafResult
from scs_trial.domain.rule import combine

MME = Series("mme")
STATED_RELIEF = Series("stated_relief")


def evaluate(diary: Diary, criteria: Criteria, catalogue: Catalogue) -> Evaluation:
    """Evaluate one trial exactly.

    Parameters
    ----------
    diary
        The trial; the order of its days does not matter. Values lie in their measures' ranges.
    criteria
        A checked criteria file.
    catalogue
        The measures that the criteria and the diary name.

    Returns
    -------
    Evaluation
        Status, what can still change, every figure, method, program and caution.
    """
    return _Trial(diary, criteria, catalogue).evaluation()


class _Trial:
    """One trial under evaluation: collects each series once."""

    def __init__(self, diary: Diary, criteria: Criteria, catalogue: Catalogue) -> None:
        self._diary = diary
        self._criteria = criteria
        self._catalogue = catalogue
        self._days: TrialDays = trial_days(diary, criteria)
        self._series: dict[Series, SeriesDays] = {}

    def evaluation(self) -> Evaluation:
        """Evaluate leaves, rule, methods, programs and cautions."""
        criteria, days = self._criteria, self._days
        results = [self._leaf(leaf) for leaf in leaves(criteria.rule)]
        given = self._given(criteria.primary)
        primary = next(
            (result for result in results if result.leaf.id == criteria.primary.id), None
        ) or evaluate_leaf(given)
        better = given.measure.better
        methods = compare_methods(
            days,
            given.series,
            self._collect(STATED_RELIEF),
            better=better,
            threshold=threshold_of(criteria.primary, given.measure.code),
        )
        programs = days_by_program(days, given.series)
        found = Findings(
            diary=self._diary,
            criteria=criteria,
            days=days,
            primary=primary,
            series=given.series,
            mme=self._collect(MME),
            methods=methods,
            regions=other_regions(days, given, self._collect),
            programs=tuple(programs),
        )
        now = combine(criteria.rule, iter([statuses.bit(result.status) for result in results]))
        possible = combine(
            criteria.rule, iter([statuses.bits(result.possible) for result in results])
        )
        possible_statuses = statuses.statuses(possible)
        return Evaluation(
            criteria=criteria,
            running=days.running,
            status=statuses.statuses(now)[0],
            settled=len(possible_statuses) == 1,
            possible=possible_statuses,
            primary=primary,
            leaves=tuple(results),
            methods=methods,
            agreement=agreement(methods),
            programs=by_program(programs, given.series, better=better),
            cautions=cautions_of(found),
            day_states=day_states(days, given.series.recorded),
        )

    def _leaf(self, leaf: Leaf) -> LeafResult:
        if leaf.test is Test.CONFIRM:
            return evaluate_confirmation(leaf, self._diary)
        return evaluate_leaf(self._given(leaf))

    def _given(self, leaf: Leaf) -> LeafInput:
        code = measure_code(leaf, self._diary)
        assert code is not None  # only a confirmation tests no measure
        return LeafInput(
            leaf=leaf,
            measure=self._catalogue[code],
            series=self._collect(Series(code, leaf.item)),
            baseline_min_days=self._criteria.baseline_min_days,
        )

    def _collect(self, series: Series) -> SeriesDays:
        collected = self._series.get(series)
        if collected is None:
            measure = self._catalogue[series.code]
            collected = series_days(self._days, series, measure=measure)
            self._series[series] = collected
        return collected
