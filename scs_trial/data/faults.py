"""What can go wrong with the file, each said in its own words. Nothing here names a patient."""

from __future__ import annotations

import errno
from datetime import timedelta

from scs_trial import __version__
from scs_trial.data.triggers import GUARD_MARK
from scs_trial.errors import ConflictError, DamagedError, UserError
from scs_trial.services.door import MustChangePasswordError, TooManyTriesError


class WrongPasswordError(UserError):
    """The password (or the user name) does not open its slot."""


class WrongRecoveryKeyError(UserError):
    """The recovery key does not belong to this record, or was mistyped."""


class NoRecordError(UserError):
    """There is no record at that path."""


class NoFolderError(UserError):
    """The folder for a record does not exist."""


class RecordExistsError(UserError):
    """A record must not be written over."""


class DamagedRecordError(DamagedError):
    """The file can't be read although the key is right."""


class DamagedKeysError(DamagedError):
    """The key file is missing or can't be read."""


class NewerRecordError(UserError):
    """The record was written by a newer program."""


class ReadOnlyPlaceError(UserError):
    """The folder or the file can't be written."""


class NoNewFileError(ReadOnlyPlaceError):
    """The database could not make a file beside the record."""


class DiskFullError(UserError):
    """The disk took no more data."""


class DiskFailureError(UserError):
    """The disk reported a failure."""


class RecordInUseError(UserError):
    """Another running program holds the record."""


class RecordBusyError(UserError):
    """Another write did not end in time."""


class UnsafePlaceError(UserError):
    """A live record may not lie on a share or in a synced folder."""


class RotationWaitsError(UserError):
    """A way in was taken away, but the file still has its old data key."""


class UnsupportedSqliteError(UserError):
    """The database library is too old to be safe."""


class UnauditedChangeError(RuntimeError):
    """A defect of the program: a clinical row was to change without its audit row, or in bulk."""


NO_FOLDER = ("There is no such folder.", "Make it first, or choose another place.")
READ_ONLY = ("The record can't be written here.", "Choose a folder that you may write to.")
NO_NEW_FILE = (
    "No file can be made beside the record: you may not, or the disk is full or failing.",
    "Check the disk and your rights to the folder, then try again.",
)
DISK_FULL = (
    "The disk is full or takes no more data; nothing was saved.",
    "Free some space, then try again.",
)
REKEY_FAILED = (
    "The disk did not take the file with its new key; it was left as it was.",
    "Check the disk and its free space.",
)
DISK_FAILURE = (
    "The disk refused the data (over its quota, or failing); nothing was saved.",
    "Check the disk, then try again.",
)
DAMAGED = (
    "The record is damaged and was left as it is; the password is right.",
    "Keep both files as they are, and put back the newest backup.",
)
BROKEN_TRAIL = (
    "The audit trail of this file is broken: rows were changed, or its guards are gone.",
    "Keep the file as it is, and look for a backup whose trail holds.",
)
DAMAGED_KEYS = (
    "The key file beside the record can't be read.",
    "Put back the key file from the newest backup; the record itself was not touched.",
)
WRONG_PASSWORD = (
    "The user name or the password is wrong.",
    "Try again; upper and lower case count in the password.",
)
WRONG_RECOVERY_KEY = (
    "This is not the recovery key of this record.",
    "Type it as it was printed; the last group finds a typing mistake.",
)
ROTATION_WAITS = (
    "The old way in is closed. The file could not be encrypted anew now; the next opening does it."
)
REMOVED_ACCOUNT = (
    "This account was removed from the record.",
    "Ask an administrator for a new one.",
)
UNSTORABLE = (
    "A text holds half of a character, which can't be stored; nothing was saved.",
    "Delete the sign that shows as a box or question mark, then save again.",
)
BUSY = ("The record is busy with another change.", "Wait a moment, then save again.")

_MRN_TAKEN = ("Another patient has this MRN; nothing was saved.", "Open that patient instead.")
_DAY_TAKEN = (
    "This day already has a check-in of that phase; nothing was saved.",
    "Open it and correct it.",
)
_CHANGED = ("Somebody else changed this in the meantime; nothing was saved.", "Look at it again.")
_NAME_TAKEN = ("Another account has this user name; nothing was saved.", "Choose another one.")

_BY_CODE: dict[str, tuple[type[UserError], tuple[str, str]]] = {
    "SQLITE_BUSY": (RecordBusyError, BUSY),
    "SQLITE_LOCKED": (RecordBusyError, BUSY),
    "SQLITE_FULL": (DiskFullError, DISK_FULL),
    "SQLITE_READONLY": (ReadOnlyPlaceError, READ_ONLY),
    "SQLITE_CANTOPEN": (NoNewFileError, NO_NEW_FILE),
    "SQLITE_PERM": (ReadOnlyPlaceError, READ_ONLY),
    "SQLITE_CORRUPT": (DamagedRecordError, DAMAGED),
    "SQLITE_NOTADB": (DamagedRecordError, DAMAGED),
    "SQLITE_FORMAT": (DamagedRecordError, DAMAGED),
    "SQLITE_IOERR": (DiskFailureError, DISK_FAILURE),
}
_BY_UNIQUE = {
    "patient.mrn": _MRN_TAKEN,
    "check_in.trial_id, check_in.day, check_in.phase": _DAY_TAKEN,
    "account.user_key": _NAME_TAKEN,
}


def conflict() -> ConflictError:
    """Return what to raise when the stored version is not the one that was read."""
    return ConflictError(*_CHANGED)


def translate(error: BaseException) -> Exception | None:
    """Return what to raise instead of a database error; None when it is a defect of ours."""
    message = str(error)
    if GUARD_MARK in message:
        return UnauditedChangeError(message)
    if message.startswith("UNIQUE constraint failed: "):
        return ConflictError(*_BY_UNIQUE.get(message.partition(": ")[2], _CHANGED))
    if isinstance(error, UnicodeEncodeError):
        return UserError(*UNSTORABLE)
    code = getattr(error, "sqlite_errorname", "")
    if code in _BY_CODE:
        kind, words = _BY_CODE[code]
        return kind(*words)
    return None


def from_os_error(error: OSError) -> UserError:
    """Return what to say when the system refused a file beside the record."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(*DISK_FULL)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return NoFolderError(*NO_FOLDER)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyPlaceError(*READ_ONLY)
    return DiskFailureError(*DISK_FAILURE)


def said(error: BaseException) -> BaseException:
    """Return what to raise for an error of the system or the driver."""
    if isinstance(error, OSError):
        return from_os_error(error)
    return translate(error) or error


def too_many_tries(left: timedelta) -> TooManyTriesError:
    """Return what to raise when the next try must wait."""
    seconds = -(-left // timedelta(seconds=1))
    minutes, rest = divmod(seconds, 60)
    wait = f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return TooManyTriesError(
        "Too many wrong tries on this computer.", f"Wait {wait}, then try again.", left=left
    )


def must_change() -> MustChangePasswordError:
    """Return what to raise for a one-time password that is right."""
    return MustChangePasswordError(
        "This one-time password must be changed first.",
        "Choose your own password in the window's log-in.",
    )


def newer(program: str, schema: int, *, known: int) -> NewerRecordError:
    """Return what to raise for a record of a newer program, with both versions."""
    by = f"version {program} (record format {schema})" if program else f"record format {schema}"
    return NewerRecordError(
        f"This record was written by a newer program: {by}. This is version {__version__} "
        f"(record format {known}).",
        "Install the newer program; nothing was opened and nothing was changed.",
    )
