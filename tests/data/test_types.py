"""Columns refuse what they would not give back as it was."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.dialects import sqlite

from scs_trial.data.types import Day, Exact, Instant, LocalTime
from scs_trial.domain.canonical import instant_text

DIALECT = sqlite.dialect()
LOCAL = datetime.fromisoformat("2026-03-05T10:00")
AWARE = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (Instant(), LOCAL),
        (LocalTime(), AWARE),
        (Day(), AWARE),
        (Day(), LOCAL),
        (Exact(), 5),
        (Exact(), 5.0),
        (Exact(), Decimal("NaN")),
        (Exact(), Decimal("-Infinity")),
    ],
)
def test_that_a_column_refuses_what_it_could_not_give_back(column, value):
    with pytest.raises(TypeError):
        column.process_bind_param(value, DIALECT)


@pytest.mark.parametrize("column", [Instant(), LocalTime(), Day(), Exact()])
def test_that_missing_stays_missing(column):
    assert column.process_bind_param(None, DIALECT) is None
    assert column.process_result_value(None, DIALECT) is None


def test_that_instants_sort_as_text_as_they_sort_in_time():
    instants = [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 3, 5, 10, 0, 0, 1, tzinfo=UTC),
        datetime.fromisoformat("2026-03-05T10:00:00+00:00"),
        datetime.fromisoformat("2026-03-05T10:00:00-05:00"),
    ]
    texts = [instant_text(instant) for instant in instants]
    assert {len(text) for text in texts} == {27}
    assert [datetime.fromisoformat(text) for text in sorted(texts)] == sorted(instants)


def test_that_days_are_iso_text():
    assert Day().process_bind_param(date(2026, 3, 5), DIALECT) == "2026-03-05"
