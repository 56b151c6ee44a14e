"""All criteria files of one or more folders, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scs_trial.domain.criteria import Criteria
from scs_trial.domain.criteria_file import read_criteria
from scs_trial.domain.measures import Catalogue
from scs_trial.domain.toml_table import Fault

MAX_BYTES = 256 * 1024
"""Size that a criteria file may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Criteria by id, with every fault of every file. A file with a fault is left out.

    ``texts`` holds the text of the file of each id, ``files`` its name.
    """

    criteria: Mapping[str, Criteria]
    texts: Mapping[str, str]
    files: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def load_library(*folders: Path, catalogue: Catalogue) -> Library:
    """Read every ``*.toml`` of some folders, in the order of the file names.

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
    return load_files(
        (path for folder in folders for path in sorted(folder.glob("*.toml"))),
        catalogue=catalogue,
    )


def load_files(paths: Iterable[Path], *, catalogue: Catalogue) -> Library:
    """Read some criteria files from the disk together."""
    read = [(path.name, read_text(path)) for path in paths]
    unreadable = tuple(text for _, text in read if isinstance(text, Fault))
    texts = [(name, text) for name, text in read if isinstance(text, str)]
    library = read_library(texts, catalogue=catalogue)
    return replace(library, faults=(*unreadable, *library.faults))


def read_library(files: Iterable[tuple[str, str]], *, catalogue: Catalogue) -> Library:
    """Read criteria files given as (file name, text); a second file of an id is a fault."""
    criteria: dict[str, Criteria] = {}
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for name, text in files:
        reading = read_criteria(text, file_name=name, catalogue=catalogue)
        faults.extend(reading.faults)
        warnings.extend(reading.warnings)
        found = reading.criteria
        if found is None:
            continue
        if found.id in criteria:
            faults.append(Fault(name, "id", f"{found.id!r} is the id of {names[found.id]} too"))
            continue
        criteria[found.id], texts[found.id], names[found.id] = found, text, name
    return Library(
        criteria=criteria,
        texts=texts,
        files=names,
        faults=tuple(faults),
        warnings=tuple(warnings),
    )


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
