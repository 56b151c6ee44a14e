"""Statuses of all, any and at least k, and what they may become (sections 4 and 5)."""

from __future__ import annotations

from itertools import product

import pytest

from scs_trial.domain import statuses
from scs_trial.domain.criteria import All, AnyOf, AtLeast, Leaf, Node, Test
from scs_trial.domain.result import Status
from scs_trial.domain.rule import combine
from tests.domain.build import diary, evaluated, leaf, rules
from tests.domain.oracle_trial import OracleTrial

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.NOT_ASSESSABLE
SETS = list(range(1, 8))


def confirm(name: str) -> Leaf:
    return leaf(name, test=Test.CONFIRM, confirm=name)


A, B, C = (confirm(name) for name in "abc")


@pytest.mark.parametrize(
    ("node", "results", "expected"),
    [  # section 4, sentence by sentence
        (All(children=(A, B, C)), (MET, MET, MET), MET),
        (All(children=(A, B, C)), (MET, UNKNOWN, MET), UNKNOWN),
        (All(children=(A, B, C)), (MET, UNKNOWN, NOT_MET), NOT_MET),
        (AnyOf(children=(A, B, C)), (NOT_MET, NOT_MET, NOT_MET), NOT_MET),
        (AnyOf(children=(A, B, C)), (NOT_MET, UNKNOWN, NOT_MET), UNKNOWN),
        (AnyOf(children=(A, B, C)), (NOT_MET, UNKNOWN, MET), MET),
        (AtLeast(k=2, children=(A, B, C)), (MET, UNKNOWN, MET), MET),
        (AtLeast(k=2, children=(A, B, C)), (MET, UNKNOWN, NOT_MET), UNKNOWN),
        (AtLeast(k=2, children=(A, B, C)), (NOT_MET, UNKNOWN, NOT_MET), NOT_MET),
        (AtLeast(k=2, children=(A, B, C)), (MET, NOT_MET, NOT_MET), NOT_MET),
        (AtLeast(k=3, children=(A, B, C)), (MET, UNKNOWN, UNKNOWN), UNKNOWN),
        (A, (UNKNOWN,), UNKNOWN),
    ],
)
def test_that_a_node_follows_its_children(
    node: Node, results: tuple[Status, ...], expected: Status
) -> None:
    sets = iter([statuses.bit(status) for status in results])
    assert statuses.statuses(combine(node, sets)) == (expected,)


def naive(node: Node, sets: list[int]) -> set[str]:
    """Try every combination of the leaves' statuses."""
    oracle = OracleTrial.__new__(OracleTrial)
    choices = [[s.value for s in statuses.statuses(bits)] for bits in sets]
    return {oracle.rule(node, iter(chosen)) for chosen in product(*choices)}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_that_possible_sets_equal_every_combination(count: int) -> None:
    children = tuple(confirm(str(n)) for n in range(count))
    nodes: list[Node] = [All(children=children), AnyOf(children=children)]
    nodes += [AtLeast(k=k, children=children) for k in range(1, count + 1)]
    for node in nodes:
        for sets in product(SETS, repeat=count):
            ours = statuses.statuses(combine(node, iter(sets)))
            assert {s.value for s in ours} == naive(node, list(sets)), (node, sets)


def test_that_nested_possible_sets_equal_every_combination() -> None:
    node = All(children=(AnyOf(children=(A, B)), AtLeast(k=1, children=(C, All(children=(A,))))))
    for sets in product(SETS, repeat=4):
        ours = statuses.statuses(combine(node, iter(sets)))
        assert {s.value for s in ours} == naive(node, list(sets)), sets


def test_that_leaves_are_independent_even_when_they_name_the_same_confirmation() -> None:
    """Section 5: "settled" may come late, but never wrongly."""
    one, other = confirm("a"), leaf("b", test=Test.CONFIRM, confirm="a")
    answer = evaluated(diary(), rules(All(children=(one, other)), primary=leaf()))
    assert answer.possible == (MET, NOT_MET, UNKNOWN)


def test_that_an_own_primary_is_no_part_of_the_rule() -> None:
    answer = evaluated(diary(confirmations={"a": True}), rules(A, primary=leaf()))
    assert (answer.status, answer.settled) == (MET, True)
    assert [result.leaf.id for result in answer.leaves] == ["a"]
    assert answer.primary.leaf.id == "pain"
    assert answer.primary.status is UNKNOWN


def test_that_the_primary_of_a_rule_is_the_leaf_that_is_named() -> None:
    half, third = leaf(), leaf("third", threshold="30")
    answer = evaluated(
        diary(), rules(All(children=(third, half)), primary=half, primary_in_rule=True)
    )
    assert [result.leaf.id for result in answer.leaves] == ["third", "pain"]
    assert answer.primary is answer.leaves[1]


def test_that_sets_list_their_members_in_one_order() -> None:
    assert statuses.statuses(statuses.bits([UNKNOWN, NOT_MET, MET])) == (MET, NOT_MET, UNKNOWN)
    assert statuses.statuses(statuses.bits([UNKNOWN, MET])) == (MET, UNKNOWN)
    assert statuses.bits([]) == 0
