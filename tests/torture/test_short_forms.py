"""Every promise in its short form, and the table that tells of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.records import close_all
from tests.torture import __main__ as torture
from tests.torture.promise import Promise, Reached, counted
from tests.torture.promises import PROMISES

ELSEWHERE = {"exact", "power", "disk"}
"""Measured by the tests of the exact parts, and by those in `tests.faults`."""


@pytest.fixture(autouse=True)
def closed():
    yield
    close_all()


@pytest.mark.parametrize(
    "promise", [p for p in PROMISES if p.name not in ELSEWHERE], ids=lambda p: p.name
)
def test_that_a_promise_is_kept_in_its_short_form(promise, tmp_path, qapp):
    reached = promise.run(promise.short, 7, tmp_path)
    assert reached.held, reached.text


def test_that_the_names_of_promises_differ():
    assert len({promise.name for promise in PROMISES}) == len(PROMISES)


def promise_that(held):
    return Promise(
        name="x",
        words="a promise",
        figure="0 lost",
        full=10,
        short=1,
        run=lambda size, seed, folder: Reached(text=f"{size} done", held=held),
    )


@pytest.mark.parametrize(("held", "code", "word"), [(True, 0, "yes"), (False, 1, "NO")])
def test_that_the_table_tells_what_was_reached(monkeypatch, capsys, tmp_path, *, held, code, word):
    monkeypatch.setattr(torture, "PROMISES", (promise_that(held),))
    outcome = tmp_path / "torture.json"
    assert torture.main(["--seed", "3", "--json", str(outcome)]) == code
    assert f"| a promise | 0 lost | 10 done | {word} |" in capsys.readouterr().out
    (row,) = json.loads(outcome.read_text(encoding="utf-8"))["promises"]
    assert (row["reached"], row["held"]) == ("10 done", held)


def test_that_the_short_form_and_the_choice_are_taken(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(torture, "PROMISES", (promise_that(True),))
    given = ["--json", str(Path(tmp_path, "t.json")), "--only", "x"]
    assert torture.main(["--short", *given]) == 0
    assert "| 1 done |" in capsys.readouterr().out


def test_that_nothing_done_reaches_no_figure():
    assert not counted(0, "kills", lost=0).held
    assert counted(3, "kills", lost=0).held
    assert counted(3, "kills", lost=1).text == "3 kills: 1 lost"
