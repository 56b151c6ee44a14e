"""The disk that is replayed: what was waited for is there after every cut, the rest may be."""

import random

import pytest

from tests.faults.disk import Disk, Operation
from tests.faults.shim import Kind


class Bench:
    """A disk with a file ``a`` and a folder, and everything that cuts make of it."""

    def __init__(self, folder):
        self.folder = folder / "before"
        self.folder.mkdir()
        (self.folder / "a").write_bytes(b"old")
        self.disk = Disk(self.folder)
        self.inode = (self.folder / "a").stat().st_ino
        self.cuts = folder / "cuts"
        self.cuts.mkdir()

    def take(self, kind, path="a", *, other="", inode=None, offset=0, data=b""):
        self.disk.take(
            Operation(
                kind=kind,
                path=f"{self.folder}/{path}".rstrip("/"),
                other=f"{self.folder}/{other}" if other else "",
                inode=self.inode if inode is None else inode,
                offset=offset,
                data=data,
            )
        )

    def seen(self, cuts=200):
        """Return every state that some cuts leave: the contents by name."""
        found = set()
        for seed in range(cuts):
            target = self.cuts / str(len(list(self.cuts.iterdir())))
            target.mkdir()
            self.disk.write_after_cut(target, random.Random(seed))
            files = [path for path in target.rglob("*") if path.is_file()]
            found.add(tuple(sorted((str(p.relative_to(target)), p.read_bytes()) for p in files)))
        return found


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def test_that_nothing_but_what_was_there_is_left_when_nothing_happened(bench):
    assert bench.seen() == {(("a", b"old"),)}


def test_that_a_write_is_there_or_not_until_it_was_waited_for(bench):
    bench.take(Kind.WRITE, data=b"new")
    assert bench.seen() == {(("a", b"old"),), (("a", b"new"),)}
    bench.take(Kind.SYNC)
    assert bench.seen() == {(("a", b"new"),)}


def test_that_a_later_write_may_stand_without_an_earlier_one(bench):
    bench.take(Kind.WRITE, offset=3, data=b"1")
    bench.take(Kind.WRITE, offset=4, data=b"2")
    assert (("a", b"old\x002"),) in bench.seen()


def test_that_a_write_is_torn_at_sectors_and_nowhere_else(bench):
    bench.take(Kind.WRITE, data=b"x" * 2048)
    contents = {dict(state)["a"] for state in bench.seen(400)}
    assert len(contents) > 4
    for held in contents:
        for at in range(512, len(held), 512):
            assert len(set(held[at : at + 512])) <= 1


def test_that_a_truncation_may_be_undone(bench):
    bench.take(Kind.TRUNCATE, offset=1)
    assert bench.seen() == {(("a", b"old"),), (("a", b"o"),)}


def test_that_a_new_file_has_a_name_for_sure_only_once_its_folder_was_waited_for(bench):
    bench.take(Kind.CREATE, "b", inode=77)
    bench.take(Kind.WRITE, "b", inode=77, data=b"b")
    bench.take(Kind.SYNC, "b", inode=77)
    assert bench.seen() == {(("a", b"old"),), (("a", b"old"), ("b", b"b"))}
    bench.take(Kind.SYNC_FOLDER, "")
    assert bench.seen() == {(("a", b"old"), ("b", b"b"))}


def test_that_a_replacement_is_whole_the_old_or_the_new(bench):
    bench.take(Kind.CREATE, "b", inode=77)
    bench.take(Kind.WRITE, "b", inode=77, data=b"new")
    bench.take(Kind.SYNC, "b", inode=77)
    bench.take(Kind.RENAME, "b", other="a")
    assert {dict(state)["a"] for state in bench.seen()} == {b"old", b"new"}
    bench.take(Kind.SYNC_FOLDER, "")
    assert bench.seen() == {(("a", b"new"),)}


def test_that_a_deleted_file_may_come_back_and_its_inode_serve_another(bench):
    bench.take(Kind.UNLINK, "a")
    assert bench.seen() == {(), (("a", b"old"),)}
    bench.take(Kind.SYNC_FOLDER, "")
    bench.take(Kind.CREATE, "c")
    bench.take(Kind.SYNC_FOLDER, "")
    assert bench.seen() == {(("c", b""),)}


def test_that_a_file_in_a_folder_that_was_not_kept_is_gone(bench):
    bench.take(Kind.MKDIR, "d")
    bench.take(Kind.CREATE, "d/e", inode=78)
    bench.take(Kind.SYNC_FOLDER, "d")
    assert bench.seen() == {(("a", b"old"),), (("a", b"old"), ("d/e", b""))}
