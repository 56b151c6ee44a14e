"""Save a page or an export: whole or not at all, private, and never over another file unasked."""

from __future__ import annotations

import errno
from pathlib import Path

from scs_trial.errors import UserError
from scs_trial.platform import write_atomic
from scs_trial.reports.typeset import Printout

_NAME_DIGITS = 8


class FileExistsAlreadyError(UserError):
    """There is a file with that name; nothing was written."""


def file_name(printout: Printout, *, suffix: str = "pdf") -> str:
    """Return the name offered for a printout: it says nothing about the patient."""
    return f"{printout.file_stem}-{printout.digest[:_NAME_DIGITS]}.{suffix}"


def save_page(path: Path, document: bytes, *, overwrite: bool = False) -> None:
    """Write a file, readable for this account of the computer alone.

    Raises
    ------
    FileExistsAlreadyError
        The file exists and ``overwrite`` was not asked for.
    UserError
        The folder is missing or read-only, or the disk is full; nothing was left behind.
    """
    check_free(path, overwrite=overwrite)
    try:
        write_atomic(path, document)
    except OSError as error:
        raise UserError(*_said(error)) from error


def check_free(path: Path, *, overwrite: bool) -> None:
    """Refuse a name that is taken, unless the file may be replaced.

    Raises
    ------
    FileExistsAlreadyError
        The file exists and ``overwrite`` was not asked for.
    """
    if not overwrite and path.exists():
        raise FileExistsAlreadyError(
            "There is already a file with this name; it was not changed.",
            "Choose another name, or allow it to be replaced.",
        )


def _said(error: OSError) -> tuple[str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full; nothing was saved.", "Make room, or choose another disk."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "This folder may not be written to.", "Choose another folder."
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR):
        return "There is no such folder.", "Choose a folder that exists and a file name in it."
    return "The file could not be saved.", "Choose another folder."
