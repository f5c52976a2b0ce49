"""What every command shares: one JSON document, sentences on standard error, exit codes, and a light start."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from desktop.entry.command_line import DESK


def test_the_version_is_printed(ersthelfer: Any) -> None:
    assert ersthelfer("--version").out.startswith("Ersthelfer ")
    assert ersthelfer("--version", "--json").json["version"]


@pytest.mark.parametrize("command", DESK.commands)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_command_explains_itself_in_both_languages(
    command: str, language: str, ersthelfer: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ersthelfer(command, "--help", "--language", language).code == 0
    said = capsys.readouterr().out
    assert ("Aufruf:" if language == "de" else "Usage:") in said
    assert "cli." not in said


@pytest.mark.parametrize(
    "argv", [(), ("nonsense",), ("ticket",), ("ticket", "show"), ("ticket", "list", "--limit", "0")]
)
def test_a_wrong_call_is_usage_with_a_sentence(argv: tuple[str, ...], ersthelfer: Any) -> None:
    ran = ersthelfer(*argv)
    assert ran.code == 2
    assert "Es wurde nichts geändert." in ran.err
    assert ran.out == ""


def test_with_json_an_error_is_one_document_too(ersthelfer: Any) -> None:
    ran = ersthelfer("ticket", "list", "--json")
    assert ran.code == 3
    assert ran.json["error"]["code"] == "cli.no_company"
    assert set(ran.json["error"]) == {"code", "what", "data", "do", "detail"}


def test_common_options_stand_before_or_after_the_command(company: Any) -> None:
    assert company("--json", "ticket", "list").json == company("ticket", "list", "--json").json


@pytest.mark.parametrize("argv", [["--version"], ["--help"], ["ticket", "--help"], ["wizard", "list"]])
def test_what_needs_no_database_loads_none(argv: list[str]) -> None:
    code = (
        "import sys\nfrom desktop.entry.desk import main\n"
        f"try:\n    main({argv!r})\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert not loaded & {"sqlalchemy", "alembic", "PySide6", "babel", "nacl", "keyring"}


def test_only_the_named_commands_module_is_imported() -> None:
    code = (
        "import sys\nfrom desktop.entry.desk import main\nmain(['wizard', 'list'])\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    commands = {name.rpartition(".")[2] for name in done.stderr.split() if name.startswith("desktop.cli.desk.")}
    assert commands & set(DESK.commands) == {"wizard"}


def test_foreign_text_cannot_steer_the_terminal(company: Any) -> None:
    company("ticket", "new", "\x1b[2Jweg \u202edlihc", "--text", "Zeile\x07\x1b]0;neu\x07")
    shown = company("ticket", "list", "--view", "all")
    assert "\x1b" not in shown.out
    assert "\u202e" not in shown.out
