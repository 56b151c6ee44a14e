"""A disk that is replayed from a log: what it surely holds, and what it may hold after a power cut.

A file surely holds what was written before the last wait for it, a folder the names it had at the
last wait for the folder. Of all later writes each is there, or not, or in some sectors only.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.faults.shim import Kind

SECTORS = (512, 4096)
_HEAD = struct.Struct("<IIIIQQQ")
_NOT_KEPT = "-shm"
"""The index of the log is made anew by whoever opens a record after a cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One line of the log."""

    kind: Kind
    path: str
    other: str
    inode: int
    offset: int
    data: bytes


@dataclass(slots=True)
class Inode:
    """A file, whatever it is called: what surely stands in it, and what may."""

    sure: bytearray = field(default_factory=bytearray)
    later: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes (offset and bytes) and truncations (length and None), the oldest first."""

    def wait(self) -> None:
        """Let everything be sure."""
        for offset, data in self.later:
            _put(self.sure, offset, data)
        self.later.clear()

    def after_cut(self, chance: random.Random) -> bytearray:
        """Return what the file may hold after a cut."""
        held = bytearray(self.sure)
        for offset, data in self.later:
            fate = chance.choice(("there", "gone", "torn"))
            if fate == "there" or (fate == "torn" and data is None):
                _put(held, offset, data)
            elif fate == "torn" and data is not None:
                _put_in_part(held, offset, data, chance)
        return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A change of names: ``gone`` names nothing more, ``name`` an ``inode`` (None: a folder)."""

    folder: str
    name: str = ""
    inode: Inode | None = None
    gone: str = ""


Names = dict[str, Inode | None]


class Disk:
    """A disk below one folder.

    Parameters
    ----------
    folder
        As it is now; all of it is sure.
    """

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._inodes: dict[int, Inode] = {}
        self._now: Names = {}
        for path in sorted(folder.rglob("*")):
            inode = None if path.is_dir() else Inode(bytearray(path.read_bytes()))
            self._now[str(path)] = inode
            if inode is not None:
                self._inodes[path.stat().st_ino] = inode
        self._sure = dict(self._now)
        self._later: list[Naming] = []

    def take(self, done: Operation) -> None:
        """Let one operation of the log happen."""
        if done.path.endswith(_NOT_KEPT):
            return
        if done.kind in (Kind.WRITE, Kind.TRUNCATE):
            data = done.data if done.kind is Kind.WRITE else None
            self._inodes[done.inode].later.append((done.offset, data))
        elif done.kind is Kind.SYNC:
            self._inodes[done.inode].wait()
        elif done.kind is Kind.SYNC_FOLDER:
            self._names_are_sure(done.path)
        elif done.kind is not Kind.MARK:
            naming = self._naming(done)
            self._later.append(naming)
            _name(self._now, naming)

    def write_after_cut(self, target: Path, chance: random.Random) -> None:
        """Write what the disk may hold after a cut at this moment into an empty folder."""
        names = dict(self._sure)
        for naming in self._kept(chance):
            _name(names, naming)
        for name in sorted(names):
            inode, path = names[name], target / PurePosixPath(name).relative_to(self._root)
            if not path.parent.is_dir():
                continue  # its folder was never named
            if inode is None:
                path.mkdir()
            else:
                path.write_bytes(inode.after_cut(chance))

    def _kept(self, chance: random.Random) -> list[Naming]:
        """Choose the names that are kept: the first ones, as a journal does it, or any."""
        if chance.random() < 0.5:
            return self._later[: chance.randint(0, len(self._later))]
        return [naming for naming in self._later if chance.random() < 0.5]

    def _naming(self, done: Operation) -> Naming:
        folder = str(PurePosixPath(done.other or done.path).parent)
        if done.kind is Kind.CREATE:
            inode = self._inodes[done.inode] = Inode()
            return Naming(folder=folder, name=done.path, inode=inode)
        if done.kind is Kind.RENAME:
            return Naming(
                folder=folder, name=done.other, inode=self._now[done.path], gone=done.path
            )
        if done.kind is Kind.MKDIR:
            return Naming(folder=folder, name=done.path)
        return Naming(folder=folder, gone=done.path)

    def _names_are_sure(self, folder: str) -> None:
        for naming in self._later:
            if naming.folder == folder:
                _name(self._sure, naming)
        self._later = [naming for naming in self._later if naming.folder != folder]


def read_log(path: Path) -> Iterator[Operation]:
    """Read what the shim has logged."""
    whole, at = path.read_bytes(), 0
    while at < len(whole):
        kind, path_size, other_size, _, inode, offset, size = _HEAD.unpack_from(whole, at)
        parts = []
        at += _HEAD.size
        for length in (path_size, other_size, size):
            parts.append(whole[at : at + length])
            at += length
        yield Operation(
            kind=Kind(kind),
            path=parts[0].decode(),
            other=parts[1].decode(),
            inode=inode,
            offset=offset,
            data=parts[2],
        )


def _name(names: Names, naming: Naming) -> None:
    if naming.gone:
        names.pop(naming.gone, None)
    if naming.name:
        names[naming.name] = naming.inode


def _put(held: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del held[offset:]
    if len(held) < offset:
        held.extend(bytes(offset - len(held)))
    if data is not None:
        held[offset : offset + len(data)] = data


def _put_in_part(held: bytearray, offset: int, data: bytes, chance: random.Random) -> None:
    """Write some of the sectors."""
    sector, end = chance.choice(SECTORS), offset + len(data)
    at = offset
    while at < end:
        until = min(end, (at // sector + 1) * sector)
        if chance.random() < 0.5:
            _put(held, at, data[at - offset : until - offset])
        at = until
