"""What is being typed survives a hard end: kept while the typing goes on, there again after the next start."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.e2e.programs import environment, kept, make_homes, run, wait_for

SCRIPT = Path(__file__).with_name("typing_script.py")
KEPT = {
    "desk": ("desk/data/ersthelfer.db", "SELECT text FROM drafts"),
    "hilfe": ("pc/data/hilfe.db", "SELECT document FROM drafts"),
}

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a company in `desk` and a PC with one request in `pc`."""
    return make_homes(tmp_path_factory.mktemp("drafts"))


@pytest.mark.parametrize(("program", "home"), [("desk", "desk"), ("hilfe", "pc")])
def test_a_text_survives_a_kill_in_the_middle_of_a_word(homes: Path, program: str, home: str) -> None:
    path, query = homes / KEPT[program][0], KEPT[program][1]
    command = [sys.executable, str(SCRIPT), program, str(homes / home)]
    process = subprocess.Popen([*command, "type"], env=environment(), stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: "8 9 10" in kept(path, query), process)
    finally:
        process.kill()
        process.wait()
    found = run(*command[1:], "read")
    typed = "".join(f"{number} " for number, _ in zip(count(), found, strict=False))
    assert found.startswith("0 1 2 3 4 5 6 7 8 9 10")
    assert typed.startswith(found)
