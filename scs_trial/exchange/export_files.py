"""The files of an export: which there are, what they are called, and how they reach the disk."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scs_trial.errors import UserError
from scs_trial.exchange.case_file import SUFFIX, CaseFile, write_case
from scs_trial.exchange.diary_trials import PatientDiary
from scs_trial.exchange.diary_writer import write_diary
from scs_trial.exchange.export_model import ExportFile, ExportForm, ExportModel
from scs_trial.exchange.long_rows import write_long
from scs_trial.exchange.redcap import write_data
from scs_trial.exchange.redcap_fields import layout_of, write_dictionary
from scs_trial.reports.save import check_free, save_page

_DIGITS = 8
_LONGEST_NAME = 80
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_SYNTHETIC = "-made-up"


def has_several_files(form: ExportForm, *, patients: int | None) -> bool:
    """Return whether an export goes into a folder; ``patients`` None means all of the record."""
    if form is ExportForm.CASE:
        return patients != 1
    return form in (ExportForm.REDCAP, ExportForm.FHIR)


def export_files(
    model: ExportModel, form: ExportForm, *, site_codes: str = ""
) -> tuple[ExportFile, ...]:
    """Return the files of an export.

    A case export has one for each patient, a FHIR export one for each trial; ``site_codes`` is the
    text of a clinic's own file of codes for it.
    """
    if form is ExportForm.FHIR:
        return _bundles(model, site_codes)
    return _WRITERS[form](model)


def save_export(
    target: Path, files: Sequence[ExportFile], *, overwrite: bool = False
) -> tuple[Path, ...]:
    """Write the files: private, each whole or not at all, never over another one unasked.

    A single file is written as ``target``; several go into the folder ``target`` under their own
    names, and none is written where one of the names is taken.

    Returns
    -------
    tuple of Path
        What was written.
    """
    if len(files) == 1 and not target.is_dir():
        paths = [target]
    else:
        _make_folder(target)
        paths = [target / file.name for file in files]
    for path in paths:
        check_free(path, overwrite=overwrite)
    for path, file in zip(paths, files, strict=True):
        save_page(path, file.data, overwrite=overwrite)
    return tuple(paths)


def safe_name(text: str) -> str:
    """Return a file name made of letters, digits, dot, hyphen and underscore alone.

    Never empty, hidden, longer than 80 characters, a path, or a name that Windows keeps.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)[:_LONGEST_NAME].strip("-._")
    if name and not _RESERVED.fullmatch(name):
        return name
    return f"file-{name}"[:_LONGEST_NAME].strip("-._")


def offered_name(form: ExportForm) -> str:
    """Return the name that a file box offers before the content is known."""
    return f"scs-trial-{form.value}{_ENDINGS[form]}"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(
            "The folder for the files can't be made.", "Choose a folder that you may write to."
        ) from error


def _file(model: ExportModel, form: ExportForm, data: bytes, *, ending: str = "") -> ExportFile:
    mark = _SYNTHETIC if model.synthetic else ""
    content = hashlib.sha256(data).hexdigest()[:_DIGITS]
    name = f"scs-trial-{form.value}{mark}-{model.made_on}-{content}"
    return ExportFile(name=safe_name(name) + (ending or _ENDINGS[form]), data=data)


def _diary(model: ExportModel) -> tuple[ExportFile, ...]:
    trials = [PatientDiary(one.patient, one.diary) for one in model.trials]
    text = write_diary(trials, catalogue=model.catalogue)
    return (_file(model, ExportForm.DIARY, text.encode("utf-8")),)


def _long(model: ExportModel) -> tuple[ExportFile, ...]:
    return (_file(model, ExportForm.LONG, write_long(model).encode("utf-8")),)


def _workbook(model: ExportModel) -> tuple[ExportFile, ...]:
    from scs_trial.exchange.workbook import write_workbook  # noqa: PLC0415  (start-up time)

    return (_file(model, ExportForm.XLSX, write_workbook(model)),)


def _cases(model: ExportModel) -> tuple[ExportFile, ...]:
    held = (
        CaseFile(case=case, synthetic=model.synthetic, pseudonymised=model.pseudonymised)
        for case in model.cases
    )
    return tuple(_file(model, ExportForm.CASE, write_case(one)) for one in held)


def _redcap(model: ExportModel) -> tuple[ExportFile, ...]:
    layout = layout_of(model)
    dictionary = write_dictionary(layout, pseudonymised=model.pseudonymised)
    files = (("dictionary", dictionary), ("data", write_data(model)))
    return tuple(
        _file(model, ExportForm.REDCAP, text.encode("utf-8"), ending=f"-{name}.csv")
        for name, text in files
    )


def _bundles(model: ExportModel, site_codes: str) -> tuple[ExportFile, ...]:
    from scs_trial.exchange.fhir import bundle, code_map  # noqa: PLC0415  (start-up time)

    codes = code_map.shipped_codes()
    if site_codes:
        codes = code_map.with_site_codes(codes, site_codes, catalogue=model.catalogue)
    if not model.trials:
        raise UserError("None of these patients has a trial with a placement date.")
    return tuple(_file(model, ExportForm.FHIR, data) for data in bundle.write_bundles(model, codes))


_ENDINGS: Mapping[ExportForm, str] = {
    ExportForm.DIARY: ".csv",
    ExportForm.LONG: ".csv",
    ExportForm.XLSX: ".xlsx",
    ExportForm.CASE: SUFFIX,
    ExportForm.REDCAP: ".csv",
    ExportForm.FHIR: ".json",
}
_WRITERS: Mapping[ExportForm, Callable[[ExportModel], tuple[ExportFile, ...]]] = {
    ExportForm.DIARY: _diary,
    ExportForm.LONG: _long,
    ExportForm.XLSX: _workbook,
    ExportForm.CASE: _cases,
    ExportForm.REDCAP: _redcap,
}
