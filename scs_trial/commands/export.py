"""``scs-trial export``: write what the record holds as files for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scs_trial.commands import OK
from scs_trial.commands.record_access import add_record_arguments, opened_session
from scs_trial.errors import UserError
from scs_trial.exchange.export_model import ExportForm

_DESCRIPTION = """\
Export one patient or all: diary CSV (as scs-trial import reads it), long CSV (one row for each
value, with its unit), XLSX workbook, case file (one patient with everything, without loss),
REDCap data dictionary and data, or HL7 FHIR R4 (a Bundle for each trial). Each export is noted in
the record's audit trail.
"""
_EPILOG = """\
Files are private to you (mode 0600), and no other file is replaced unless --force is given. The
case files of several patients, the two files for REDCap and the Bundles for FHIR go into the
folder OUT under names that tell nothing about the patient. Without -o the name is made the same
way. --pseudonymise leaves out name, MRN, birth date, contact and every free text; names of programs
and regions stay: look through them before you pass a file on. FHIR is pseudonymised unless
--identified is given.

examples:
  scs-trial export --record clinic.scs --user stone --patient "104 882" --format case -o 1.scstrial
  scs-trial export --record clinic.scs --user stone --all --format xlsx --pseudonymise -o study.xlsx

exit codes: 0 written, 1 refused (the reason is on standard error), 2 wrong usage
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``export``."""
    parser.description = _DESCRIPTION
    parser.epilog = _EPILOG
    add_record_arguments(parser)
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument(
        "--patient", metavar="MRN", action="append", help="a patient's exact MRN; may be repeated"
    )
    whom.add_argument("--all", action="store_true", help="every patient of the record")
    parser.add_argument(
        "--format", choices=[form.value for form in ExportForm], required=True, help="file format"
    )
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help="file (or folder) to write"
    )
    parser.add_argument(
        "--pseudonymise",
        action="store_true",
        help="study number for MRN; no name, birth date, contact, free text",
    )
    parser.add_argument(
        "--identified",
        action="store_true",
        help="with --format fhir: with name, MRN, birth date and, where signed, the page",
    )
    parser.add_argument(
        "--codes",
        metavar="FILE",
        type=Path,
        help="with --format fhir: the clinic's own codes for measures and statuses (TOML)",
    )
    parser.add_argument(
        "--shift-dates",
        action="store_true",
        help="with --pseudonymise: move each patient's dates back by 1 to 52 weeks",
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")


def run(arguments: argparse.Namespace) -> int:
    """Write the files and return the exit code."""
    from scs_trial.commands.rules import UsageError, usage_error  # noqa: PLC0415  (start-up time)
    from scs_trial.exchange.export_files import export_files, save_export  # noqa: PLC0415
    from scs_trial.reports.save import check_free  # noqa: PLC0415
    from scs_trial.services.export_records import ExportRequest, export_records  # noqa: PLC0415

    form = ExportForm(arguments.format)
    hidden = arguments.pseudonymise or (form is ExportForm.FHIR and not arguments.identified)
    fault = _fault(arguments, form, hidden=hidden)
    if fault:
        return usage_error(arguments, UsageError(fault))
    site_codes = _codes(arguments.codes)
    output: Path | None = arguments.output
    if output is not None and not output.is_dir():
        check_free(output, overwrite=arguments.force)
    request = ExportRequest(
        form=form,
        mrns=None if arguments.all else arguments.patient,
        pseudonymise=hidden,
        shift_dates=arguments.shift_dates,
    )
    with opened_session(arguments, exclusive=False) as session:
        files = export_files(export_records(session, request), form, site_codes=site_codes)
        target = output or (Path(files[0].name) if len(files) == 1 else Path("scs-trial-export"))
        paths = save_export(target, files, overwrite=arguments.force)
    sys.stdout.writelines(f"{path}\n" for path in paths)
    return OK


def _codes(path: Path | None) -> str:
    """Return the text of a clinic's file of codes; empty without one."""
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: is no text in UTF-8.", "Save it as UTF-8.") from error


def _fault(arguments: argparse.Namespace, form: ExportForm, *, hidden: bool) -> str:
    """Return what does not fit together; empty when everything does."""
    if form is not ExportForm.FHIR and (arguments.identified or arguments.codes):
        return "--identified and --codes need --format fhir"
    if arguments.pseudonymise and arguments.identified:
        return "--pseudonymise and --identified exclude each other"
    if arguments.shift_dates and not hidden:
        return "--shift-dates needs --pseudonymise"
    return ""
