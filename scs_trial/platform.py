"""The only module that may need a certain operating system.

Each operation exists for POSIX and for Windows behind one protocol; both are tested by giving
them stand-ins for the system calls. Everything else asks `current`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Protocol

NETWORK_FILE_SYSTEMS = (
    *("9p", "afpfs", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs"),
    *("nfs", "nfs3", "nfs4", "smb", "smb2", "smb3", "smbfs", "vboxsf", "webdav"),
    *("fuse.davfs", "fuse.rclone", "fuse.sshfs", "fuse.gvfsd-fuse"),
)
SYNCED_FOLDERS = (
    "dropbox",
    "onedrive",
    "icloud",
    "icloud drive",
    "iclouddrive",
    "mobile documents",
    "cloudstorage",
    "google drive",
    "googledrive",
    "my drive",
    "nextcloud",
    "owncloud",
    "pclouddrive",
    "box sync",
    "mega",
    "megasync",
    "seafile",
    "sync",
)
SYNC_MARKERS = (".dropbox", ".dropbox.cache", ".stfolder", ".sync", ".owncloudsync.log")

_DRIVE_REMOTE = 4
_PR_SET_DUMPABLE = 4
_NO_CRASH_BOX = 0x0001 | 0x0002
_PERMISSION_RETRIES = 20


class DriveKind(StrEnum):
    """Where a folder really lies, as far as it matters for a live database file."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


class Platform(Protocol):
    """What the program asks of the operating system."""

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one step, durably."""
        ...

    def make_private(self, path: Path) -> None:
        """Let only the current user read and write a file or folder."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable, where the system needs that."""
        ...

    def drive_kind(self, path: Path) -> DriveKind:
        """Tell whether a path lies on this computer, on a share or in a synced folder."""
        ...

    def lock(self, descriptor: int) -> bool:
        """Take an exclusive lock on an open file; False when another process holds it."""
        ...

    def disable_core_dumps(self) -> None:
        """Keep memory, and so patient data and keys, out of crash dumps."""
        ...

    def slept_seconds(self) -> float:
        """Return how long the computer has slept since it was started."""
        ...


class Posix:
    """Linux and macOS.

    Parameters
    ----------
    read_mounts
        Returns (mount point, file system type) pairs; replaced in tests.
    read_clock
        Reads a clock by its name, 0 where there is none; replaced in tests.
    """

    def __init__(
        self,
        *,
        read_mounts: Callable[[], Iterable[tuple[str, str]]] | None = None,
        read_clock: Callable[[str], float] | None = None,
    ) -> None:
        self._read_mounts = read_mounts or _read_mounts
        self._read_clock = read_clock or _read_clock

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one step, durably."""
        os.replace(source, target)  # noqa: PTH105  (the same call on every platform)
        self.sync_folder(target.parent)

    def make_private(self, path: Path) -> None:
        """Let only the current user read and write a file or folder."""
        path.chmod(0o700 if path.is_dir() else 0o600)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def drive_kind(self, path: Path) -> DriveKind:
        """Tell whether a path lies on this computer, on a share or in a synced folder."""
        real = path.expanduser().resolve()
        mounts = [(PurePath(point), kind) for point, kind in self._read_mounts()]
        holding = [(point, kind) for point, kind in mounts if real.is_relative_to(point)]
        if holding:
            _, kind = max(holding, key=lambda mount: len(mount[0].parts))
            if kind.lower() in NETWORK_FILE_SYSTEMS:
                return DriveKind.NETWORK
        return DriveKind.SYNCED if is_synced(real) else DriveKind.LOCAL

    def lock(self, descriptor: int) -> bool:
        """Take an exclusive lock on an open file; False when another process holds it."""
        import fcntl  # noqa: PLC0415  (POSIX only)

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def disable_core_dumps(self) -> None:
        """Keep memory, and so patient data and keys, out of crash dumps."""
        import resource  # noqa: PLC0415  (POSIX only)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":  # a dump that is piped to a program ignores the limit
            import ctypes  # noqa: PLC0415  (start-up time)

            with contextlib.suppress(OSError, AttributeError):
                ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

    def slept_seconds(self) -> float:
        """Compare a clock that goes on in sleep with one that stops."""
        if sys.platform == "darwin":
            return self._read_clock("CLOCK_MONOTONIC") - self._read_clock("CLOCK_UPTIME_RAW")
        return self._read_clock("CLOCK_BOOTTIME") - self._read_clock("CLOCK_MONOTONIC")


class Windows:
    """Windows 10 and later. Not yet run by us on a real machine.

    Parameters
    ----------
    kernel
        ``ctypes.windll.kernel32``; replaced in tests.
    locking
        ``msvcrt.locking`` with its non-blocking mode; replaced in tests.
    run
        Runs ``icacls``; replaced in tests.
    pause
        Waits before a retry; replaced in tests.
    user
        Account that keeps access to private files.
    """

    def __init__(
        self,
        *,
        kernel: Any = None,
        locking: Callable[[int], None] | None = None,
        run: Callable[[list[str]], object] | None = None,
        pause: Callable[[float], None] = time.sleep,
        user: str = "",
    ) -> None:
        self._kernel: Any = kernel or _windows_kernel()
        self._locking = locking or _windows_locking
        self._run = run or _run_quietly
        self._pause = pause
        self._user = user or os.environ.get("USERNAME", "")

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another; a scanner may hold it for a moment."""
        for attempt in range(_PERMISSION_RETRIES):
            try:
                os.replace(source, target)  # noqa: PTH105  (the same call on every platform)
            except PermissionError:
                if attempt == _PERMISSION_RETRIES - 1:
                    raise
                self._pause(0.05)
            else:
                return

    def make_private(self, path: Path) -> None:
        """Let only the current user read and write a file or folder."""
        rights = f"{self._user}:(OI)(CI)F" if path.is_dir() else f"{self._user}:F"
        self._run(["icacls", str(path), "/inheritance:r", "/grant:r", rights])

    def sync_folder(self, folder: Path) -> None:
        """Do nothing: NTFS keeps names in its own journal."""

    def drive_kind(self, path: Path) -> DriveKind:
        """Tell whether a path lies on this computer, on a share or in a synced folder."""
        text = str(path)
        if text.startswith(("\\\\", "//")):
            return DriveKind.NETWORK
        if self._kernel.GetDriveTypeW(text[:2] + "\\") == _DRIVE_REMOTE:
            return DriveKind.NETWORK
        return DriveKind.SYNCED if is_synced(path) else DriveKind.LOCAL

    def lock(self, descriptor: int) -> bool:
        """Take an exclusive lock on an open file; False when another process holds it."""
        try:
            self._locking(descriptor)
        except OSError:
            return False
        return True

    def slept_seconds(self) -> float:
        """Compare the time since the start with the time that the computer was awake."""
        awake = self._awake()
        return float(self._kernel.GetTickCount64()) / 1000 - awake / 10_000_000

    def _awake(self) -> int:
        """Return 100 ns units since the start without those asleep."""
        import ctypes  # noqa: PLC0415  (start-up time)

        units = ctypes.c_ulonglong(0)
        self._kernel.QueryUnbiasedInterruptTime(ctypes.byref(units))
        return int(units.value)

    def disable_core_dumps(self) -> None:
        """Suppress the crash box and with it the offer to send a dump."""
        self._kernel.SetErrorMode(_NO_CRASH_BOX)


def is_synced(path: Path) -> bool:
    """Return whether a path lies in a folder that a cloud service copies away."""
    for folder in (path, *path.parents):
        # "OneDrive - Name of the clinic", "Dropbox (Clinic)"
        name = folder.name.lower().split(" - ")[0].split(" (")[0].strip()
        if name in SYNCED_FOLDERS or any((folder / marker).exists() for marker in SYNC_MARKERS):
            return True
    return False


def write_atomic(path: Path, data: bytes, *, platform: Platform | None = None) -> None:
    """Write a private file so that a reader sees the old content or the new, never a part.

    Raises
    ------
    OSError
        When the disk refuses; the old file is untouched and no temporary file stays.
    """
    import tempfile  # noqa: PLC0415  (start-up time)

    system = platform or current()
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    temporary = Path(name)  # made with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        system.make_private(temporary)
        system.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@cache
def current() -> Platform:
    """Return the platform that the program runs on."""
    return Windows() if os.name == "nt" else Posix()


def _read_mounts() -> Iterable[tuple[str, str]]:
    table = Path("/proc/mounts")
    if table.exists():
        for line in table.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            _, point, kind, *_ = line.split(" ")
            yield point.replace("\\040", " "), kind
        return
    import subprocess  # noqa: PLC0415  (start-up time)

    listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
    for line in listing.stdout.splitlines():  # "//host/share on /Volumes/x (smbfs, nodev)"
        _, _, rest = line.partition(" on ")
        point, _, options = rest.rpartition(" (")
        if point:
            yield point, options.split(",")[0].rstrip(")")


def _read_clock(name: str) -> float:
    number = getattr(time, name, None)
    return 0.0 if number is None else time.clock_gettime(number)


def _windows_kernel() -> Any:
    import ctypes  # noqa: PLC0415  (start-up time)

    libraries = getattr(ctypes, "windll", None)  # absent elsewhere than on Windows
    return libraries.kernel32 if libraries else None


def _run_quietly(command: list[str]) -> object:
    import subprocess  # noqa: PLC0415  (start-up time)

    return subprocess.run(command, capture_output=True, check=True)


def _windows_locking(descriptor: int) -> None:
    import msvcrt  # noqa: PLC0415  (Windows only)

    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
