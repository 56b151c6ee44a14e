"""All files together: the shipped ones, and every fault of every file at once."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from scs_trial.domain.criteria import All, AnyOf, Leaf, Node, leaves
from scs_trial.domain.criteria_library import MAX_BYTES, load_files, load_library, read_library
from scs_trial.domain.describe import describe
from scs_trial.paths import resources
from tests.accepted import check_accepted
from tests.domain.generate import CATALOGUE
from tests.domain.test_criteria_file import EXAMPLE
from tests.reference import FIXTURES

LIBRARY = load_library(resources("criteria"), catalogue=CATALOGUE)
IDS = [
    "aetna-style",
    "belgium",
    "evicore-style",
    "general-50",
    "immpact-30",
    "medicare-style",
    "netherlands",
    "relief-and-stable",
    "stated-50",
    "uk-nice",
]


def shape(node: Node) -> object:
    if isinstance(node, Leaf):
        return (node.measure or node.confirm, node.test.value, node.threshold)
    name = {All: "all", AnyOf: "any"}.get(type(node), "at least")
    return (name, *(shape(child) for child in node.children))


PAIN_50 = ("pain", "improvement_percent", Decimal(50))
THREE_DAYS = ("pain", "recorded_days_at_least", Decimal(3))
MME_50 = ("mme", "improvement_percent", Decimal(50))


def confirmed(name: str) -> object:
    return (name, "confirm", None)


def test_that_the_ten_shipped_files_are_read_without_fault_or_warning() -> None:
    assert (LIBRARY.faults, LIBRARY.warnings) == ((), ())
    assert list(LIBRARY.criteria) == IDS
    assert {name: f"{name}.toml" for name in IDS} == LIBRARY.files


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("general-50", ("all", PAIN_50)),
        (
            "relief-and-stable",
            (
                "all",
                PAIN_50,
                ("mme", "improvement_points", 0),
                ("activity_score", "improvement_points", 0),
            ),
        ),
        ("stated-50", ("all", ("stated_relief", "trial_at_least", 50))),
        (
            "medicare-style",
            (
                "all",
                ("any", PAIN_50, MME_50),
                (
                    "any",
                    ("activity_score", "improvement_percent", 30),
                    confirmed("functional_improvement"),
                ),
            ),
        ),
        ("aetna-style", ("all", PAIN_50, THREE_DAYS)),
        ("evicore-style", ("all", PAIN_50, THREE_DAYS)),
        (
            "netherlands",
            ("all", ("pain", "baseline_at_least", 5), PAIN_50, confirmed("trial_at_home")),
        ),
        (
            "belgium",
            (
                "all",
                ("any", PAIN_50, MME_50),
                confirmed("activity_improvement"),
                confirmed("quality_of_life_improvement"),
            ),
        ),
        (
            "uk-nice",
            ("all", ("pain", "baseline_at_least", 5), confirmed("multidisciplinary_team")),
        ),
        ("immpact-30", ("all", ("pain", "improvement_percent", 30))),
    ],
)
def test_that_a_shipped_rule_is_the_documented_one(name: str, rule: object) -> None:
    """Source: the clinical facts, "Criteria to ship"."""
    assert shape(LIBRARY.criteria[name].rule) == rule


def test_that_windows_and_lengths_are_the_documented_ones() -> None:
    """Source: the clinical facts, "Criteria to ship", column window."""
    for name, criteria in LIBRARY.criteria.items():
        assert (criteria.first_day, criteria.statistic.value) == (1, "mean")
        assert criteria.min_days == (1 if name == "stated-50" else 3)
        assert criteria.primary.measure == "pain"
        assert criteria.primary_in_rule is (name not in ("stated-50", "uk-nice"))
        length = (criteria.length_min, criteria.length_caution_above, criteria.length_warn_above)
        if name == "belgium":
            assert length == (21, None, None)
        else:
            assert length[1:] == (7, 10)
    (stated,) = leaves(LIBRARY.criteria["stated-50"].rule)
    assert (stated.statistic.value, stated.min_days) == ("last", 1)


@pytest.mark.parametrize("name", IDS)
def test_that_a_shipped_file_says_where_it_comes_from(name: str) -> None:
    criteria = LIBRARY.criteria[name]
    assert "Check against your payer's current text." in criteria.source
    assert criteria.checked_on.isoformat() == "2026-11-22"
    assert criteria.evidence.value == {
        "medicare-style": "secondary",
        "aetna-style": "secondary",
        "evicore-style": "secondary",
        "belgium": "unconfirmed",
    }.get(name, "primary")


@pytest.mark.parametrize("name", IDS)
def test_that_a_shipped_rule_reads_as_it_was_accepted(name: str) -> None:
    path = FIXTURES / "expected" / "criteria" / f"{name}.txt"
    check_accepted(path, describe(LIBRARY.criteria[name], CATALOGUE))


def test_that_all_faults_of_all_files_are_reported_at_once() -> None:
    library = read_library(
        [
            ("a.toml", EXAMPLE.replace("low = 4", "lo = 4")),
            ("b.toml", EXAMPLE),
            ("c.toml", "id ="),
            ("d.toml", EXAMPLE.replace("low = 4", "low = 12")),
            ("e.toml", EXAMPLE.replace('id = "example"', 'id = "other"')),
        ],
        catalogue=CATALOGUE,
    )
    texts = [str(fault) for fault in library.faults]
    assert texts.pop(1).startswith("c.toml: is not TOML: ")
    assert texts == [
        "a.toml: baseline.lo: is an unknown key",
        "d.toml: id: 'example' is the id of b.toml too",
    ]
    assert [warning.file for warning in library.warnings] == ["d.toml"]
    assert list(library.criteria) == ["example", "other"]
    assert library.texts["example"] == EXAMPLE
    assert library.files == {"example": "b.toml", "other": "e.toml"}


def test_that_files_that_can_not_be_read_are_faults(tmp_path: Path) -> None:
    (tmp_path / "big.toml").write_bytes(b"#" * (MAX_BYTES + 1))
    largest = EXAMPLE.replace('"example"', '"largest"', 1).encode()
    (tmp_path / "largest.toml").write_bytes(largest + b"#" * (MAX_BYTES - len(largest)))
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9")
    (tmp_path / "bom.toml").write_bytes(b"\xef\xbb\xbf" + EXAMPLE.encode())
    (tmp_path / "other.txt").write_text("no criteria")
    library = load_library(tmp_path, tmp_path / "absent", catalogue=CATALOGUE)
    assert [str(fault) for fault in library.faults] == [
        "big.toml: is larger than 256 KB",
        "latin.toml: is not UTF-8 (byte 6)",
    ]
    assert list(library.criteria) == ["example", "largest"]


def test_that_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    library = load_files([tmp_path / "none.toml"], catalogue=CATALOGUE)
    (fault,) = library.faults
    assert (fault.file, fault.key) == ("none.toml", "")
    assert re.fullmatch("can't be read: .+", fault.reason)
    assert os.fspath(tmp_path) not in str(fault)
