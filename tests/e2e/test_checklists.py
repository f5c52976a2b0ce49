"""A checklist survives whatever ends the program in its middle: it goes on where it stood, with what was typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.checklist_script import NOTE
from tests.e2e.programs import environment, kept, make_homes, run, wait_for

SCRIPT = Path(__file__).with_name("checklist_script.py")

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("way", ["close", "begin"])
def test_a_technicians_checklist_goes_on_after_a_closed_window_and_after_a_kill(tmp_path: Path, way: str) -> None:
    homes = make_homes(tmp_path)
    command = [sys.executable, str(SCRIPT), "desk", str(homes / "desk")]
    process = subprocess.Popen([*command, way], env=environment(), stdout=subprocess.DEVNULL)
    try:
        if way == "close":
            assert process.wait(timeout=60) == 0
        else:
            query = "SELECT document FROM wizard_runs"
            wait_for(lambda: NOTE in kept(homes / "desk/data/ersthelfer.db", query), process)
    finally:
        process.kill()
        process.wait()
    found = json.loads(run(*command[1:], "read"))
    assert (found["answers"], found["note"]) == (["wifi"], NOTE)
    assert found["step"] not in ("q_medium", "")


def test_self_help_goes_on_after_the_pc_went_off_in_its_middle(tmp_path: Path) -> None:
    homes = make_homes(tmp_path)
    command = [sys.executable, str(SCRIPT), "hilfe", str(homes / "pc")]
    process = subprocess.Popen([*command, "begin"], env=environment(), stdout=subprocess.DEVNULL)
    try:
        query = "SELECT document FROM drafts"
        wait_for(lambda: '"wifi"' in kept(homes / "pc/data/hilfe.db", query), process)
    finally:
        process.kill()
        process.wait()
    found = json.loads(run(*command[1:], "read"))
    assert "wifi" in found["answers"]
    assert found["step"] not in ("q_medium", "")
