"""``scs-trial criteria``: list, show and check criteria files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scs_trial.commands import FAULTY, OK
from scs_trial.commands.rules import (
    UsageError,
    catalogue,
    criteria_path,
    read_one,
    report,
    usage_error,
)
from scs_trial.domain.criteria_library import load_files, load_library
from scs_trial.domain.describe import describe
from scs_trial.paths import resources

_DESCRIPTION = """\
Criteria are TOML files: versioned, dated rules with their source. The shipped ones are examples of
what clinics and payers use; check them against your payer's current text before you rely on them.
"""
_EPILOG = """\
examples:
  scs-trial criteria list
  scs-trial criteria show general-50
  scs-trial criteria check my-clinic.toml other.toml
  scs-trial criteria check folder-with-criteria

exit codes: 0 fine, 1 faulty criteria, 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``criteria``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="list the shipped criteria")
    show = actions.add_parser("show", help="show criteria in plain words")
    show.add_argument("name", metavar="ID-or-FILE", help="shipped id, or a criteria file")
    check = actions.add_parser(
        "check", help="report every fault of criteria files: file, key and reason"
    )
    check.add_argument(
        "files",
        metavar="ID-FILE-or-FOLDER",
        nargs="*",
        help="what to check (default: the shipped criteria)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run ``criteria list``, ``show`` or ``check``."""
    try:
        if arguments.action == "list":
            return _list()
        if arguments.action == "show":
            return _show(arguments.name)
        return _check(arguments.files)
    except UsageError as error:
        return usage_error(arguments, error)


def _list() -> int:
    library = load_library(resources("criteria"), catalogue=catalogue())
    report(library)
    width = max(map(len, library.criteria), default=0)
    for identity, criteria in library.criteria.items():
        sys.stdout.write(
            f"{identity:{width}}  {criteria.version}  {criteria.evidence:11}  {criteria.title}\n"
        )
    return FAULTY if library.faults else OK


def _show(name: str) -> int:
    measures = catalogue()
    criteria = read_one(name, measures)
    if criteria is None:
        return FAULTY
    sys.stdout.write(describe(criteria, measures))
    return OK


def _check(names: list[str]) -> int:
    paths: list[Path] = []
    for name in names or [str(resources("criteria"))]:
        folder = Path(name)
        if folder.is_dir():
            paths += sorted(folder.glob("*.toml"))
        else:
            paths.append(criteria_path(name))
    library = load_files(paths, catalogue=catalogue())
    report(library)
    fine, faults = len(library.criteria), len(library.faults)
    files = f"{len(paths)} file{'' if len(paths) == 1 else 's'}"
    sys.stdout.write(f"{files}: {fine} without fault, {faults} faults\n")
    return FAULTY if library.faults else OK
