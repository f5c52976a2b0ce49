"""The two sides of the tour: a Desk and a PC in folders of their own, spoken to through their real command lines."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import Home
from desktop.base.texts import Texts
from desktop.cli.common.program import Common, MakeContext, Program, Streams, run_program
from desktop.cli.context import Context
from desktop.entry import tray
from desktop.system.secrets import SecretStore, open_secrets

_MARK = ".ersthelfer-tour"
_PASSPHRASE = "tour"  # noqa: S105 - seals the keys of an invented company in a folder of its own


@dataclass(frozen=True, slots=True)
class Side:
    """One program in its own home; `ask` runs a command as a script would and returns what it prints."""

    program: Program
    home: Home
    root: Path
    make_context: MakeContext
    language: str

    def ask(self, *argv: str) -> dict[str, Any]:
        """Run a command with `--json`. Raises AppError `tour.command` where it does not end with 0."""
        out, err = StringIO(), StringIO()
        streams = Streams(StringIO(), out, err)
        given = [*argv, "--json", "--home", str(self.root), "--language", self.language]
        code = run_program(self.program, given, make_context=self._context, streams=streams)
        if code:
            raise AppError(
                "tour.command",
                kind=ErrorKind.CHECK_FAILED,
                parameters={"command": " ".join((self.program.name, *argv[:2])), "code": code},
                detail=err.getvalue().strip(),
            )
        document: dict[str, Any] = json.loads(out.getvalue())
        return document

    def secrets(self) -> SecretStore:
        """Open this side's keys, which lie in a sealed file."""
        return open_secrets(self.home, "file", lambda: _PASSPHRASE)

    def _context(self, common: Common, texts: Texts, streams: Streams) -> Context:
        return replace(self.make_context(common, texts, streams), secrets=self.secrets)


def make_desk(out: Path, language: str, program: Program, make_context: MakeContext) -> Side:
    """Return the Desk's side below `out`; its program is handed in by whoever started the tour."""
    root = out / "home" / "desk"
    return Side(program, Home.under(root), root, make_context, language)


def make_pc(out: Path, language: str) -> Side:
    """Return the PC's side below `out`."""
    root = out / "home" / "pc"
    return Side(tray.program(), Home.under(root), root, tray.make_context, language)


def clear_homes(out: Path) -> None:
    """Make room for a new tour; only a folder that an earlier tour made is deleted."""
    folder = out / "home"
    if folder.exists():
        if not (folder / _MARK).exists():
            raise AppError("tour.foreign_folder", kind=ErrorKind.USAGE, parameters={"path": str(folder)})
        shutil.rmtree(folder)
        for made in ("handover", "pictures"):
            shutil.rmtree(out / made, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()
