"""Start-up of the Desk and of Hilfe, and a command that needs no database."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from bench.measure import Limit, Result, in_turn, ratio_limit
from bench.processes import screen, until_end, until_ready
from bench.store import Company, Setting

FLOORS = Path(__file__).resolve().parent.parent / "floors"
BIN = Path(sys.executable).parent


def desk(setting: Setting) -> Result:
    """Spawn to first painted window with 50 rows of a large database, beside a bare window."""
    with screen() as environment, Company(setting).opened() as company:
        own = {**environment, **company.environment}
        ours, floor = in_turn(
            lambda: until_ready([str(BIN / "ersthelfer")], own),
            lambda: until_ready([sys.executable, str(FLOORS / "bare_window.py")], environment),
            rounds=setting.rounds(9),
        )
    return Result("desk", setting.size, ours, floor, (ratio_limit(1.5),))


def hilfe(setting: Setting) -> Result:
    """Spawn to ready of the tray tool, beside a bare tray program; CPU and memory (PSS)."""
    with screen() as environment, tempfile.TemporaryDirectory() as home:
        own = {**environment, "ERSTHELFER_HOME": home, "ERSTHELFER_KEYS": "file", "ERSTHELFER_PASSPHRASE": "bench"}
        ours, floor = in_turn(
            lambda: until_ready([sys.executable, "-m", "bench.hilfe_in_tray"], own),
            lambda: until_ready([sys.executable, str(FLOORS / "bare_tray.py")], environment),
            rounds=setting.rounds(9),
        )
    more = Limit("MB more (PSS)", 15, lambda result: result.ours.memory - result.floor.memory)
    return Result("hilfe", setting.size, ours, floor, (ratio_limit(1.3), more))


def command(setting: Setting) -> Result:
    """The list of checklists, a command without a database, in a home that exists; the limit is absolute."""
    return _command(setting, "command", "wizard", "list")


def version(setting: Setting) -> Result:
    """The command that does the least, beside an empty interpreter: what every command pays."""
    return _command(setting, "version", "--version")


def _command(setting: Setting, case: str, *words: str) -> Result:
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "data").mkdir()
        environment = {**os.environ, "ERSTHELFER_HOME": home}
        ours, floor = in_turn(
            lambda: until_end([str(BIN / "ersthelfer"), *words], environment),
            lambda: until_end([sys.executable, "-c", "pass"], environment),
            rounds=setting.rounds(9),
        )
    return Result(case, setting.size, ours, floor, (Limit("ms CPU", 150, lambda result: result.ours.cpu),))
