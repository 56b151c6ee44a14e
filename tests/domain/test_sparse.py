"""What a signature covers of an entity: a field that nobody filled in changes nothing."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scs_trial.domain.canonical import canonical
from scs_trial.domain.sparse import sparse


@dataclass(frozen=True, kw_only=True)
class Old:
    name: str
    values: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class New(Old):
    remark: str = ""
    inner: Old | None = None


def test_that_a_new_field_changes_the_text_only_once_it_is_filled_in():
    values = {"pain": Decimal("3.0")}
    before = canonical(sparse(Old(name="a", values=values)))
    assert canonical(sparse(New(name="a", values=values))) == before
    assert canonical(sparse(New(name="a", values=values, remark="x"))) != before


def test_that_a_missing_value_differs_from_zero_and_exact_numbers_stay_exact():
    assert sparse(Old(name="a", values={})) == {"name": "a"}
    assert sparse(Old(name="a", values={"pain": Decimal(0)})) != sparse(Old(name="a"))
    assert canonical(sparse([Fraction(125, 2), Decimal("3.0")])) == '["125/2","3.0"]'


def test_that_named_fields_are_left_out_at_every_depth():
    nested = New(name="a", inner=Old(name="b", values={"pain": Decimal(1)}))
    assert sparse(nested, without=frozenset({"name"})) == {
        "inner": {"values": {"pain": Decimal(1)}}
    }
