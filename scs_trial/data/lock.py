"""One running program on a record: a lock file beside it, let go by the system in the end."""

from __future__ import annotations

import os
from pathlib import Path

from scs_trial import platform
from scs_trial.data import faults

IN_USE = (
    "This record is already open in another window of the program on this computer.",
    "Close it there, then try again.",
)


class RecordLock:
    """Holds the lock file of a record until `release`.

    Parameters
    ----------
    record
        The record file; the lock file lies beside it and stays there, empty.

    Raises
    ------
    RecordInUseError
        Another process, or another opening in this one, holds it.
    ReadOnlyPlaceError
        The lock file can't be made.
    """

    def __init__(self, record: Path) -> None:
        path = record.with_name(f"{record.name}.lock")
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise faults.from_os_error(error) from None
        if not platform.current().lock(self._descriptor):
            os.close(self._descriptor)
            raise faults.RecordInUseError(*IN_USE)

    def release(self) -> None:
        """Let go of the record."""
        os.close(self._descriptor)
