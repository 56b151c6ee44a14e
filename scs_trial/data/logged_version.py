"""Which schema the log beside a record says, with nothing beside the record touched.

A program that ends in the middle leaves a log. Whoever opens the record folds that log into it,
and that is too late for a record that turns out to be of a newer program.
"""

from __future__ import annotations

import tempfile
from contextlib import closing, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from scs_trial.data.engine import unlock

_FIRST_PAGE_BYTES = 4096


def logged_version(path: Path, key: bytes) -> int | None:
    """Return the schema number that the log changes the record's first page to.

    None where no log lies beside, or none that says it; a disk without room for a copy of the log
    says nothing either.

    Parameters
    ----------
    path
        The record.
    key
        Its data key.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or not log.stat().st_size:
        return None
    with (
        suppress(OSError),
        tempfile.TemporaryDirectory(prefix=".scs-trial-", dir=path.parent) as folder,
    ):
        return _asked(path, log, Path(folder), key)
    return None


def _asked(path: Path, log: Path, folder: Path, key: bytes) -> int | None:
    """Put the first page and the log, encrypted as they are, somewhere else and ask there."""
    copy = folder / path.name
    with path.open("rb") as stream:
        copy.write_bytes(stream.read(_FIRST_PAGE_BYTES))
    copy.with_name(log.name).write_bytes(log.read_bytes())
    with closing(dbapi2.connect(str(copy))) as connection:
        try:
            unlock(connection, key, prove=False)
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
        except dbapi2.DatabaseError:  # no whole transaction in the log: the record itself counts
            return None
