"""The program's log: what happened, without patient data."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from types import TracebackType

from scs_trial import platform

_LOG = logging.getLogger("scs_trial")
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_MEGABYTE = 1_000_000


def set_up_log(folder: Path) -> Path | None:
    """Write the log to a private file in a folder; over a megabyte, it is begun anew.

    Returns
    -------
    Path or None
        The file; None when the folder cannot be written, in which case nothing is logged.
    """
    path = folder / "scs-trial.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MEGABYTE:
            platform.current().replace(path, path.with_suffix(".old.log"))
        handler = logging.FileHandler(path, encoding="utf-8")
        platform.current().make_private(path)
    except OSError:
        _LOG.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
    return path


def log_defect(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Log an unexpected error and return its reference number.

    The message of the error and the values of variables may hold patient data, so only the kinds
    of the errors and the places in the program are written.
    """
    reference = os.urandom(4).hex()
    import traceback  # noqa: PLC0415  (start-up time)

    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    kinds = [kind.__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    _LOG.error("defect %s: %s at %s", reference, " from ".join(kinds), " > ".join(places))
    return reference
