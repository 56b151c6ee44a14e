"""Imports through the assistant, and the site's profiles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from scs_trial.data import faults
from scs_trial.data.repositories.base import Repository, adding, by_id, changing, gone
from scs_trial.data.rows.base import table
from scs_trial.data.rows.imports import ImportProfileRow, ImportRunRow
from scs_trial.domain.imports import ImportProfile, ImportRun, Made, MadeKind, SkippedRow

Held = Mapping[str, Any]
_R = table(ImportRunRow)
_P = table(ImportProfileRow)
_ALL = select(_R).order_by(_R.c.at.desc(), _R.c.id)
_PROFILES = select(_P).order_by(_P.c.id)
_PLAIN = (
    "id",
    "source_name",
    "digest",
    "at",
    "by",
    "profile",
    "undone_at",
    "undone_by",
    "undone_reason",
    "version",
)


class ImportRepository(Repository):
    """Imports and profiles; both change by versions."""

    def get(self, import_id: UUID) -> ImportRun:
        """Return the import; raise ``NotFoundError``."""
        held = self._one(by_id(ImportRunRow), id=import_id)
        if held is None:
            raise gone("import")
        return _run(held)

    def all(self) -> Sequence[ImportRun]:
        """Return every import, newest first."""
        return tuple(_run(held) for held in self._all(_ALL))

    def save(self, run: ImportRun, *, reason: str = "") -> ImportRun:
        """Insert, or store the undoing of one; return it with its new version."""
        held = self._one(by_id(ImportRunRow), id=run.id)
        old = None if held is None else _run(held)
        if run.version != (1 if old is None else old.version):
            raise faults.conflict()
        new = run if old is None else replace(run, version=old.version + 1)
        self._trail.change(
            "import_run", run.id, version=new.version, reason=reason, old=old, new=new
        )
        values = {name: getattr(new, name) for name in _PLAIN} | {"payload": _payload(new)}
        if old is None:
            self._write(adding(ImportRunRow), values)
        else:
            self._write(changing(ImportRunRow), {"row_id": run.id, **values})
        return new

    def profiles(self) -> Sequence[ImportProfile]:
        """Return every profile by name, the retired ones too."""
        return tuple(_profile(held) for held in self._all(_PROFILES))

    def save_profile(self, profile: ImportProfile, *, reason: str = "") -> ImportProfile:
        """Insert or replace by name; return the profile with its new version."""
        held = self._one(by_id(ImportProfileRow), id=profile.name)
        old = None if held is None else _profile(held)
        new = replace(profile, version=1 if old is None else old.version + 1)
        self._trail.change(
            "import_profile", new.name, version=new.version, reason=reason, old=old, new=new
        )
        values = {
            "id": new.name,
            "fingerprint": new.fingerprint,
            "answers": json.dumps(dict(new.answers), ensure_ascii=False),
            "retired": new.retired,
            "version": new.version,
        }
        if old is None:
            self._write(adding(ImportProfileRow), values)
        else:
            self._write(changing(ImportProfileRow), {"row_id": new.name, **values})
        return new


def _payload(run: ImportRun) -> str:
    held = {
        "answers": dict(run.answers),
        "counts": dict(run.counts),
        "skipped": [[one.row, one.column, one.reason] for one in run.skipped],
        "made": [
            [str(one.kind), str(one.id), one.version, one.before, dict(one.changed)]
            for one in run.made
        ],
    }
    return json.dumps(held, ensure_ascii=False)


def _run(held: Held) -> ImportRun:
    payload = json.loads(held["payload"])
    return ImportRun(
        **{name: held[name] for name in _PLAIN},
        answers=payload["answers"],
        counts=payload["counts"],
        skipped=tuple(
            SkippedRow(row=row, column=column, reason=reason)
            for row, column, reason in payload["skipped"]
        ),
        made=tuple(
            Made(
                kind=MadeKind(kind), id=UUID(made_id), version=version, before=before, changed=texts
            )
            for kind, made_id, version, before, texts in payload["made"]
        ),
    )


def _profile(held: Held) -> ImportProfile:
    return ImportProfile(
        name=held["id"],
        fingerprint=held["fingerprint"],
        answers=json.loads(held["answers"]),
        retired=held["retired"],
        version=held["version"],
    )
