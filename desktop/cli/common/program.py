"""Runs one command of a program: finds its module, reads the arguments, turns errors into sentences and exit codes.

Exit codes: 0 done, 1 nothing to do or check failed, 2 usage, 3 environment, 4 input refused. With `--json` standard
output carries exactly one document, in case of an error `{"error": {code, what, data, do, detail}}`; the sentences for
people stand on standard error either way.
"""

from __future__ import annotations

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from types import ModuleType
from typing import TextIO

from desktop import __version__
from desktop.base.catalogues import Catalogues
from desktop.base.errors import AppError
from desktop.base.texts import Texts, load_texts
from desktop.cli.common.arguments import Parser
from desktop.cli.common.terminal import shown, whole
from desktop.cli.context import Context, json_text

DONE, NOTHING_TO_DO = 0, 1
_HELP = frozenset({"-h", "--help"})


@dataclass(frozen=True, slots=True)
class Program:
    """One program's commands: modules in `package`, described by the texts `<area>.help.<command>`."""

    name: str
    package: str
    area: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """The options every command takes; `keys` is keychain, file, or empty for what the environment says."""

    home: str
    language: str
    keys: str
    as_json: bool


MakeContext = Callable[[Common, Texts, "Streams"], Context]


@dataclass(frozen=True, slots=True)
class Streams:
    """Standard input, output and error of one call."""

    source: TextIO
    out: TextIO
    err: TextIO


def run_program(program: Program, argv: Sequence[str], *, make_context: MakeContext, streams: Streams) -> int:
    """Run the command that `argv` names (without the program's own name) and return the exit code."""
    found = _first_look(argv)
    texts = load_texts(str(found.get("language") or "") or None)
    as_json = bool(found.get("json"))
    try:
        if found.get("version"):
            return _print_version(streams.out, as_json=as_json)
        arguments, module = _parsed(program, argv, texts, command=str(found.get("command") or ""))
        _make_whole(arguments)
        return int(module.run(make_context(_common(arguments), texts, streams), arguments))
    except AppError as error:
        return show_error(error, texts, streams, as_json=as_json)
    except SystemExit as leaving:  # argparse leaves this way after --help
        return leaving.code if isinstance(leaving.code, int) else DONE
    except BrokenPipeError:  # the reader of a pipe went away: nothing left to say
        return DONE


def show_error(error: AppError, texts: Texts, streams: Streams, *, as_json: bool) -> int:
    """Say what happened, what it means for the data and what to do now; returns the exit code of the error's kind."""
    text = texts.error(error)
    if as_json:
        document = {"code": error.code, "what": text.what, "data": text.data, "do": text.do, "detail": error.detail}
        streams.out.write(json_text({"error": document}) + "\n")
    for line in (text.what or error.code, text.data, text.do, f"({error.detail})" if error.detail else ""):
        if line:
            streams.err.write(shown(line) + "\n")
    return int(error.kind)


def _first_look(argv: Sequence[str]) -> Mapping[str, object]:
    """Read the language, the output form and the command's name before any module is imported."""
    parser = Parser(Texts("de", Catalogues()), prog="")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("command", nargs="?")
    try:
        return vars(parser.parse_known_args([one for one in argv if one not in _HELP])[0])
    except AppError:
        return {"json": "--json" in argv, "command": next((one for one in argv if not one.startswith("-")), "")}


def _parsed(program: Program, argv: Sequence[str], texts: Texts, *, command: str) -> tuple[Namespace, ModuleType]:
    parser = Parser(texts, prog=program.name, description=texts.text(f"{program.area}.description"))
    parser.add_argument("--version", action="store_true", help=texts.text("cli.option.version"))
    module = ModuleType("none")
    group = parser.actions("command")
    for name in program.commands:
        child = group.add(name, f"{program.area}.help.{name}")
        if name == command:
            module = importlib.import_module(f"{program.package}.{name}")
            module.declare(child)
    return parser.parse_args(list(argv)), module


def _make_whole(arguments: Namespace) -> None:
    """Replace half characters in what was typed in a shell of another encoding; names of files stay as they are."""
    for name, value in vars(arguments).items():
        if isinstance(value, str) and not os.path.lexists(value):
            setattr(arguments, name, whole(value))


def _common(arguments: Namespace) -> Common:
    return Common(
        home=getattr(arguments, "home", ""),
        language=getattr(arguments, "language", ""),
        keys=getattr(arguments, "keys", ""),
        as_json=getattr(arguments, "json", False),
    )


def _print_version(out: TextIO, *, as_json: bool) -> int:
    out.write(f'{{"version": "{__version__}"}}\n' if as_json else f"Ersthelfer {__version__}\n")
    return DONE


def standard_streams() -> Streams:
    """Return the process's streams, set to UTF-8 so that no umlaut ends a command on an old console."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return Streams(sys.stdin, sys.stdout, sys.stderr)
