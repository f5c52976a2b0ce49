"""Where the folders of a program lie on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.paths import Home

Program: TypeAlias = Literal["desk", "hilfe"]
HOME_VARIABLE = "ERSTHELFER_HOME"
_POINTER = "data-folder"  # the file in the settings that names a data folder chosen in the set-up

# The Desk came first to the name of the product; Hilfe lies beside it so that one user may run both.
_FOLDER_NAMES: Mapping[Program, str] = {"desk": "Ersthelfer", "hilfe": "Ersthelfer Hilfe"}


def find_home(program: Program, home: str | None, environ: Mapping[str, str]) -> Home:
    """Return the folders of `program`: all below `--home` or ERSTHELFER_HOME, else the platform's own ones.

    Nothing is created here; `Home.ensure` does that when the program is about to write.
    """
    chosen = home or environ.get(HOME_VARIABLE)
    if chosen:
        return _with_data_folder(Home.under(Path(chosen).expanduser().absolute()))
    import platformdirs  # costs a start that names its home nothing

    name = _FOLDER_NAMES[program]
    folders = platformdirs.PlatformDirs(name, appauthor=False, roaming=False)
    return _with_data_folder(
        Home(settings=folders.user_config_path, data=folders.user_data_path, logs=folders.user_log_path)
    )


def make_home(home: Home) -> Home:
    """Make the folders of a program that is about to write. Raises AppError `home.unusable` where that is denied."""
    try:
        return home.ensure()
    except OSError as error:
        where = {"path": str(error.filename or home.data)}
        raise AppError("home.unusable", kind=ErrorKind.ENVIRONMENT, parameters=where, detail=str(error)) from error


def remember_data_folder(home: Home, data: Path) -> None:
    """Let the program find its data in another folder from now on, the one chosen in the set-up."""
    home.settings.mkdir(parents=True, exist_ok=True)
    write_durably(home.settings / _POINTER, str(data.absolute()).encode())


def _with_data_folder(home: Home) -> Home:
    try:
        chosen = (home.settings / _POINTER).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return home
    return home._replace(data=Path(chosen)) if chosen else home
