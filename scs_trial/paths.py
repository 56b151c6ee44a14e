"""Where things lie: shipped resources, and the folders of the person who runs the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

APP_NAME = "scs-trial"


@cache
def _resource_root() -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resources(*parts: str) -> Path:
    """Return the path of a shipped resource.

    Parameters
    ----------
    parts
        Path below ``resources/``, e.g. ``resources("criteria")`` or
        ``resources("fonts", "Inter-Regular.otf")``.

    Returns
    -------
    Path
        Inside the package when it is installed from a wheel, beside it in a checkout.
    """
    return _resource_root().joinpath(*parts)


def data_folder() -> Path:
    """Return the folder offered for the record; it is not created here."""
    from platformdirs import user_data_path  # noqa: PLC0415  (start-up time)

    return user_data_path(APP_NAME, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the program's log; it is not created here."""
    from platformdirs import user_log_path  # noqa: PLC0415  (start-up time)

    return user_log_path(APP_NAME, appauthor=False)


def config_folder() -> Path:
    """Return the folder of window sizes and the like; it is not created here."""
    from platformdirs import user_config_path  # noqa: PLC0415  (start-up time)

    return user_config_path(APP_NAME, appauthor=False)
