"""Which names are easily mistaken for each other at the telephone or in a list."""

from __future__ import annotations

import unicodedata

_MAX_COMPARED = 64
_LONG = 8
_SHORT = 4


def similar(one: str, other: str) -> bool:
    """Return whether two names are easily mistaken.

    They are when the same parts stand in another order, when surname and first initial agree,
    when one is the other with few letters changed, or when the surnames differ by a letter and
    the first initial agrees. Accents, case, signs and order of "Surname, Given" do not matter.

    Examples
    --------
    >>> similar("Okafor, Grace", "Grace Okafor"), similar("Okafor, Grace", "Okafor, Gloria")
    (True, True)
    >>> similar("Lindqvist, Per", "Haddad, Samir")
    False
    """
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return False
    if sorted(first) == sorted(second):
        return True
    if _near(" ".join(first), " ".join(second)):
        return True
    same_initial = first[1:2] and second[1:2] and first[1][0] == second[1][0]
    return bool(same_initial) and _near(first[0], second[0])


def plain_letters(text: str) -> str:
    """Return a text for comparison: no accents, no case, letters and digits only."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    kept = (
        sign if sign.isalnum() else " " for sign in decomposed if not unicodedata.combining(sign)
    )
    return " ".join("".join(kept).split())


def _parts(name: str) -> list[str]:
    """Return the parts of a name, surname first."""
    surname, comma, given = name.partition(",")
    if comma:
        return plain_letters(surname).split() + plain_letters(given).split()
    words = plain_letters(name).split()
    return words[-1:] + words[:-1]


def _near(one: str, other: str) -> bool:
    """Return whether few letters differ: two in long texts, one in short ones, none in tiny."""
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= _LONG else 1 if shorter >= _SHORT else 0
    if abs(len(one) - len(other)) > allowed:
        return False
    return _distance(one[:_MAX_COMPARED], other[:_MAX_COMPARED]) <= allowed


def _distance(one: str, other: str) -> int:
    """Return how many letters must be added, left out, changed or swapped with the next."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2]
            if swapped and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
