"""``scs-trial verify`` on a real record. Source: the safekeeping design, "Audit and signature"."""

import os

import pytest

from scs_trial.cli import main
from tests.records import PASSWORD, RECORD_NAME, make_record


@pytest.fixture
def record(tmp_path):
    """A closed record, and how it is named on the command line."""
    made = make_record(tmp_path)
    with made.records.reading() as work:
        head = work.audit.head()
    made.records.close()

    def run(*more):
        reader, writer = os.pipe()
        os.write(writer, PASSWORD.encode() + b"\n")
        os.close(writer)
        path = str(tmp_path / RECORD_NAME)
        given = ["--record", path, "--user", "anna", "--password-fd", str(reader)]
        try:
            return main(["verify", *given, *more])
        finally:
            os.close(reader)

    return run, head


def test_that_a_whole_record_holds_up_to_its_anchor(record, capsys):
    run, head = record
    assert run("--anchor", f"{head.seq} {head.digest[:16]}") == 0
    said = capsys.readouterr().out
    assert "BAD" not in said
    assert f"ok  Anchor {head.seq} " in said
    assert said.rstrip().endswith("tamper-evident up to the last printed anchor.")


def test_that_an_anchor_that_is_not_there_fails(record, capsys):
    run, head = record
    assert run("--anchor", f"{head.seq} {'0' * 16}") == 1
    assert f"BAD Anchor {head.seq} " in capsys.readouterr().out


def test_that_a_mistyped_anchor_is_refused(record, capsys):
    run, _ = record
    assert run("--anchor", "twelve") == 1
    assert "no printed anchor" in capsys.readouterr().err
