"""The records that programs of earlier schemas wrote; `tests/fixtures/db/make.py` made them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import inspect

from scs_trial.data import engine, slots
from scs_trial.data.sealed_records import unlock_sealed
from tests.records import PASSWORD, RECORD_NAME

FOLDER = Path(__file__).parents[1] / "fixtures" / "db"
SCHEMAS = tuple(sorted(int(path.stem[1:]) for path in FOLDER.glob("v*.scs")))

Rows = dict[str, list[dict[str, Any]]]


def missing(schema: int) -> list[int]:
    """Return the schemas before one of which no whole stored record is there."""
    endings = ("scs", "scs.keys", "json")
    return [
        number
        for number in range(1, schema)
        if not all((FOLDER / f"v{number:04d}.{ending}").is_file() for ending in endings)
    ]


def put(schema: int, folder: Path) -> Path:
    """Copy a stored record with its key file into a folder; return where it lies."""
    path = folder / RECORD_NAME
    shutil.copyfile(FOLDER / f"v{schema:04d}.scs", path)
    shutil.copyfile(FOLDER / f"v{schema:04d}.scs.keys", slots.key_path(path))
    return path


def evaluations(schema: int) -> dict[str, Any]:
    """Return what the program that wrote a stored record said of each trial."""
    said = json.loads((FOLDER / f"v{schema:04d}.json").read_text(encoding="ascii"))
    assert said["schema"] == schema
    found: dict[str, Any] = said["evaluations"]
    return found


def data_key(path: Path) -> bytes:
    """Return the data key of a closed record."""
    return unlock_sealed(path, "anna", PASSWORD)[0]


def rows(path: Path, key: bytes) -> Rows:
    """Return every row of every table of a closed record, without touching it."""
    engines = engine.make_sealed_engines(path, key)
    with engines.reader.connect() as connection:
        found = {
            name: [
                dict(row)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()
            ]
            for name in inspect(connection).get_table_names()
            if name != "alembic_version"
        }
    engines.dispose()
    return {name: sorted(held, key=repr) for name, held in found.items()}


def columns_of(before: Rows, after: Rows) -> Rows:
    """Return the later rows in the tables and columns that were there before."""
    return {
        name: sorted(
            ({column: row[column] for column in held[0]} if held else row for row in after[name]),
            key=repr,
        )
        for name, held in before.items()
    }
