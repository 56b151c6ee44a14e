"""Fill a small disk of its own (a tmpfs in a private mount space) and print what happened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from scs_trial.errors import UserError
from tests.data import children
from tests.data.kills import record_with_trial

NOT_ALLOWED = 77


def main(folder: Path) -> int:
    """Mount, fill, make room; print JSON."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        return NOT_ALLOWED
    print(json.dumps(scenario(folder)))
    return 0


def scenario(folder: Path) -> dict[str, Any]:
    """Save until the disk is full, then make room and save again."""
    path, trial_id = record_with_trial(folder)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(1024 * 1024))
    opened = children.opened(path)
    saved, refusal = [], None
    while refusal is None and len(saved) < 2000:
        try:
            saved.append(children.save_check_in(opened, trial_id, len(saved)))
        except UserError as error:
            refusal = error
    found: list[str] = []
    other = folder / "other"
    other.mkdir()
    children.try_to_create(found.append, other / "new.scs")
    left = [file.name for file in other.iterdir()]
    ballast.unlink()
    after = children.save_check_in(opened, trial_id, len(saved))
    opened.records.close()
    records = children.opened(path).records
    records.check()
    with records.reading() as work:
        stored = {held.id for held in work.check_ins.of_trial(trial_id)}
    records.close()
    return {
        "refusal": type(refusal).__name__,
        "message": str(refusal),
        "lost": len(set(saved) - stored),
        "saved after making room": after in stored,
        "creating": found[0],
        "left by creating": left,
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
