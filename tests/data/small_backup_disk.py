"""Back up onto a small disk of its own (a tmpfs in a private mount space) until it is full."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scs_trial.data import seal
from scs_trial.data.backup import BackupFolder, Plan
from scs_trial.data.seal import BackupFailedError
from scs_trial.domain.backups import BackupReason
from tests.data import build
from tests.records import NOW, make_session

NOT_ALLOWED = 77


def main(folder: Path) -> int:
    """Mount, fill, make room; print JSON."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        return NOT_ALLOWED
    print(json.dumps(scenario(folder, disk)))
    return 0


def scenario(folder: Path, disk: Path) -> dict[str, Any]:
    """Back up once, fill the disk, back up with and without the look at the room, make room."""
    session = make_session(folder)
    with session.writing() as work:
        for _ in range(20):
            work.patients.save(build.patient())
        work.commit()
    kept = BackupFolder(disk / "backups", stem="clinic")
    first = _attempt(kept, session, 0)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - 150_000))
    before = _state(kept.folder)
    checked = _attempt(kept, session, 1)
    seal._check_space = lambda _record, _folder: None
    met = _attempt(kept, session, 2)
    left = _state(kept.folder)
    ballast.unlink()
    after = _attempt(kept, session, 3)
    for held in kept.listed().backups:
        kept.verify(held, session.records.keys.data_key)
    session.records.check()
    return {
        "checked first": checked,
        "met while writing": met,
        "before": before,
        "left": left,
        "after making room": first == after == "made",
    }


def _attempt(kept: BackupFolder, session: Any, minutes: int) -> str:
    plan = Plan(
        at=NOW + timedelta(minutes=minutes), reason=BackupReason.CHANGED, zone=ZoneInfo("UTC")
    )
    keys = session.records.keys
    try:
        kept.make(keys.path, keys.data_key, plan)
    except BackupFailedError as error:
        return str(error)
    return "made"


def _state(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in sorted(folder.iterdir())}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
