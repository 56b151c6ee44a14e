"""``scs-trial open``: the window on a record."""

from __future__ import annotations

import argparse
from pathlib import Path

_DESCRIPTION = """\
Open the window on a record: the named one, else the one that was open last. The password is typed
into the window.

A copy for reading in another room is opened by its pointer, the file that ends in -snapshot.json:
read-only, with as of when above every page.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``open``."""
    parser.description = _DESCRIPTION
    parser.add_argument("record", nargs="?", type=Path, help="record file, e.g. clinic.scs")


def run(arguments: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    from scs_trial.app import main  # noqa: PLC0415  (the window library)

    return main([] if arguments.record is None else [str(arguments.record)])
