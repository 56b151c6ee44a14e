"""``scs-trial import``: bring a diary CSV or a case file into a record."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from scs_trial.commands import FAULTY, OK, import_assistant
from scs_trial.commands.record_access import add_record_arguments, opened_session
from scs_trial.commands.rules import UsageError, catalogue, usage_error, write_lines
from scs_trial.errors import InputError

_DESCRIPTION = """\
Import the diaries of a CSV file into an encrypted record: in one transaction, with the audit rows,
or not at all. A patient is known by MRN (the file's "patient"), a trial by its placement date. A
check-in that the record already holds with the same answers stays as it is; one with other answers
is a fault. Values are kept exactly as they were written. A case file (.scstrial) brings one patient
with everything; a patient who is in the record already is refused.
"""
_EPILOG = """\
The format is that of scs-trial evaluate, or REDCap data as scs-trial export writes it (at most
10 MB and 20,000 rows). A patient who is not in the record yet is made, with the file's text and
"(imported)" as the name.

examples:
  scs-trial import diary.csv --record clinic.scs --user stone
  scs-trial import diary.csv --record clinic.scs --user stone --criteria netherlands \\
      --password-fd 3 3< password.txt
  scs-trial import 1.scstrial --record clinic.scs --user stone
  scs-trial import steps.csv --record clinic.scs --user stone --assistant > answers.toml
  scs-trial import steps.csv --record clinic.scs --user stone --options answers.toml --dry-run

A file of another program goes through the assistant (any of its options asks for it). What it has
to ask is written to standard output as a TOML file to fill in; docs/import.md lists the answers.

exit codes: 0 imported, 1 faulty input or refused (each fault on standard error, nothing imported),
2 wrong usage, 3 the assistant has open questions (nothing imported)
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``import``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    parser.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="the diary CSV or case file"
    )
    add_record_arguments(parser)
    parser.add_argument(
        "--criteria", metavar="ID", help="criteria of new trials (default: the clinic's)"
    )
    parser.add_argument(
        "--copy-as",
        metavar="MRN",
        help="a case file alone: import it as a new patient with this MRN and new ids",
    )
    import_assistant.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import the file and return the exit code."""
    from scs_trial.exchange.case_file import CASE_LIMIT_BYTES, looks_like_case  # noqa: PLC0415

    try:
        if import_assistant.is_meant(arguments):
            return import_assistant.run(arguments)
        data = _read(arguments.file, limit=CASE_LIMIT_BYTES)
        if looks_like_case(data):
            return _import_case(arguments, data)
    except UsageError as error:
        return usage_error(arguments, error)
    if arguments.copy_as is not None:
        return usage_error(arguments, UsageError("--copy-as goes with a case file"))
    return _import_diary(arguments, data)


def _import_case(arguments: argparse.Namespace, data: bytes) -> int:
    """Import a case file and return the exit code."""
    from scs_trial.exchange.case_file import read_case  # noqa: PLC0415  (start-up time)
    from scs_trial.services.import_case import import_case  # noqa: PLC0415

    if arguments.criteria is not None:
        raise UsageError("--criteria goes with a diary CSV: a case file brings its own")
    held = read_case(data)
    with opened_session(arguments) as session:
        try:
            source = hashlib.sha256(data).hexdigest()
            import_case(session, held, source=source, copy_as=arguments.copy_as)
        except InputError as error:
            write_lines(f"{fault.field}: {fault}" for fault in error.faults)
            write_lines([error.to_do])
            return FAULTY
    sys.stdout.write(f"{1:6} new patients\n{len(held.case.trials):6} new trials\n")
    return OK


def _import_diary(arguments: argparse.Namespace, data: bytes) -> int:
    """Import a diary CSV and return the exit code."""
    from scs_trial.services.import_diary import import_diaries  # noqa: PLC0415  (start-up time)
    from scs_trial.services.import_ready import entries_of, read_table, refuse_long  # noqa: PLC0415

    found = read_table(data, catalogue=catalogue())
    if found.faults:
        write_lines(str(fault) for fault in found.faults)
        return FAULTY
    refuse_long(found)
    with opened_session(arguments) as session:
        if arguments.criteria is not None and arguments.criteria not in session.library:
            known = ", ".join(session.library)
            return usage_error(
                arguments, UsageError(f"{arguments.criteria}: none of the criteria {known}")
            )
        try:
            result = import_diaries(
                session,
                entries_of(found),
                criteria_id=arguments.criteria,
                source=hashlib.sha256(data).hexdigest(),
            )
        except InputError as error:
            write_lines(f"{fault.field}: {fault}" for fault in error.faults)
            write_lines([error.to_do])
            return FAULTY
    sys.stdout.writelines(f"{number:6} {what}\n" for what, number in result.counts.items())
    return OK


def _read(path: Path | None, *, limit: int) -> bytes:
    """Return the bytes of the file, at most one more than the limit."""
    if path is None:
        raise UsageError(import_assistant.NAME_A_FILE)
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}") from error
