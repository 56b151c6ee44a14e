"""Connections to the encrypted file: one recipe, every setting read back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlcipher3 import dbapi2

from scs_trial.data import faults
from scs_trial.data.prepared import drive

OLDEST_SQLITE = (3, 51, 3)
"""Earlier ones may lose a commit when the write-ahead log is reset."""
KEY_BYTES = 32
BUSY_MS = 5_000
WRITE_WAIT_SECONDS = 30
_IDLE_POLL_SECONDS = 0.02
_MORE_READERS = 8
_QUICK_CHECK_BYTES = 4 * 1024 * 1024

_CHECKS = ("integrity_check(1)", "cipher_integrity_check", "foreign_key_check")
_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("foreign_keys", "ON", 1),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("busy_timeout", str(BUSY_MS), BUSY_MS),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("recursive_triggers", "ON", 1),  # INSERT OR REPLACE meets the guards against deletion
    ("cache_size", "-65536", -65536),
    ("temp_store", "MEMORY", 2),
)
_OF_A_LIVE_FILE = ("journal_mode", "synchronous")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The two ways to the file. Readers never take the write lock and can't write."""

    reader: Engine
    writer: Engine

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until no connection is in use; False when one still is.

        One that is in use would outlive `dispose` for an uncertain time.
        """
        end = time.monotonic() + seconds
        while self._in_use():
            if time.monotonic() >= end:
                return False
            time.sleep(_IDLE_POLL_SECONDS)
        return True

    def _in_use(self) -> bool:
        pools = [engine.pool for engine in (self.reader, self.writer)]
        return any(pool.checkedout() for pool in pools if isinstance(pool, QueuePool))

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


def check_library(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a database library that is too old.

    Raises
    ------
    UnsupportedSqliteError
        With both versions.
    """
    if tuple(version) < OLDEST_SQLITE:
        raise faults.UnsupportedSqliteError(
            f"The database library {_dotted(version)} is older than {_dotted(OLDEST_SQLITE)}.",
            "Install the packages that this program names.",
        )


def connect(path: Path, key: bytes, *, query_only: bool = False, sealed: bool = False) -> Any:
    """Open one connection with the recipe; the key is proven by a read.

    A sealed file (a backup, which nothing writes any more) is opened so that not a byte of it can
    change, and without any file beside it.

    Raises
    ------
    sqlcipher3.dbapi2.Error
        As the database says it; `faults.translate` knows them.
    """
    check_library()
    how = "mode=ro&immutable=1" if sealed else "mode=rw"
    connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )
    try:
        unlock(connection, key)
        for name, value, expected in _PRAGMAS:
            if not (sealed and name in _OF_A_LIVE_FILE):
                _set(connection, name, value, expected)
        if query_only or sealed:
            _set(connection, "query_only", "ON", 1)
    except BaseException:
        connection.close()
        raise
    return connection


def create_file(path: Path, key: bytes) -> None:
    """Make an empty encrypted database; the caller has made sure that nothing is there."""
    check_library()
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        unlock(connection, key)
        _set(connection, "journal_mode", "WAL", "wal")
        connection.execute("PRAGMA user_version = 0")
        connection.execute(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    finally:
        connection.close()


def stored_version(path: Path, key: bytes) -> int | None:
    """Return the schema number in the file's first page without touching a byte of it.

    None when that page can't be read as it is, which the write-ahead log may yet mend.
    """
    connection = dbapi2.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        unlock(connection, key, prove=False)
        row = connection.execute("PRAGMA user_version").fetchone()
        return int(row[0])
    except dbapi2.DatabaseError:
        return None
    finally:
        connection.close()


def make_engines(path: Path, key: bytes) -> Engines:
    """Return pooled engines on the file; nothing is opened yet."""
    writer = _engine(path, key, query_only=False, pool_size=1, overflow=0)
    reader = _engine(path, key, query_only=True, pool_size=2, overflow=_MORE_READERS)
    return Engines(reader=reader, writer=writer)


def make_sealed_engines(path: Path, key: bytes) -> Engines:
    """Return engines on a file that nothing writes any more: a backup or a snapshot."""
    reader = _engine(path, key, query_only=True, sealed=True, pool_size=1, overflow=_MORE_READERS)
    return Engines(reader=reader, writer=reader)


def check_sound(path: Path, reader: Engine) -> None:
    """Read the record once; a small one is checked page by page.

    Raises
    ------
    DamagedRecordError
        When a page does not hold what was written.
    """
    with reader.connect() as connection:
        if path.stat().st_size <= _QUICK_CHECK_BYTES:
            answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if answer != "ok":
                raise faults.DamagedRecordError(*faults.DAMAGED)


def check_fully(engines: Engines) -> None:
    """Check every page, its authentication code and every foreign key.

    Raises
    ------
    DamagedRecordError
        When something does not hold.
    """
    with engines.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        try:  # with pages in the log the cipher check raises false alarms
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except dbapi2.Error as error:
            raise faults.said(error) from None
        check_pages(connection)


def check_beside(engines: Engines) -> None:
    """Check the same while others read and write; they wait only if something does not hold.

    A reader that begins right after the log was written into the file keeps the file as it is; what
    is written meanwhile stays in the log. A write in between can look like damage: what does not
    hold is checked again with nobody else writing.

    Raises
    ------
    DamagedRecordError
        When something does not hold.
    """
    try:
        with engines.reader.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.begin()
            check_pages(connection)
    except dbapi2.Error as error:
        raise faults.said(error) from None
    except faults.DamagedRecordError:
        try:
            check_fully(engines)
        except PoolTimeoutError:
            raise faults.RecordBusyError(*faults.BUSY) from None


def check_pages(connection: Connection) -> None:
    """Check every page, its authentication code and every foreign key of a file without a log.

    Raises
    ------
    DamagedRecordError
        When something does not hold.
    """
    raw: Any = connection.connection.driver_connection
    try:
        answers = [raw.execute(f"PRAGMA {name}").fetchall() for name in _CHECKS]
    except dbapi2.Error as error:
        raise faults.said(error) from None
    if answers != [[("ok",)], [], []]:
        raise faults.DamagedRecordError(*faults.DAMAGED)


def _engine(
    path: Path, key: bytes, *, query_only: bool, pool_size: int, overflow: int, sealed: bool = False
) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, query_only=query_only, sealed=sealed),
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=overflow,
        pool_use_lifo=True,  # the connection used last has the pages in its cache
        pool_timeout=WRITE_WAIT_SECONDS,
        hide_parameters=True,
    )
    begin = "BEGIN" if query_only else "BEGIN IMMEDIATE"

    def on_begin(connection: Connection) -> None:
        drive(connection, begin)

    event.listen(engine, "begin", on_begin)
    event.listen(engine, "handle_error", _on_error)
    return engine


def _on_error(context: Any) -> None:
    better = faults.translate(context.original_exception)
    if better is not None:
        raise better from None  # the original may quote values


def unlock(connection: Any, key: bytes, *, prove: bool = True) -> None:
    """Give a new connection its data key; a read proves it unless told otherwise."""
    if len(key) != KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise RuntimeError("the database library does not encrypt")
    if prove:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _set(connection: Any, name: str, value: str, expected: object) -> None:
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    row = connection.execute(f"PRAGMA {name}").fetchone()
    if row is None or row[0] != expected:
        raise RuntimeError(f"the database did not take the setting {name}")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
