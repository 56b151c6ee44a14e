"""What a whole day of work leaves on the disk, searched for marked texts of every field."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from scs_trial.clock import SystemClock
from scs_trial.services.register_patient import find_patients
from tests.records import PASSWORD, close_all, reopened
from tests.reports.pdf import texts
from tests.story.canary_flow import MARK, marked

FEWEST_KINDS = 49
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def own_place(folder):
    """Return the environment of somebody whose every folder is empty."""
    for name in ("home", "tmp", "record", "out"):
        (folder / name).mkdir()
    (folder / "out" / marked("folder name")).mkdir()
    given = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "tmp"}
    given |= {f"XDG_{kind}_HOME": "home" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    paths = {name: str(folder / inner) for name, inner in given.items()}
    return {**os.environ, **paths, "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def own(tmp_path):
    """Make the environment of the test."""
    return own_place(tmp_path)


@pytest.fixture(autouse=True)
def closed():
    yield
    close_all()


def holds_mark(data):
    """Whether bytes hold a marked text, in any case and in any of the usual encodings."""
    folded = data.lower()
    return any(MARK.encode(encoding) in folded for encoding in ENCODINGS)


def leaks(folder):
    """Return every file and name that holds a marked text, but in ``out`` and ``given``."""
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if inside.parts[0] in ("out", "given"):
            continue
        if holds_mark(str(inside).encode()) or (path.is_file() and holds_mark(path.read_bytes())):
            found.append(str(inside))
    return found


def command_line(own, tmp_path, *words):
    reader, writer = os.pipe()
    os.write(writer, PASSWORD.encode())
    os.close(writer)
    record = ["--record", str(tmp_path / "record" / "clinic.scs"), "--user", "anna"]
    command = [sys.executable, "-m", "scs_trial", *words, *record, "--password-fd", str(reader)]
    done = subprocess.run(command, env=own, capture_output=True, pass_fds=[reader], check=False)
    os.close(reader)
    return done


def import_a_diary(own, tmp_path):
    given = tmp_path / "given"
    given.mkdir()
    placed = date.today() - timedelta(days=5)  # noqa: DTZ011  (the program's own clock runs too)
    rows = ["patient,trial_start,date,pain_average"]
    rows += [f"{marked('csv')},{placed},{placed + timedelta(days=n)},4" for n in (-1, 1, 2)]
    file = given / f"{marked('csv file')}.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return command_line(own, tmp_path, "import", str(file))


def work_for_a_day(own, tmp_path):
    """Run the program to its end; look for leaks while it is open, too."""
    command = [sys.executable, "-m", "tests.story.canary_flow", str(tmp_path)]
    with subprocess.Popen(
        command, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            said = [process.stdout.readline().strip() for _ in range(3)]
            assert said[2] == "ready", process.stderr.read()
            assert (tmp_path / "record" / "clinic.scs-wal").stat().st_size > 0
            assert leaks(tmp_path) == []
            (tmp_path / "close").touch()
            rest, errors = process.communicate()
        finally:
            process.kill()
    assert rest == "closed\n"
    return said, errors


def test_that_a_day_of_work_leaves_patient_data_in_the_record_and_the_page_alone(own, tmp_path):
    said, errors = work_for_a_day(own, tmp_path)
    assert int(said[0].split()[1]) >= FEWEST_KINDS
    assert not holds_mark((said[1] + errors).encode())
    assert import_a_diary(own, tmp_path).returncode == 0
    page = tmp_path / "out" / "page.pdf"
    report = command_line(
        own, tmp_path, "report", "--patient", f"{marked('mrn')} 1", "-o", str(page)
    )
    assert (report.returncode, report.stderr) == (0, b"")
    assert leaks(tmp_path) == []
    log = next((tmp_path / "home").rglob("scs-trial.log")).read_text(encoding="utf-8")
    assert log.count("defect ") == 2
    exported = [*(tmp_path / "out").rglob("*.pdf")]
    assert len(exported) == 2
    for path in exported:
        assert marked("name") in " ".join(texts(path.read_bytes(), tmp_path / "out"))
    record = reopened(tmp_path / "record" / "clinic.scs", SystemClock())
    assert find_patients(record, marked("csv"))
    assert find_patients(record, marked("name"))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_that_the_search_would_find_a_leak(tmp_path, encoding):
    (tmp_path / "window.ini").write_bytes(b"\x00=" + marked("name").upper().encode(encoding))
    (tmp_path / marked("name")).mkdir()
    assert leaks(tmp_path) == ["window.ini", marked("name")]
