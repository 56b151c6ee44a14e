"""Floors of the record: SQL as somebody who knows the tables would write it, on one connection.

The connection has the key, library and settings of the program's own (`data.engine.connect`). Each
statement walks an index; sqlcipher3 keeps the prepared statements.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

from scs_trial.data import engine
from scs_trial.data.search_keys import LAST
from tests.benchmarks.generator import Made
from tests.benchmarks.known import ACCOUNT, NOW

_AT = "2026-03-10T08:30:00.000000Z"
_AUDIT = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_OF_TRIAL = tuple(
    f"SELECT * FROM {table} WHERE trial_id = ? ORDER BY {order}"
    for table, order in (
        ("program_change", "from_when"),
        ("medication", "from_day"),
        ("confirmation", "seq"),
        ("decision", "number"),
        ("follow_up", "at"),
        ("call", "at"),
        ("signature", "number"),
    )
)
_CHECK_INS = (
    "SELECT r.* FROM check_in AS c JOIN check_in_revision AS r"
    " ON r.check_in_id = c.id AND r.revision = c.version"
    " WHERE c.trial_id {which} AND c.entered_in_error = 0 ORDER BY c.trial_id, c.day, c.phase"
)
_PARTS = (
    "SELECT * FROM score WHERE revision_id IN ({ids})",
    "SELECT * FROM safety_answer WHERE revision_id IN ({ids}) ORDER BY revision_id, position",
)
_COMMON = (
    "SELECT payload FROM clinic_settings WHERE id = 1",
    "SELECT * FROM account ORDER BY user_key",
    "SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1",
    "SELECT value FROM record_info WHERE id = 'demo'",
)


@contextmanager
def connection(made: Made):
    """Give the connection; it is closed at the end."""
    raw = engine.connect(made.path, made.key)
    try:
        yield raw
    finally:
        raw.close()


def audit(raw: Any, *, entity: str, row_id: str, patient: str, new: str | None) -> int:
    """Append an audit row to the chain, within the transaction."""
    seq, digest = raw.execute("SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    row = {
        "seq": seq + 1,
        "at": _AT,
        "actor": ACCOUNT.user_name,
        "actor_id": str(ACCOUNT.id),
        "workstation": "bench",
        "action": "open" if new is None else "insert",
        "entity": entity,
        "entity_id": row_id,
        "entity_version": None if new is None else 1,
        "patient_id": patient,
        "reason": "",
        "old": None,
        "new": new,
        "prev": digest,
    }
    spelled = {name: str(value) if type(value) is int else value for name, value in row.items()}
    text = json.dumps(spelled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    raw.execute(_AUDIT, (*row.values(), hashlib.sha256(text.encode()).hexdigest()))
    return seq + 1


def open_patient(raw: Any, patient: str) -> list[Any]:
    """Write the audit row of the read, durably, and read what the workspace shows."""
    raw.execute("BEGIN IMMEDIATE")
    audit(raw, entity="patient", row_id=patient, patient=patient, new=None)
    raw.execute("COMMIT")
    raw.execute("BEGIN")
    rows = raw.execute("SELECT * FROM patient WHERE id = ?", (patient,)).fetchall()
    trials = raw.execute(
        "SELECT * FROM trial WHERE patient_id = ? AND entered_in_error = 0"
        " ORDER BY trial_start DESC",
        (patient,),
    ).fetchall()
    (trial, *_) = trials[0]
    check_ins = raw.execute(_CHECK_INS.format(which="= ?"), (trial,)).fetchall()
    rows += trials + check_ins + _parts(raw, check_ins)
    for statement in _OF_TRIAL:
        rows += raw.execute(statement, (trial,)).fetchall()
    for statement in _COMMON:
        rows += raw.execute(statement).fetchall()
    rows += raw.execute(
        "SELECT * FROM safety_event WHERE patient_id = ? AND entered_in_error = 0"
        " ORDER BY reported_at DESC",
        (patient,),
    ).fetchall()
    rows += raw.execute(
        "SELECT * FROM audit WHERE patient_id = ? ORDER BY seq DESC LIMIT 500", (patient,)
    ).fetchall()
    raw.execute("ROLLBACK")
    return rows


def today(raw: Any) -> list[Any]:
    """Read the rows of the start page: trials in work with all that a line is made from."""
    raw.execute("BEGIN")
    rows = raw.execute(_COMMON[0]).fetchall()
    rows += raw.execute(
        "SELECT * FROM safety_event WHERE resolved_at IS NULL AND entered_in_error = 0"
        " ORDER BY reported_at"
    ).fetchall()
    trials = raw.execute("SELECT * FROM trial WHERE in_work = 1 ORDER BY trial_start").fetchall()
    trials += raw.execute(
        "SELECT * FROM trial WHERE over_on >= ? AND entered_in_error = 0",
        ((NOW.date() - timedelta(days=30)).isoformat(),),
    ).fetchall()
    ids = [trial[0] for trial in trials]
    marks = ", ".join("?" * len(ids))
    patients = [trial[1] for trial in trials]
    rows += raw.execute(f"SELECT * FROM patient WHERE id IN ({marks})", patients).fetchall()
    check_ins = raw.execute(_CHECK_INS.format(which=f"IN ({marks})"), ids).fetchall()
    rows += trials + check_ins + _parts(raw, check_ins)
    for table in ("call", "medication", "confirmation", "decision"):
        rows += raw.execute(f"SELECT * FROM {table} WHERE trial_id IN ({marks})", ids).fetchall()
    raw.execute("ROLLBACK")
    return rows


def search(raw: Any, text: str) -> list[Any]:
    """Find eight patients by the beginning of a part of the name, each with the newest trial."""
    return raw.execute(
        "SELECT p.*, t.id, t.trial_start FROM patient_name_part AS n"
        " JOIN patient AS p ON p.id = n.patient_id"
        " LEFT JOIN trial AS t ON t.id = (SELECT id FROM trial WHERE patient_id = p.id"
        " AND entered_in_error = 0 ORDER BY trial_start DESC LIMIT 1)"
        " WHERE n.part >= ? AND n.part < ? ORDER BY n.part, n.patient_id LIMIT 8",
        (text, text + LAST),
    ).fetchall()


def save(raw: Any, *, patient: str, trial: str, day: str, answers: tuple[str, ...]) -> None:
    """Insert a check-in with scores, safety answers and its audit row, durably."""
    row_id, scores = str(uuid4()), (("pain_average", "3"), ("sleep_quality", "6"))
    new = json.dumps(
        {"id": row_id, "trial_id": trial, "day": day, "phase": "trial", "values": dict(scores)}
        | {"missed": False, "how_obtained": "phone", "safety": dict.fromkeys(answers, False)}
        | {"recorded_at": _AT, "recorded_by": str(ACCOUNT.id), "revision": "1"}
    )
    raw.execute("BEGIN IMMEDIATE")
    audit(raw, entity="check_in", row_id=row_id, patient=patient, new=new)
    raw.execute("INSERT INTO check_in VALUES (?, ?, ?, 'trial', 1, 0)", (row_id, trial, day))
    revision = raw.execute(
        "INSERT INTO check_in_revision (check_in_id, revision, trial_id, day, phase, missed,"
        " stimulation_off, how_obtained, identity_confirmed, wording_version, asked_by, asked_at,"
        " helped, triggered, note, recorded_at, recorded_by, reason, entered_in_error, scores,"
        " safety_answers) VALUES (?, 1, ?, ?, 'trial', 0, 0, 'phone', 1, '1', 'bench', ?,"
        " '', '', '', ?, ?, '', 0, ?, ?)",
        (row_id, trial, day, _AT, _AT, str(ACCOUNT.id), len(scores), len(answers)),
    ).lastrowid
    raw.executemany(
        "INSERT INTO score VALUES (?, ?, '', ?)", [(revision, *score) for score in scores]
    )
    raw.executemany(
        "INSERT INTO safety_answer VALUES (?, ?, ?, 0)",
        [(revision, position, item) for position, item in enumerate(answers)],
    )
    raw.execute("COMMIT")


def _parts(raw: Any, check_ins: list[Any]) -> list[Any]:
    ids = ",".join(str(row[0]) for row in check_ins)
    return [row for part in _PARTS for row in raw.execute(part.format(ids=ids)).fetchall()]
