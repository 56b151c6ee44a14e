"""Errors that a person can act on. Anything else that is raised is a defect of the program."""

from __future__ import annotations

from collections.abc import Iterable


class UserError(Exception):
    """Something that the person at the screen or terminal can put right.

    Never holds patient data: the text may reach a log.

    Parameters
    ----------
    what
        What happened, one sentence.
    to_do
        What to do about it, one sentence; empty when the first says it.
    """

    def __init__(self, what: str, to_do: str = "") -> None:
        super().__init__(what, to_do)
        self.what = what
        self.to_do = to_do

    def __str__(self) -> str:
        """Return both sentences as one line of text."""
        return f"{self.what} {self.to_do}".strip()


class FieldError(UserError):
    """One value that was refused; shown beside its field.

    Parameters
    ----------
    field
        Name of the field, e.g. ``"pain_average"`` or ``"patient.mrn"``.
    what, to_do
        As in `UserError`.
    """

    def __init__(self, field: str, what: str, to_do: str = "") -> None:
        super().__init__(what, to_do)
        self.field = field


class InputError(UserError):
    """Every refused value of one form or file at once; never only the first."""

    def __init__(self, faults: Iterable[FieldError], to_do: str = "") -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(str(fault) for fault in self.faults), to_do)


class NotFoundError(UserError):
    """The asked record does not exist, or no longer."""


class ConflictError(UserError):
    """Somebody else changed the record in the meantime; nothing was written."""


class SignedError(UserError):
    """What is signed changes only by an amendment; nothing was written."""


class AccessDeniedError(UserError):
    """The account's roles do not allow the action."""


class ReadOnlyCopyError(UserError):
    """Something was to be written into a copy for reading; nothing was."""

    def __init__(self) -> None:
        super().__init__(
            "This is a copy that can only be read; nothing was saved.",
            "Enter it at the computer that keeps the record.",
        )


class DamagedError(UserError):
    """A record, its key file or a copy is not as it was written; the password is right."""


class CancelledError(UserError):
    """The person cancelled a long task; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Cancelled; nothing was changed.")
