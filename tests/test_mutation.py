"""The mutation run reaches every module whose score is asked for."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.mutation import GROUPS, group_of

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
NAMED = [name for group in GROUPS.values() for name in group if "*" not in name]


@pytest.mark.parametrize("module", NAMED)
def test_that_faults_are_planted_in_each_module_of_a_group(module: str) -> None:
    file = f"{module.replace('.', '/')}.py"
    assert (ROOT / file).is_file()
    assert any(fnmatch(file, pattern) for pattern in CONFIG["only_mutate"])
    assert not any(fnmatch(file, pattern) for pattern in CONFIG["do_not_mutate"])


def test_that_a_named_module_counts_in_its_own_group() -> None:
    assert group_of("scs_trial.domain.anchor") == "audit"
    assert group_of("scs_trial.domain.verdict") == "evaluation"
    assert group_of("scs_trial.data.pin") == "keys"
    assert group_of("scs_trial.services.authorize") == "authorization"
    assert group_of("scs_trial.ui.theme") == "other"


def test_that_every_test_of_the_run_is_there() -> None:
    assert all((ROOT / path).exists() for path in CONFIG["pytest_add_cli_args_test_selection"])
