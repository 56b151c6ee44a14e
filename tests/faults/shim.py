"""Build the library that stands between a program and the disk, and speak with it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from enum import IntEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


class Kind(IntEnum):
    """What changes a file or a folder; as in ``shim.c``."""

    CREATE = 1
    TRUNCATE = 2
    WRITE = 3
    SYNC = 4
    SYNC_FOLDER = 5
    RENAME = 6
    UNLINK = 7
    MKDIR = 8
    RMDIR = 9
    MARK = 10


class Fault(IntEnum):
    """How an operation fails; as in ``shim.c``.

    A torn write takes half of its bytes and fails then; anything else that is torn takes effect
    and is reported as failed.
    """

    NONE = 0
    EIO = 1
    ENOSPC = 2
    TORN = 3


@cache
def unavailable() -> str:
    """Return why no faults can be planted on this computer; empty when they can."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return "the preload shim needs 64-bit Linux"
    if _compiler() is None:
        return "the preload shim needs a C compiler"
    return ""


@cache
def library() -> Path:
    """Build the shim once for each state of its source; return where it lies."""
    compiler = _compiler()
    assert compiler is not None, unavailable()
    name = f"scs-trial-shim-{os.getuid()}-{sha256(SOURCE.read_bytes()).hexdigest()[:16]}"
    target = Path(tempfile.gettempdir()) / f"{name}.so"
    if not target.exists():
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / target.name
            flags = ["-O1", "-Wall", "-Wextra", "-shared", "-fPIC", "-fvisibility=hidden"]
            command = [compiler, *flags, "-o", str(made), str(SOURCE), "-ldl", "-lpthread"]
            subprocess.run(command, check=True, capture_output=True)
            beside = target.with_name(f"{target.name}.{os.getpid()}")
            shutil.copy(made, beside)
            beside.replace(target)  # another worker may have been faster
    return target


def environment() -> dict[str, str]:
    """Return the environment of a process behind the shim."""
    return {**os.environ, "LD_PRELOAD": str(library())}


def quick_folder() -> Path | None:
    """Return a folder in memory, where waiting for the disk takes no time; None without one."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else None


class Shim:
    """The shim of this process, which was started behind it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.shim_count.restype = ctypes.c_long
        self._library.shim_count_of.restype = ctypes.c_long
        self._library.shim_hit.restype = ctypes.c_char_p

    def watch(self, folder: Path) -> None:
        """Stand before everything below a folder; files opened before are not seen."""
        self._library.shim_watch(os.fsencode(folder.resolve()))

    def arm(self, number: int = 0, fault: Fault = Fault.NONE, *, all_after: bool = False) -> None:
        """Count from now on, and fail the operation of a number (and all after it)."""
        self._library.shim_arm(ctypes.c_long(number), int(fault), int(all_after))

    def disarm(self) -> int:
        """Let everything pass from now on; return how many operations were counted."""
        self._library.shim_disarm()
        return int(self._library.shim_count())

    def counts(self) -> dict[str, int]:
        """Return how many operations of each kind were counted."""
        return {kind.name: int(self._library.shim_count_of(int(kind))) for kind in Kind}

    def hit(self) -> str:
        """Return which operation was failed: its kind and file; empty when none was."""
        found: bytes = self._library.shim_hit()
        return found.decode()

    def log(self, path: Path | None) -> None:
        """Log every operation into a file outside of the folder, or stop."""
        self._library.shim_log(b"" if path is None else os.fsencode(path))

    def mark(self, text: str) -> None:
        """Write a mark into the log: what stands before it was acknowledged."""
        self._library.shim_mark(text.encode("ascii"))


def _compiler() -> str | None:
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
