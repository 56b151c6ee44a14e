"""The command line ``scs-trial``.

Modules of sub-commands are imported when they are asked for, so that ``evaluate`` starts without a
window library and ``--help`` without anything.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from scs_trial import __version__
from scs_trial.commands import COMMANDS, FAULTY, USAGE
from scs_trial.errors import UserError

_DESCRIPTION = """\
The clinic's own record of spinal cord stimulation trials: evaluates diaries against declared
criteria and says "criteria met", "not met" or "not assessable". It recommends no implant, no
setting and no dose, and is not for emergencies. The decision is the clinician's.
"""
_EPILOG = """\
examples:
  scs-trial evaluate diary.csv --criteria general-50 --format text
  scs-trial criteria list
  scs-trial criteria show medicare-style

exit codes:
  0  done
  1  the input has faults: each stands on standard error, nothing was done
  2  the command line itself is wrong
 70  a defect of the program: standard error gives its reference number

scs-trial COMMAND --help says more about each command.
"""
_INTERRUPTED = 130
_DEFECT = 70


def build_parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """Return the parser; only the chosen sub-command is imported and gets its arguments."""
    parser = argparse.ArgumentParser(
        prog="scs-trial",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"scs-trial {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        sub = subparsers.add_parser(
            name,
            help=command.summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name == chosen:
            _module(name).configure(sub)
    return parser


class CommandModule(Protocol):
    """What the module of a sub-command offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add arguments and help."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code."""


def _module(name: str) -> CommandModule:
    return cast(
        "CommandModule", importlib.import_module(f"scs_trial.commands.{COMMANDS[name].module}")
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        Arguments without the program's name; those of the process by default.

    Returns
    -------
    int
        0 done, 1 faulty input, 2 wrong usage.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in given if word in COMMANDS), None)
    parser = build_parser(chosen)
    arguments = parser.parse_args(given)
    if arguments.command is None:
        parser.print_help(sys.stderr)
        return USAGE
    try:
        code = _module(arguments.command).run(arguments)
        sys.stdout.flush()
    except UserError as error:
        sys.stderr.write(f"scs-trial: {error}\n")
        return FAULTY
    except BrokenPipeError:
        # The reader of our output is gone (``| head``): nothing to say and nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULTY
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # a defect: its text may hold patient data, so it is not shown
        return _report_defect(error)
    return code


def _report_defect(error: Exception) -> int:
    """Log a defect without its text, and tell its reference number."""
    from scs_trial.logging_setup import log_defect, set_up_log  # noqa: PLC0415  (start-up time)
    from scs_trial.paths import log_folder  # noqa: PLC0415  (start-up time)

    log = set_up_log(log_folder())
    reference = log_defect(type(error), error, error.__traceback__)
    where = f"; see {log}" if log is not None else ""
    sys.stderr.write(
        f"scs-trial: Something went wrong in the program (reference {reference}{where}).\n"
    )
    return _DEFECT


if __name__ == "__main__":
    raise SystemExit(main())
