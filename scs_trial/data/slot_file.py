"""The key file beside the record as a file: read and written without the library of the keys."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from scs_trial import __version__
from scs_trial.data import faults
from scs_trial.data.schema import SCHEMA
from scs_trial.data.slot_format import KeyFile, parse, spell
from scs_trial.platform import write_atomic


def key_path(record: Path) -> Path:
    """Return where the key file of a record lies."""
    return record.with_name(f"{record.name}.keys")


def read(record: Path) -> KeyFile:
    """Read the key file of a record.

    Raises
    ------
    DamagedKeysError
        When it is missing or not what this program writes.
    """
    try:
        return parse(json.loads(key_path(record).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise faults.DamagedKeysError(
            f"The key file {key_path(record).name} is missing beside the record.",
            "Put it back from the newest backup; the record itself was not touched.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise faults.DamagedKeysError(*faults.DAMAGED_KEYS) from None


def write(record: Path, held: KeyFile) -> None:
    """Write the key file of a record in one step."""
    text = json.dumps(spell(held), indent=1, sort_keys=True) + "\n"
    write_atomic(key_path(record), text.encode("ascii"))


def stamp(record: Path) -> None:
    """Name this program and its schema in the key file, after a migration."""
    if key_path(record).exists():  # a record that is being created gets its key file last
        write_said(record, replace(read(record), schema=SCHEMA, program=__version__))


def write_said(record: Path, held: KeyFile) -> None:
    """Write the key file; a refusal of the disk is said as such and leaves the old one."""
    try:
        write(record, held)
    except OSError as error:
        raise faults.from_os_error(error) from None
