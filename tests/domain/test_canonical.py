"""The one spelling that is hashed. Source: the safekeeping design, "Audit and signature": sorted
keys, numbers as decimal strings, NFC."""

from collections.abc import Mapping
from dataclasses import make_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from types import MappingProxyType
from uuid import UUID

import pytest

from scs_trial.domain.canonical import canonical, instant_text

AT = datetime(2026, 3, 2, 8, 30, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (1, '"1"'),
        (Decimal("1.50"), '"1.50"'),
        (Fraction(1, 3), '"1/3"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (date(2026, 3, 2), '"2026-03-02"'),
        (AT, '"2026-03-02T08:30:00.000005Z"'),
        (AT.astimezone(timezone(timedelta(hours=-5))), '"2026-03-02T08:30:00.000005Z"'),
        (AT.replace(tzinfo=None), '"2026-03-02T08:30:00.000005"'),
        ("Zoe\u0308", '"Zo\u00eb"'),
        ("\u2264 5", '"\u2264 5"'),
        ({"b": 1, "a": [2, (3,)]}, '{"a":["2",["3"]],"b":"1"}'),
        ({2: "x"}, '{"2":"x"}'),
        (frozenset("cab"), '["a","b","c"]'),
        (MappingProxyType({"a": None}), '{"a":null}'),
    ],
)
def test_that_each_kind_has_one_spelling(value: object, text: str) -> None:
    assert canonical(value) == text


def test_that_kinds_never_met_before_are_learned_by_what_they_are() -> None:
    # made here, for what was met once is remembered
    letter = StrEnum("Letter", {"A": "a"})
    number = IntEnum("Number", {"ONE": 1})
    thing = make_dataclass("Thing", ["second", "first"])
    words = type("Words", (list,), {})
    pair = type("Pair", (tuple,), {})
    several = type("Several", (set,), {})
    named = type("Named", (dict,), {})
    assert canonical(letter.A) == '"a"'
    assert canonical(number.ONE) == '"1"'
    assert canonical(thing(1, thing(None, "x"))) == (
        '{"first":{"first":"x","second":null},"second":"1"}'
    )
    assert canonical(words([2, 1])) == '["2","1"]'
    assert canonical(pair((2, 1))) == '["2","1"]'
    assert canonical(several({"b", "a"})) == '["a","b"]'
    assert canonical(named(b=1)) == '{"b":"1"}'
    assert issubclass(named, Mapping)


def test_that_what_has_no_spelling_is_refused_by_its_name() -> None:
    class Nothing:
        pass

    with pytest.raises(TypeError, match="no canonical form for Nothing"):
        canonical(Nothing())
    with pytest.raises(TypeError, match="no canonical form for float"):
        canonical({"a": 0.5})


def test_that_an_instant_has_a_zone_and_a_fixed_width() -> None:
    with pytest.raises(TypeError, match="an instant needs a time zone"):
        instant_text(AT.replace(tzinfo=None))
    early = instant_text(datetime(9, 1, 1, tzinfo=UTC))
    assert early == "0009-01-01T00:00:00.000000Z"
    assert len(instant_text(AT)) == 27
