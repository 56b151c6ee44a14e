"""The shim stands before the system's calls of Python and of the database alike."""

import errno
import json
import subprocess
import sys
import textwrap

import pytest

from tests.faults import shim
from tests.faults.disk import read_log
from tests.faults.shim import Fault, Kind

pytestmark = pytest.mark.skipif(bool(shim.unavailable()), reason=shim.unavailable() or "-")


def behind(folder, body, **given):
    """Run a body behind the shim, that watches a folder; return what it prints as JSON."""
    head = """
    import errno, json, os, sys
    from pathlib import Path
    from tests.faults.shim import Fault, Shim
    folder, between = Path(sys.argv[1]), Shim()

    def attempt(do):
        try:
            do()
        except OSError as error:
            return error.errno
        return 0

    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(body), str(folder)],
        env={**shim.environment(), "SHIM_FOLDER": str(folder), **given},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_that_every_change_below_the_folder_is_counted_and_nothing_else(tmp_path):
    found = behind(
        tmp_path,
        """
        between.arm()
        (folder / "a").write_bytes(b"1")
        with (folder / "a").open("r+b") as stream:
            stream.truncate(0)
            os.fsync(stream.fileno())
        (folder / "a").read_bytes()
        (folder / "d").mkdir()
        os.replace(folder / "a", folder / "d" / "b")
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        (folder / "d" / "b").unlink()
        (folder / "d").rmdir()
        Path("/dev/null").write_bytes(b"2")
        print(json.dumps([between.disarm(), between.counts()]))
        """,
    )
    kinds = {"CREATE", "WRITE", "TRUNCATE", "SYNC", "MKDIR", "RENAME", "SYNC_FOLDER"}
    kinds |= {"UNLINK", "RMDIR"}
    assert found[1] == {kind.name: int(kind.name in kinds) for kind in Kind}
    assert found[0] == len(kinds)


def test_that_the_database_writes_through_the_shim(tmp_path):
    found = behind(
        tmp_path,
        """
        from scs_trial.data import engine
        path, key = folder / "x.scs", bytes(32)
        engine.create_file(path, key)
        raw = engine.connect(path, key)
        raw.execute("CREATE TABLE t (x)")
        between.arm()
        raw.execute("INSERT INTO t VALUES (1)")
        between.disarm()
        counts = between.counts()
        between.arm(counts["WRITE"] + 1, Fault.EIO)
        try:
            raw.execute("INSERT INTO t VALUES (2)")
        except engine.dbapi2.OperationalError as error:
            said = [error.sqlite_errorname, between.hit()]
        print(json.dumps([counts, said]))
        """,
    )
    counts, said = found
    assert counts["WRITE"] >= 2
    assert counts["SYNC"] == 1
    assert said == ["SQLITE_IOERR", "sync /x.scs-wal"]


@pytest.mark.parametrize(
    ("fault", "all_after", "expected"),
    [
        (Fault.EIO, 0, [0, errno.EIO, 0, 0]),
        (Fault.ENOSPC, 0, [0, errno.ENOSPC, 0, 0]),
        (Fault.ENOSPC, 1, [0, errno.ENOSPC, errno.ENOSPC, errno.ENOSPC]),
    ],
)
def test_that_the_named_operation_fails_once_or_all_after_it_too(
    tmp_path, fault, all_after, expected
):
    found = behind(
        tmp_path,
        """
        names = [folder / name for name in "abcd"]
        print(json.dumps([attempt(name.touch) for name in names]))
        """,
        SHIM_FAIL=f"2 {int(fault)} {all_after}",
    )
    assert found == expected
    assert (tmp_path / "a").exists()
    assert not (tmp_path / "b").exists()


def test_that_a_torn_write_leaves_half_and_a_torn_rename_happens(tmp_path):
    found = behind(
        tmp_path,
        """
        (folder / "a").touch()
        between.arm(1, Fault.TORN)
        said = [attempt(lambda: (folder / "a").open("ab", buffering=0).write(b"12345678"))]
        said.append(attempt(lambda: (folder / "b").touch()))
        between.arm(1, Fault.TORN)
        said.append(attempt(lambda: os.rename(folder / "a", folder / "c")))
        print(json.dumps(said))
        """,
    )
    assert found == [0, 0, errno.EIO]  # a single short write is for the caller to go on with
    assert (tmp_path / "c").read_bytes() == b"1234"


def test_that_the_log_holds_what_was_written_where_and_the_marks_between(tmp_path):
    watched, log = tmp_path / "watched", tmp_path / "log"
    watched.mkdir()
    behind(
        watched,
        """
        with (folder / "a").open("wb", buffering=0) as stream:
            stream.write(b"12")
            between.mark("said 1")
            stream.seek(1)
            stream.write(b"3")
            os.pwrite(stream.fileno(), b"4", 7)
        print(json.dumps(0))
        """,
        SHIM_LOG=str(log),
    )
    inode = (watched / "a").stat().st_ino
    held = [(one.kind, one.offset, one.data) for one in read_log(log)]
    assert held == [
        (Kind.CREATE, 0, b""),
        (Kind.WRITE, 0, b"12"),
        (Kind.MARK, 0, b""),
        (Kind.WRITE, 1, b"3"),
        (Kind.WRITE, 7, b"4"),
    ]
    assert {one.inode for one in read_log(log)} == {0, inode}
    assert [one.path for one in read_log(log) if one.kind is Kind.MARK] == ["said 1"]
