"""All criteria files of one or more folders, read together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.criteria_file import read_criteria
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.toml_table import Fault

MAX_BYTES = 256 * 1024
"""Size that a criteria file may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Criteria by id in the order of the file names, with every fault of every file.

    ``paths`` names the file of each id. A file with a fault is left out.
    """

    criteria: Mapping[str, Criteria]
    paths: Mapping[str, Path]
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def load_library(*folders: Path, catalogue: Catalogue) -> Library:
    """Read every ``*.toml`` of some folders.

    Parameters
    ----------
    folders
        Folders with criteria files, shipped ones first; one that does not exist is empty.
    catalogue
        Measures that leaves may name.

    Returns
    -------
    Library
        Also when files are faulty: all faults of all files at once.
    """
    files = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    return read_library(files, catalogue=catalogue)


def read_library(files: list[Path], *, catalogue: Catalogue) -> Library:
    """Read the given criteria files together; a second file of the same id is a fault."""
    criteria: dict[str, Criteria] = {}
    paths: dict[str, Path] = {}
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for path in files:
        text = read_text(path)
        if isinstance(text, Fault):
            faults.append(text)
            continue
        reading = read_criteria(text, file_name=path.name, catalogue=catalogue)
        faults.extend(reading.faults)
        warnings.extend(reading.warnings)
        found = reading.criteria
        if found is None:
            continue
        if found.id in criteria:
            first = paths[found.id].name
            faults.append(Fault(path.name, "id", f"{found.id!r} is the id of {first} too"))
            continue
        criteria[found.id], paths[found.id] = found, path
    return Library(criteria=criteria, paths=paths, faults=tuple(faults), warnings=tuple(warnings))


def read_text(path: Path) -> str | Fault:
    """Return the text of a criteria file, or why it can't be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Fault(path.name, "", f"can't be read: {error.strerror}")
    if len(data) > MAX_BYTES:
        return Fault(path.name, "", f"is larger than {MAX_BYTES // 1024} KB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Fault(path.name, "", f"is not UTF-8 (byte {error.start + 1})")
