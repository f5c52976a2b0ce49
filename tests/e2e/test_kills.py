"""Either program may be ended at any moment, at every named step and at random: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("kill_script.py")
AT_LEAST = 120  # kills of one run; twenty times as many with --soak


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the script forks one child per turn")
@pytest.mark.timeout(1800)
def test_a_hundred_kills_lose_and_double_nothing(
    tmp_path: Path, is_long: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = AT_LEAST * 20 if is_long else AT_LEAST
    command = [sys.executable, str(SCRIPT), str(tmp_path), str(kills), "20261123"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    with capsys.disabled():
        sys.stdout.write(f"[{found['ended']} kills, {len(found['requests'])} requests] ")
    assert found["ended"] >= kills >= 100
    assert found["missed"] == []
    assert found["requests"]
    assert found["tickets"] == found["requests"]
    assert found["known"] == found["requests"]
    assert found["replies"] == found["requests"]
    assert found["attachments"] == len(found["requests"])
    assert [int(one.split("-")[2]) for one in found["numbers"]] == list(range(1, len(found["requests"]) + 1))
    assert found["taken"] == found["diagnoses"] > 0
    assert found["answers"] == found["settled"] != []
    assert len(set(found["answers"])) == len(found["answers"])
    assert (found["stages"], found["left"], found["ok"]) == (["acknowledged"], 0, True)
