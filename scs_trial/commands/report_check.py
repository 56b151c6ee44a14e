"""What may be asked of ``scs-trial report`` together, and what contradicts itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from scs_trial.commands.report_many import is_many
from scs_trial.errors import UserError

_SCREEN = Path("-")


def check(arguments: argparse.Namespace) -> None:
    """Refuse what does not fit together.

    Raises
    ------
    UserError
        Named are both sides of the contradiction.
    """
    for what, to_do in _faults(arguments):
        raise UserError(what, to_do)


def _faults(arguments: argparse.Namespace) -> Iterator[tuple[str, str]]:
    whom = bool(arguments.patient) or arguments.all
    text, page = arguments.format == "text", arguments.sheet == "profile"
    if (arguments.sheet == "calls") == whom:
        yield (
            "--patient names whose sheet it is; the call sheet is about everybody.",
            "Give --patient or --all, or --sheet calls without them.",
        )
    if arguments.state and not arguments.all:
        yield "--state chooses among all trials.", "Add --all."
    if text and not page:
        yield "Only the page comes as text.", "Leave out --format or --sheet."
    if (arguments.private or arguments.with_data) and not page:
        yield "--private and --with-data are for the page.", "Leave out --sheet."
    if text and arguments.with_data:
        yield "Only a PDF file can carry data.", "Leave out --with-data or --format."
    if arguments.ascii and not text:
        yield "--ascii is for text.", "Add --format text."
    if arguments.output == _SCREEN and not text:
        yield "A PDF file is not written to the screen.", "Name a file with -o."
    if is_many(arguments):
        yield from _faults_of_many(arguments)


def _faults_of_many(arguments: argparse.Namespace) -> Iterator[tuple[str, str]]:
    if arguments.sheet != "profile":
        yield "Only pages come in many.", "Name one patient, without --folder."
    if arguments.output is not None:
        yield "Many pages don't fit into one file.", "Name a folder with --folder."
    if arguments.trial is not None:
        yield "--trial names one trial of one patient.", "Name one patient, without --folder."
