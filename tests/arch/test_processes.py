"""What each program loads: a fresh interpreter per program, and a look at its `sys.modules`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

STORE = ("sqlalchemy", "alembic", "desktop.models", "desktop.services")
QT = ("PySide6", "shiboken6")
LATE = ("keyring", "nacl", "babel", "cryptography")

AFTER_FIRST_PAINT = (
    "sqlalchemy",
    "alembic",
    *LATE,
    "logging.handlers",
    "concurrent.futures",
    "html",
    "dataclasses",
    "desktop.cli",
    "desktop.domain.rows",
    "desktop.domain.snapshot",
    "desktop.domain.ticket",
    "desktop.base.changes",
    "desktop.services.work",
    "desktop.exchange",
    "desktop.ui.common.controls",
    "desktop.ui.common.icon_engine",
    "desktop.ui.common.scroll_areas",
    "desktop.ui.common.errors",
    "desktop.ui.common.toggles",
    "desktop.ui.desk.actions",
    "desktop.ui.desk.appearance",
    "desktop.ui.desk.commands",
    "desktop.ui.desk.doers",
    "desktop.ui.desk.fault_strip",
    "desktop.ui.desk.list_filter",
    "desktop.ui.desk.mailbox_signs",
    "desktop.ui.desk.mailbox_watch",
    "desktop.ui.desk.pages",
    "desktop.ui.desk.panes",
    "desktop.ui.desk.search_popup",
    "desktop.ui.desk.ticket_page",
    "desktop.ui.desk.undo_bar",
    "desktop.ui.desk.ways",
    "PySide6.QtNetwork",
)
"""What the Desk's first picture does without; each of these cost its start between one and two hundred milliseconds."""

MOST_MODULES = 69
"""Our own modules that the first picture may need: each costs 0.1 ms to find and load, before it does anything."""


FIRST_PICTURE = """
import gc, os, sys
from desktop.entry.groundwork import lay_ground
from desktop.entry.load_qt import load_qt
ground = lay_ground({})
load_qt()
import desktop.entry.desk_window as window
def painted():
    made = [one for one in gc.get_objects() if isinstance(one, type) and one.__module__.startswith("PySide6.")]
    areas = "all areas" if ground.texts._catalogues.is_whole else "first areas"
    print(areas, __import__.__name__, *(one.__name__ for one in made), *sys.modules)
    sys.stdout.flush()
    os._exit(0)
window.tell_ready = painted
window.run_window(ground)
"""


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
        ("import desktop.entry.groundwork", (*QT, "sqlalchemy", "alembic", *LATE)),
        ("import desktop.services, desktop.services.first_page", ("sqlalchemy", "alembic", *QT)),
        ("import desktop.exchange, desktop.client", (*QT, "sqlalchemy", "nacl", "keyring")),
        (
            "import desktop.ui.common.theme, desktop.ui.common.icons",
            ("sqlalchemy", "qtawesome", "PySide6.QtSvg", "babel"),
        ),
        ("import desktop.ui.tray.help_window", (*STORE, *LATE)),
        ("import desktop.entry.desk_window", AFTER_FIRST_PAINT),
    ],
)
def test_a_program_loads_only_what_it_needs(statement: str, forbidden: tuple[str, ...]) -> None:
    assert not found(loaded_by(statement), forbidden)


def test_the_first_picture_touches_no_class_that_qt_has_to_search_for(first_picture: list[str]) -> None:
    """PySide makes Qt's classes when they are first touched: QStyle has 350 names, a gradient 169."""
    assert "QMainWindow" in first_picture
    assert not {*first_picture} & {"QStyle", "QGradient", "QAccessible", "QMdiArea", "QWizard"}
    assert not {*first_picture} & {
        "QDialog",
        "QFormLayout",
        "QComboBox",
        "QKeySequence",
        "QByteArray",
        "QIcon",
        "QScrollArea",
    }


def test_qt_leaves_the_imports_alone(first_picture: list[str]) -> None:
    """PySide's own `__import__` reads the source of every module; `load_qt` takes it out again."""
    assert "__feature_import__" not in first_picture


def test_the_words_of_the_first_picture_lie_in_its_own_areas(first_picture: list[str]) -> None:
    """A code that is in none of them has all twenty read."""
    assert first_picture[:2] == ["first", "areas"]


def test_the_first_picture_is_built_from_few_modules(first_picture: list[str]) -> None:
    ours = found({*first_picture}, ("desktop",))
    assert "desktop.ui.desk.main_window" in ours
    assert not found({*first_picture}, AFTER_FIRST_PAINT)
    assert len(ours) <= MOST_MODULES, sorted(ours)


def test_what_needs_no_qt_is_loaded_before_it(first_picture: list[str]) -> None:
    """Where there can be no window, as without a data folder, nothing waits for Qt to say so."""
    before_qt = first_picture[: first_picture.index("PySide6")]
    assert {"json", "sqlite3", "datetime", "desktop.models.first_page", "desktop.base.texts"} <= {*before_qt}


@pytest.fixture(scope="module")
def first_picture(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return Qt's classes and then all modules, as loaded, when the Desk of an empty company has been painted."""
    home = tmp_path_factory.mktemp("home")
    environment = {
        **os.environ,
        "ERSTHELFER_HOME": str(home),
        "ERSTHELFER_KEYS": "file",
        "ERSTHELFER_PASSPHRASE": "secret of a test",
        "QT_QPA_PLATFORM": "offscreen",
    }
    program = [sys.executable, "-m", "desktop.entry.desk"]
    init = [*program, "init", "--company", "Möbelwerk", "--mailbox", str(home / "mailbox")]
    (home / "mailbox").mkdir()
    subprocess.run(init, env=environment, capture_output=True, timeout=60, check=True)
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PICTURE], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.split()


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


def test_a_list_of_checklists_loads_neither_their_format_nor_a_database(tmp_path: Path) -> None:
    """What the list shows was kept by the first call, so the second one reads no step."""
    (tmp_path / "data").mkdir()
    call = "from desktop.entry.desk import main\nimport contextlib, io, sys\n"
    call += f"sys.argv = ['ersthelfer', '--home', {str(tmp_path)!r}, 'wizard', 'list']\n"
    call += "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): main()"
    assert "desktop.domain.wizard.reader" in loaded_by(call)
    assert not {"sqlalchemy", "alembic", *QT, "tomli", "desktop.domain.wizard.definition"} & loaded_by(call)
