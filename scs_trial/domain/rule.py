"""Walking a rule with a set of statuses for each of its leaves.

Source: the evaluation specification, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from scs_trial.domain.criteria import All, AnyOf, Leaf, Node
from scs_trial.domain.statuses import at_least


def combine(node: Node, sets: Iterator[int]) -> int:
    """Return the set of statuses of a rule.

    Parameters
    ----------
    node
        The rule.
    sets
        The set of each leaf, depth first as written (see ``statuses``). Sets of one member give
        the rule's present status, sets of what is possible give what it can still end with.
    """
    if isinstance(node, Leaf):
        return next(sets)
    children = [combine(child, sets) for child in node.children]
    if isinstance(node, All):
        return at_least(len(children), children)
    if isinstance(node, AnyOf):
        return at_least(1, children)
    return at_least(node.k, children)
