"""Actions start exactly their program, by its absolute path, without a shell, and never wait longer than allowed."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import pytest

from desktop.system.actions import ACTIONS, ActionResult, action_ids, can_perform, perform

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stands in for programs with shell scripts")


def put(root: Path, program: str, script: str) -> Path:
    """Put a program that writes down its arguments and then runs `script`; returns where they are written."""
    path = root / program.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    noted = root / "noted"
    path.write_text(f'#!/bin/sh\nfor one in "$@"; do echo "$one"; done > {noted}\n{script}\n')
    path.chmod(0o755)
    return noted


def test_own_jobs_on_the_chosen_printer_are_cancelled(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/cancel", "exit 0")
    report = perform("printer.cancel_own_jobs", {"printer_name": "Büro 2"}, platform="linux", root=tmp_path)
    assert report.result is ActionResult.DONE
    assert noted.read_text().splitlines() == ["-u", getpass.getuser(), "Büro 2"]


def test_without_printer_own_jobs_everywhere_are_cancelled(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/cancel", "exit 0")
    perform("printer.cancel_own_jobs", {}, platform="linux", root=tmp_path)
    assert noted.read_text().splitlines() == ["-u", getpass.getuser(), "-a"]


@pytest.mark.parametrize("name", ["-o raw", "a\nb", "", None, 7])
def test_printer_name_can_bring_no_option(tmp_path: Path, name: object) -> None:
    noted = put(tmp_path, "/usr/bin/lp", "exit 0")
    perform("printer.test_page", {"printer_name": name}, platform="linux", root=tmp_path)
    assert "-d" not in noted.read_text().splitlines()


def test_name_with_shell_signs_is_one_argument(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/lp", "cat > /dev/null")
    perform("printer.test_page", {"printer_name": "x; rm -rf $HOME"}, platform="linux", root=tmp_path)
    assert noted.read_text().splitlines()[:2] == ["-d", "x; rm -rf $HOME"]


def test_failure_brings_what_the_system_said(tmp_path: Path) -> None:
    put(tmp_path, "/usr/bin/resolvectl", "echo no service >&2; exit 3")
    report = perform("dns.flush", {}, platform="linux", root=tmp_path)
    assert (report.result, report.detail) == (ActionResult.FAILED, "no service")


def test_program_that_hangs_is_ended(tmp_path: Path) -> None:
    put(tmp_path, "/usr/bin/resolvectl", "exec sleep 60")
    assert perform("dns.flush", {}, platform="linux", root=tmp_path, deadline=0.2).result is ActionResult.FAILED


def test_missing_program_or_platform_cannot(tmp_path: Path) -> None:
    assert perform("dns.flush", {}, platform="linux", root=tmp_path).result is ActionResult.CANNOT
    assert perform("spooler.restart", {}, platform="windows", root=tmp_path).result is ActionResult.CANNOT
    assert perform("rm -rf /", {}, root=tmp_path).result is ActionResult.CANNOT
    assert not can_perform("spooler.restart", platform="macos")
    assert can_perform("dns.flush", platform="macos")


def test_each_action_declares_itself() -> None:
    for name, action in ACTIONS.items():
        assert name == action.id
        assert action.platforms <= {"linux", "windows", "macos"}
        for make in action.commands.values():
            path = make({}).path
            assert not path or path.startswith(("/", "C:\\"))
    assert action_ids() == set(ACTIONS)
    assert ACTIONS["spooler.restart"].needs_admin
