"""Names that a nurse could mistake for each other raise the alert; others do not."""

from __future__ import annotations

import pytest

from scs_trial.services.name_similarity import similar


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Okafor, Grace", "Okafor, Grace"),
        ("Okafor, Grace", "Grace Okafor"),
        ("Okafor, Grace", "Okafor, Gloria"),  # surname and initial
        ("Okafor, Grace", "Okafour, Gina"),  # surname by a letter, and initial
        ("Grace, Okafor", "Okafor, Grace"),  # swapped parts
        ("Müller, Jan", "Muller, Jan"),
        ("Meier, Anna", "Meyer, Anna"),
        ("Hansen, Per", "Hansne, Per"),  # two letters swapped
        ("Lee, Ann", "Lee, Amy"),
        ("O'Brien, Sean", "OBrien, Sean"),
        ("Nguyen, Thi Mai", "Nguyen, Thi Mei"),
    ],
)
def test_that_easily_mistaken_names_are_similar(one: str, other: str) -> None:
    assert similar(one, other)
    assert similar(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lindqvist, Per", "Haddad, Samir"),
        ("Okafor, Grace", "Okafor, Samuel"),
        ("Lee, Ann", "Li, Bo"),
        ("Smith, John", "Jones, John"),
        ("", "Okafor, Grace"),
        ("-", "--"),
        ("Lee", "Kim"),
    ],
)
def test_that_other_names_are_not(one: str, other: str) -> None:
    assert not similar(one, other)
    assert not similar(other, one)
