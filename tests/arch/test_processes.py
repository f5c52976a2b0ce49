"""What each program loads: a fresh interpreter per program, and a look at its `sys.modules`."""

from __future__ import annotations

import subprocess
import sys

import pytest

STORE = ("sqlalchemy", "alembic", "desktop.models", "desktop.services")
QT = ("PySide6", "shiboken6")
LATE = ("keyring", "nacl", "babel", "cryptography")


def loaded_by(statement: str) -> set[str]:
    """Return the names of all modules after `statement` ran in a fresh interpreter."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


def found(modules: set[str], forbidden: tuple[str, ...]) -> set[str]:
    return {one for one in modules for name in forbidden if one == name or one.startswith(f"{name}.")}


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import desktop.entry.desk", (*QT, *STORE, *LATE)),
        ("import desktop.entry.tray", (*QT, *STORE, *LATE)),
        ("import desktop.entry.collector", (*QT, *STORE, *LATE, "platformdirs", "desktop.exchange", "desktop.client")),
        ("import desktop.services, desktop.services.first_page", ("sqlalchemy", "alembic", *QT)),
        ("import desktop.exchange, desktop.client", (*QT, "sqlalchemy", "nacl", "keyring")),
        (
            "import desktop.ui.common.theme, desktop.ui.common.icons",
            ("sqlalchemy", "qtawesome", "PySide6.QtSvg", "babel"),
        ),
        ("import desktop.ui.tray.help_window", (*STORE, *LATE)),
    ],
)
def test_a_program_loads_only_what_it_needs(statement: str, forbidden: tuple[str, ...]) -> None:
    assert not found(loaded_by(statement), forbidden)


@pytest.mark.parametrize("program", ["desk", "tray"])
def test_the_version_needs_neither_window_nor_store(program: str) -> None:
    code = (
        "import sys\n"
        f"from desktop.entry.{program} import main\n"
        "try:\n    main(['--version'])\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip().endswith("0.1.0")
    assert not found(set(done.stderr.split()), (*QT, *STORE, *LATE))
