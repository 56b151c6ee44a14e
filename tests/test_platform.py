"""Both branches of the platform, each with stand-ins for the system calls."""

import errno
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from scs_trial.platform import DriveKind, Posix, Windows, current, is_synced, write_atomic

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX modes")


class _Kernel:
    def __init__(self, drive=3):
        self.drive = drive
        self.asked = []
        self.mode = None

    def GetDriveTypeW(self, root):
        self.asked.append(root)
        return self.drive

    def SetErrorMode(self, mode):
        self.mode = mode


def _windows(**given):
    given.setdefault("kernel", _Kernel())
    given.setdefault("run", lambda command: None)
    given.setdefault("user", "nurse")
    return Windows(**given)


@pytest.mark.parametrize("system", [Posix(), _windows()], ids=["posix", "windows"])
def test_that_a_file_is_replaced_in_one_step(tmp_path, system):
    target = tmp_path / "record.key"
    target.write_bytes(b"old")
    write_atomic(target, b"new", platform=system)
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["record.key"]


@posix_only
def test_that_a_written_file_is_private(tmp_path):
    target = tmp_path / "record.key"
    write_atomic(target, b"x")
    assert target.stat().st_mode & 0o777 == 0o600
    folder = tmp_path / "keys"
    folder.mkdir()
    Posix().make_private(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("step", ["make_private", "replace"])
def test_that_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch, step):
    target = tmp_path / "record.key"
    target.write_bytes(b"old")
    system = Posix()

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(system, step, full)
    with pytest.raises(OSError, match="full"):
        write_atomic(target, b"new", platform=system)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["record.key"]


def test_that_windows_waits_for_a_scanner_to_let_go(tmp_path, monkeypatch):
    real, calls, pauses = os.replace, [], []

    def busy(source, target):
        calls.append(source)
        if len(calls) < 3:
            raise PermissionError
        real(source, target)

    monkeypatch.setattr(os, "replace", busy)
    source = tmp_path / "new"
    source.write_bytes(b"new")
    _windows(pause=pauses.append).replace(source, tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"new"
    assert len(pauses) == 2


def test_that_windows_gives_up_in_the_end(tmp_path, monkeypatch):
    def busy(source, target):
        raise PermissionError

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(PermissionError):
        _windows(pause=lambda _: None).replace(tmp_path / "a", tmp_path / "b")


def test_that_windows_makes_a_file_private_by_its_access_list(tmp_path):
    commands = []
    system = _windows(run=commands.append)
    file = tmp_path / "record.key"
    file.touch()
    system.make_private(file)
    system.make_private(tmp_path)
    assert commands == [
        ["icacls", str(file), "/inheritance:r", "/grant:r", "nurse:F"],
        ["icacls", str(tmp_path), "/inheritance:r", "/grant:r", "nurse:(OI)(CI)F"],
    ]


MOUNTS = (
    ("/", "ext4"),
    ("/home", "ext4"),
    ("/home/share", "nfs4"),
    ("/mnt/clinic", "cifs"),
    ("/media/stick", "vfat"),
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/nurse/clinic.scs", DriveKind.LOCAL),
        ("/home/share/clinic.scs", DriveKind.NETWORK),
        ("/home/shared/clinic.scs", DriveKind.LOCAL),
        ("/mnt/clinic/a/b/clinic.scs", DriveKind.NETWORK),
        ("/media/stick/clinic.scs", DriveKind.LOCAL),
        ("/home/nurse/Dropbox/clinic.scs", DriveKind.SYNCED),
        ("/home/nurse/OneDrive - Clinic/x/clinic.scs", DriveKind.SYNCED),
        ("/home/nurse/Library/Mobile Documents/clinic.scs", DriveKind.SYNCED),
        ("/home/nurse/My dropbox notes/clinic.scs", DriveKind.LOCAL),
    ],
)
@posix_only
def test_that_posix_tells_shares_and_synced_folders(path, kind):
    assert Posix(read_mounts=lambda: MOUNTS).drive_kind(Path(path)) is kind


@pytest.mark.parametrize(
    ("path", "drive", "kind"),
    [
        (r"C:\Users\nurse\clinic.scs", 3, DriveKind.LOCAL),
        (r"\\server\share\clinic.scs", 3, DriveKind.NETWORK),
        (r"Z:\clinic.scs", 4, DriveKind.NETWORK),
        (r"C:\Users\nurse\OneDrive\clinic.scs", 3, DriveKind.SYNCED),
    ],
)
def test_that_windows_tells_shares_and_synced_folders(path, drive, kind):
    kernel = _Kernel(drive)
    assert _windows(kernel=kernel).drive_kind(_WindowsPath(path)) is kind


class _WindowsPath(PureWindowsPath):
    """A Windows path that can be asked whether it exists, on every system."""

    def exists(self):
        return False


def test_that_a_marker_file_gives_a_synced_folder_away(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    assert is_synced(tmp_path / "clinic" / "clinic.scs")
    assert not is_synced(Path("/srv/clinic/clinic.scs"))


@posix_only
def test_that_a_lock_is_held_by_one_process(tmp_path):
    path = tmp_path / "lock"
    with path.open("wb") as mine, path.open("wb") as other:
        assert Posix().lock(mine.fileno())
        assert not Posix().lock(other.fileno())


def test_that_a_windows_lock_is_held_by_one_process():
    def refused(descriptor):
        raise OSError

    assert _windows(locking=lambda descriptor: None).lock(3)
    assert not _windows(locking=refused).lock(3)


@posix_only
def test_that_core_dumps_are_off():
    code = (
        "import resource; from scs_trial.platform import current; "
        "current().disable_core_dumps(); print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"


def test_that_windows_offers_no_crash_dump():
    kernel = _Kernel()
    _windows(kernel=kernel).disable_core_dumps()
    assert kernel.mode


def test_that_this_machine_has_a_platform(tmp_path):
    assert current().drive_kind(tmp_path) in DriveKind
    current().sync_folder(tmp_path)
    assert Windows(kernel=_Kernel()).sync_folder(tmp_path) is None


def test_that_sleep_is_the_difference_of_two_clocks_on_posix():
    clocks = {"CLOCK_BOOTTIME": 5000.0, "CLOCK_MONOTONIC": 1400.0, "CLOCK_UPTIME_RAW": 1400.0}
    if sys.platform == "darwin":
        clocks["CLOCK_MONOTONIC"] = 5000.0
    assert Posix(read_clock=clocks.__getitem__).slept_seconds() == 3600.0


def test_that_sleep_is_the_difference_of_two_clocks_on_windows():
    class Kernel:
        def GetTickCount64(self):
            return 5_000_000

        def QueryUnbiasedInterruptTime(self, reference):
            reference._obj.value = 14_000_000_000

    assert Windows(kernel=Kernel()).slept_seconds() == 3600.0


def test_that_this_computer_says_how_long_it_slept():
    assert current().slept_seconds() >= -1.0
