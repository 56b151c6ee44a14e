"""A saved check-in survives ``kill -9``, and so do a signature and a backup."""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from scs_trial.data.backup import BackupDamagedError, BackupFolder, folder_of
from tests.data import children
from tests.records import RECORD_NAME, make_session
from tests.torture.life import ACTS, ANSWERS, SCORES, live
from tests.torture.promise import Promise, Reached
from tests.torture.second_reader import second_reader, sound

MOST_BEFORE = 4
_HALF = (
    "SELECT count(*) FROM check_in AS c LEFT JOIN check_in_revision AS r"
    " ON r.check_in_id = c.id AND r.revision = c.version WHERE r.id IS NULL",
    "SELECT count(*) FROM check_in_revision AS r"
    " WHERE scores <> (SELECT count(*) FROM score WHERE revision_id = r.id)"
    f" OR scores <> {len(SCORES)}"
    " OR safety_answers <> (SELECT count(*) FROM safety_answer WHERE revision_id = r.id)"
    f" OR safety_answers <> {len(ANSWERS.answers)}",
    "SELECT count(*) FROM check_in_revision AS r LEFT JOIN audit AS a ON entity = 'check_in'"
    " AND entity_id = r.check_in_id AND entity_version = r.revision WHERE a.seq IS NULL",
    "SELECT count(*) FROM audit AS a LEFT JOIN check_in_revision AS r"
    " ON r.check_in_id = a.entity_id AND r.revision = a.entity_version"
    " WHERE entity = 'check_in' AND r.id IS NULL",
    "SELECT count(*) FROM audit AS a LEFT JOIN signature AS s ON s.id = a.entity_id"
    " WHERE entity = 'signature' AND s.id IS NULL",
)
"""Counts what is there in part; asked by the second reader."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of a record under kills."""

    kills: int = 0
    during: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    corrupt: int = 0


def kill_at_work(folder: Path, *, kills: int, seed: int, planted: str = "") -> Outcome:
    """Kill a process in the middle of a save, a signature or a backup, again and again."""
    session = make_session(folder)
    key = session.records.keys.data_key
    session.records.close()
    path, chance, outcome = folder / RECORD_NAME, random.Random(seed), Outcome()
    usual = dict.fromkeys(ACTS, 0.02)
    said: list[Any] = []
    for number in range(kills):
        act = ACTS[number % len(ACTS)]
        before = len(said)
        process, ours = children.start(live, path, number, act, planted)
        outcome.during[
            _kill_during(process, ours, said=said, chance=chance, usual=usual, act=act)
        ] += 1
        outcome.kills += 1
        _judge(path, key, said[before:], outcome)
    children.opened(path).records.close()  # as the next person does; the log goes into the file
    _judge(path, key, said, outcome)
    outcome.acknowledged = len(said)
    return outcome


def _kill_during(process, ours, *, said, chance, usual, act) -> str:
    """Let some acts end, kill at a random moment of the next one, and return what that was."""
    under_way, begun = "", 0.0
    left = chance.randrange(MOST_BEFORE)
    end = None
    while end is None or (end > time.monotonic() and ours.poll(end - time.monotonic())):
        message = ours.recv()
        if message[0] == "begins":
            under_way, begun = message[1], time.monotonic()
            if end is None and left <= 0:
                end = begun + chance.uniform(0, 1.1 * usual[act])
        else:
            usual[act] = (usual[act] + time.monotonic() - begun) / 2
            said.append(message)
            under_way, left = "between", left - 1
    process.kill()
    process.join()
    for message in children.drain(ours):  # said before the kill, read after it
        if message[0] == "begins":
            under_way = message[1]
        else:
            said.append(message)
            under_way = "between"
    return under_way


def _judge(path: Path, key: bytes, said: list[Any], outcome: Outcome) -> None:
    """Look for all that was said; a log that a kill left is replayed by the second reader."""
    with second_reader(path, key, path.parent / "second") as reader:
        try:
            if not sound(reader):
                outcome.corrupt += 1
                return
            outcome.lost += sum(not _there(reader, message) for message in said)
            outcome.half += sum(reader.execute(asked).fetchone()[0] for asked in _HALF)
        except apsw.Error:
            outcome.corrupt += 1
    _judge_backups(path, key, said, outcome)


def _there(reader, message) -> bool:
    kind, name, detail = message
    if kind == "save":
        asked = "SELECT count(*) FROM check_in_revision WHERE check_in_id = ? AND revision = ?"
        return reader.execute(asked, (str(name), detail)).fetchone()[0] == 1
    if kind == "sign":
        asked = "SELECT content FROM signature WHERE id = ?"
        row = reader.execute(asked, (str(name),)).fetchone()
        return row is not None and hashlib.sha256(row[0].encode()).hexdigest() == detail
    return True


def _judge_backups(path: Path, key: bytes, said: list[Any], outcome: Outcome) -> None:
    """The newest backup that was told of is listed and whole, and so is all that is listed."""
    told = [message for message in said if message[0] == "back up"]
    if not told:
        return
    folder = BackupFolder(folder_of(path), stem=path.stem)
    listed = {held.name: held for held in folder.listed().backups}
    _, newest, sha256 = told[-1]
    if newest not in listed or listed[newest].sha256 != sha256:
        outcome.lost += 1
    for held in listed.values():
        try:
            folder.check_hash(held)
        except BackupDamagedError:
            outcome.corrupt += 1
    if newest in listed:
        with second_reader(folder.path(listed[newest]), key, path.parent / "second") as reader:
            outcome.corrupt += not sound(reader)


def run(size: int, seed: int, folder: Path) -> Reached:
    """Kill ``size`` times."""
    seen = kill_at_work(folder, kills=size, seed=seed)
    where = ", ".join(f"{number} in {act}" for act, number in sorted(seen.during.items()))
    return Reached(
        text=f"{seen.kills:,} kills ({where}; {seen.acknowledged:,} acknowledged):"
        f" {seen.lost} lost, {seen.half} half, {seen.corrupt} corrupt; second reader",
        held=seen.kills > 0
        and seen.acknowledged > 0
        and not (seen.lost or seen.half)
        and not seen.corrupt,
    )


PROMISE = Promise(
    name="kills",
    words="a saved check-in survives kill -9",
    figure="1,000 kills during save, sign, backup: 0 lost, 0 half, 0 corrupt",
    full=1000,
    short=12,
    run=run,
)
