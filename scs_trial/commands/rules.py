"""Shared by the sub-commands: the catalogue, and criteria by id or file."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from scs_trial.domain.catalogue_file import load_catalogue
from scs_trial.domain.criteria import Criteria
from scs_trial.domain.criteria_library import Library, load_files
from scs_trial.domain.measures import Catalogue
from scs_trial.paths import resources

DEFAULT_CRITERIA = "general-50"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class UsageError(Exception):
    """An argument names something that is not there; the text says what."""


def catalogue() -> Catalogue:
    """Return the shipped catalogue of measures."""
    return load_catalogue(resources("measures.toml").read_text(encoding="utf-8"))


def shipped_ids() -> list[str]:
    """Return the ids of the shipped criteria; each file is named after its id."""
    return sorted(path.stem for path in resources("criteria").glob("*.toml"))


def criteria_path(name: str) -> Path:
    """Return the file that an id or a file name means; shipped ids come first.

    Raises
    ------
    UsageError
        When there is neither.
    """
    shipped = resources("criteria", f"{name}.toml")
    if _ID.fullmatch(name) and shipped.is_file():
        return shipped
    path = Path(name)
    if path.is_file():
        return path
    raise UsageError(
        f"{name}: neither a criteria file nor one of the ids {', '.join(shipped_ids())}"
    )


def read_one(name: str, measures: Catalogue) -> Criteria | None:
    """Return criteria by id or file; None after every fault was written to standard error."""
    library = load_files([criteria_path(name)], catalogue=measures)
    report(library)
    return next(iter(library.criteria.values()), None)


def report(library: Library) -> None:
    """Write faults and warnings of criteria files to standard error."""
    write_lines(f"warning: {warning}" for warning in library.warnings)
    write_lines(str(fault) for fault in library.faults)


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to standard error."""
    sys.stderr.writelines(f"{line}\n" for line in lines)


def usage_error(arguments: argparse.Namespace, error: UsageError) -> int:
    """Report a wrong argument the way argparse does, and return its exit code."""
    write_lines([f"scs-trial {arguments.command}: error: {error}"])
    return 2
