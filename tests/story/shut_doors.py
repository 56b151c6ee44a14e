"""Tries a record that can't be opened or written, at the command line and at the window's door.

``python -m tests.story.shut_doors FOLDER PASSWORD [unprivileged|full]``: prints, as JSON, what
``import``, ``report`` and the log-in page said. ``full`` mounts a small disk over FOLDER, puts the
record there and fills it; 77 where that is not allowed.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from scs_trial.cli import main as command_line
from scs_trial.clock import FixedClock
from scs_trial.record_door import RecordDoor
from scs_trial.ui.door.door_desk import DoorDesk
from scs_trial.ui.main_window import MainWindow
from scs_trial.ui.tasks import ImmediateRunner
from scs_trial.ui.theme import Theme
from tests.data import children, small_disk
from tests.records import NOW, RECORD_NAME
from tests.story.make_record import MRN, make
from tests.ui.scripted import ScriptedPrompts

DIARY = "patient,trial_start,date,pain_average\nP1,2026-02-01,2026-02-02,4\n"


def on_command_line(record, password, *words):
    """Return exit code and standard error of a command on the record."""
    reader, writer = os.pipe()
    os.write(writer, password.encode())
    os.close(writer)
    where = ["--record", str(record), "--user", "anna", "--password-fd", str(reader)]
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()) as said,
    ):
        code = command_line([*words, *where])
    os.close(reader)
    return code, said.getvalue()


def at_the_door(record, password):
    """Return what the log-in page says, and whether a session was opened."""
    app = QApplication.instance() or QApplication([])
    Theme(app)
    window = MainWindow()
    door = RecordDoor(FixedClock(NOW), given=record)
    desk = DoorDesk(window, door, runner=ImmediateRunner(), prompts=ScriptedPrompts())
    opened = []
    desk.opened.connect(opened.append)
    desk.start()
    window.show()
    state = window.findChild(QLabel, "log_in.state")
    before = state.text()
    if not before:
        QTest.keyClicks(window.findChild(QLineEdit, "log_in.password"), password + "\r")
    said = before or state.text()
    door.close()
    return bool(opened), said


def attempts(folder, password, out):
    diary = out / "diary.csv"
    diary.write_text(DIARY, encoding="utf-8")
    record = folder / RECORD_NAME
    page = out / "page.pdf"
    return {
        "import": on_command_line(record, password, "import", str(diary)),
        "report": on_command_line(record, password, "report", "--patient", MRN, "-o", str(page)),
        "door": at_the_door(record, password),
        "page": page.exists(),
    }


def contents(folder):
    """Return every file of a folder but the lock, the count of wrong passwords, and what the
    database keeps while open.
    """
    ends = (".lock", ".tries", "-shm", "-wal")
    files = [path for path in folder.iterdir() if path.is_file()]
    return {path.name: path.read_bytes().hex() for path in files if not path.name.endswith(ends)}


def fill_disk(folder):
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        return False
    make(folder)
    with contextlib.suppress(OSError), (folder / "ballast").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))
    return True


def main(folder, password, how=""):
    out = Path(os.environ["TMPDIR"])
    if how == "full" and not fill_disk(folder):
        return small_disk.NOT_ALLOWED
    if how == "unprivileged":
        children._let_go_of_root()
    before = contents(folder)
    said = attempts(folder, password, out)
    said["unchanged"] = contents(folder) == before
    if how == "full":
        (folder / "ballast").unlink()
        said["after making room"] = on_command_line(
            folder / RECORD_NAME, password, "import", str(out / "diary.csv")
        )
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
