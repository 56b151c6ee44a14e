"""Read an encrypted record with another library: SQLite3 Multiple Ciphers, through apsw.

Neither SQLCipher nor any module of the program's data package takes part, so a fault that both
writing and reading share does not hide. It opens copies, and replays the log of a killed process
with its own code.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path

import apsw

CHECKED_BY = "SQLite3 Multiple Ciphers"


@contextmanager
def second_reader(record: Path, key: bytes, scratch: Path):
    """Open a copy of a record, its log included, as it lies on the disk now."""
    scratch.mkdir(exist_ok=True)
    copy = scratch / "copy.scs"
    for end in ("", "-wal", "-shm"):
        copy.with_name(copy.name + end).unlink(missing_ok=True)
    for end in ("", "-wal"):  # the index of the log is made anew from the log
        part = record.with_name(record.name + end)
        if part.exists():
            shutil.copyfile(part, copy.with_name(copy.name + end))
    connection = apsw.Connection(str(copy))
    try:
        connection.execute("PRAGMA cipher = 'sqlcipher'")
        connection.execute("PRAGMA legacy = 4")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        yield connection
    finally:
        connection.close()


def sound(connection) -> bool:
    """Whether every page, index and foreign key holds; each page's code is checked when read."""
    try:
        whole = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except apsw.Error:
        return False
