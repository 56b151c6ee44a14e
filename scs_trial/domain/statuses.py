"""Statuses and sets of statuses: how a rule combines what its leaves say or may still say.

Source: the evaluation specification, sections 4 and 5. A set of statuses is a small integer with
one bit for each status, so that a rule of any depth costs one pass over its nodes: children of a
node share no leaf and leaves are taken as independent, hence combining the sets of the children
gives exactly the set over every combination of their leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scs_trial.domain.result import Status

MET, NOT_MET, NOT_ASSESSABLE = 1, 2, 4
ANY_STATUS = MET | NOT_MET | NOT_ASSESSABLE

_BITS = {Status.MET: MET, Status.NOT_MET: NOT_MET, Status.NOT_ASSESSABLE: NOT_ASSESSABLE}
_STATUSES = tuple(
    tuple(status for status, bit in _BITS.items() if bits & bit) for bits in range(ANY_STATUS + 1)
)


def bit(status: Status) -> int:
    """Return the set that holds one status alone."""
    return _BITS[status]


def bits(statuses: Iterable[Status]) -> int:
    """Return the set of some statuses."""
    result = 0
    for status in statuses:
        result |= _BITS[status]
    return result


def statuses(of_bits: int) -> tuple[Status, ...]:
    """Return the members of a set in the order met, not met, not assessable."""
    return _STATUSES[of_bits]


def at_least(k: int, children: Sequence[int]) -> int:
    """Return every result of "at least k of these" over all combinations of the children's sets.

    Met if k or more are met; not met if met + not assessable < k; else not assessable. ``all`` of
    n is "at least n", ``any`` is "at least 1". With one status in each set this is the plain rule.
    """
    count = len(children)
    may_be_met = forced_met = may_fail = forced_fail = may_be_open = 0
    for child in children:
        may_be_met += bool(child & MET)
        may_fail += bool(child & NOT_MET)
        may_be_open += bool(child & NOT_ASSESSABLE)
        forced_met += child == MET
        forced_fail += child == NOT_MET
    allowed_to_fail = count - k
    result = 0
    if may_be_met >= k:
        result |= MET
    if may_fail > allowed_to_fail:
        result |= NOT_MET
    # Not assessable: fewer than k met and no more failures than allowed. Taking every child that
    # can be not assessable as such helps both; the others split freely where both are possible.
    if may_be_open and forced_met < k and forced_fail <= allowed_to_fail:
        result |= NOT_ASSESSABLE
    return result
