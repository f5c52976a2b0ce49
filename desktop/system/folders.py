"""Where the folders of a program lie on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from desktop.base.paths import Home

Program: TypeAlias = Literal["desk", "hilfe"]
HOME_VARIABLE = "ERSTHELFER_HOME"

# The Desk came first to the name of the product; Hilfe lies beside it so that one user may run both.
_FOLDER_NAMES: Mapping[Program, str] = {"desk": "Ersthelfer", "hilfe": "Ersthelfer Hilfe"}


def find_home(program: Program, home: str | None, environ: Mapping[str, str]) -> Home:
    """Return the folders of `program`: all below `--home` or ERSTHELFER_HOME, else the platform's own ones.

    Nothing is created here; `Home.ensure` does that when the program is about to write.
    """
    chosen = home or environ.get(HOME_VARIABLE)
    if chosen:
        return Home.under(Path(chosen).expanduser().absolute())
    import platformdirs  # costs a start that names its home nothing

    name = _FOLDER_NAMES[program]
    folders = platformdirs.PlatformDirs(name, appauthor=False, roaming=False)
    return Home(settings=folders.user_config_path, data=folders.user_data_path, logs=folders.user_log_path)
