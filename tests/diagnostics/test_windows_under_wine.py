"""The readers of Windows by a real 64-bit Windows Python under Wine: real ctypes, real `winreg`, real structures.

Wine is not Windows: what it answers is its own. What these tests show is that types, widths, calling and clean-up hold
in a Windows program, and that a source which Wine lacks ends as an answer. They need Wine and a Windows Python with
psutil; docs/diagnostics.md says how to get both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.routes import default_gateways
from tests.diagnostics.declared import check_row

ROOT = Path(__file__).resolve().parents[2]
RECORDING = Path(__file__).parent / "windows" / "wine_8.json"
LOADERS = ("/usr/lib/wine/wine64", "/usr/bin/wine64", "/usr/bin/wine")
WINE = next((one for one in LOADERS if Path(one).exists()), None)
PYTHON = os.environ.get("ERSTHELFER_WINDOWS_PYTHON", "")
under_wine = [
    pytest.mark.skipif(WINE is None, reason="needs Wine"),
    pytest.mark.skipif(not PYTHON, reason="needs ERSTHELFER_WINDOWS_PYTHON, the python.exe of a Windows Python"),
    pytest.mark.timeout(900),
]
OURS = {"ok", "partial", "denied", "unsupported"}


class Wine:
    """A throw-away Windows drive, and programs that run in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, *arguments: str, deadline: float = 200.0) -> bytes:
        """Run the Windows Python and return what it prints; the first start after a long pause sometimes hangs."""
        for _ in range(3):
            try:
                # Wine's Python dies at once where its output is a plain file, so everything is a pipe.
                done = subprocess.run(
                    [WINE or "", PYTHON, *arguments],
                    env=self._environment(),
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=deadline,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                continue
            if done.stdout:
                return done.stdout
        pytest.fail("the Windows Python printed nothing three times")

    def tool(self, *arguments: str) -> None:
        """Run one of Wine's own tools."""
        subprocess.run(
            [WINE or "", *arguments], env=self._environment(), stdin=subprocess.DEVNULL, capture_output=True,
            timeout=300, check=False,
        )  # fmt: skip

    def end(self) -> None:
        """End what runs in this drive, and nothing else."""
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver"
        subprocess.run([server, "-k"], env=self._environment(), check=False, capture_output=True, timeout=60)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "WINEPREFIX": str(self._folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d;winedbg.exe=d",
            "PYTHONPATH": f"Z:{str(ROOT).replace('/', chr(92))}",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "ERSTHELFER_OFFLINE": "1",
        }


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """Make a Windows drive that calls itself Windows 10."""
    one = Wine(tmp_path_factory.mktemp("wine"))
    one.tool("wineboot", "-i")
    one.tool("winecfg", "-v", "win10")
    yield one
    one.end()


@pytest.fixture(scope="module")
def probes(wine: Wine) -> dict[str, dict[str, Any]]:
    """Run every probe without deadlines in a registry that the test has filled."""
    script = ROOT / "tests" / "diagnostics" / "windows" / "under_wine.py"
    return json.loads(wine.run(f"Z:{script}"))["probes"]


class TestUnderWine:
    """One Windows drive for all of them."""

    pytestmark = under_wine

    def test_no_probe_fails(self, probes: dict[str, dict[str, Any]]) -> None:
        assert not {name: one["reason"] for name, one in probes.items() if one["status"] not in OURS}
        for one in PROBES:
            check_row(one.fields, probes[one.id]["facts"])

    def test_the_registry_is_read_as_it_was_written(self, probes: dict[str, dict[str, Any]]) -> None:
        facts = {name: one["facts"] for name, one in probes.items()}
        assert (facts["os"]["version"], facts["os"]["edition"]) == ("22H2", "Core")
        assert facts["os"]["build"].endswith(".6456")
        assert (facts["hardware"]["manufacturer"], facts["hardware"]["model"]) == ("ASUS", "PN50 Ä")
        assert {"name": "Prüfprogramm €", "version": "1.2"}.items() <= facts["software"]["programs"][0].items()
        assert facts["pending_reboot"]["reasons"] == ["component_servicing"]
        assert facts["uptime"]["has_fast_startup"] is True
        rows = {row["name"]: row["is_enabled"] for row in facts["startup"]["items"]}
        assert rows["Prüfstart"] is False
        assert "geheim" not in json.dumps(facts)
        assert (facts["net_proxy"]["host"], facts["net_proxy"]["port"]) == ("127.0.0.1", 9)
        assert facts["backup"]["backups"][0]["last_success_at"] == 1_790_000_000
        share = facts["shares"]["shares"][0]
        assert (share["mount"], share["host"], share["share"]) == ("Z:", "127.0.0.1", "daten")

    def test_libraries_agree_with_the_machine_below(self, probes: dict[str, dict[str, Any]]) -> None:
        """Addresses, ways out, memory and drives are those that this machine has."""
        facts = {name: one["facts"] for name, one in probes.items()}
        families = {2, 10}
        own = {
            one.address.partition("%")[0]
            for name, addresses in psutil.net_if_addrs().items()
            for one in addresses
            if one.family in families and name != "lo"
        }
        assert {row["address"] for row in facts["net_ip"]["addresses"]} <= own
        gateways = {gateway for gateway, _ in default_gateways(Machine()) if "." in gateway}  # Wine lists no others
        assert gateways <= set(facts["net_route"]["gateways"])
        assert facts["memory"]["commit_limit_bytes"] >= facts["memory"]["committed_bytes"] > 0
        drive = next(row for row in facts["disks"]["volumes"] if row["is_system"])
        assert drive["mount"] == "C:\\"
        assert drive["filesystem"]
        assert drive["total_bytes"] > drive["free_bytes"] > 0

    def test_the_collector_answers_whole(self, wine: Wine) -> None:
        """A document with every probe; on a busy machine some may be late, none may fail."""
        document = json.loads(wine.run("-m", "desktop.entry.collector", "--level", "full"))
        assert document["probes"].keys() == {one.id for one in PROBES}
        statuses = {name: one["status"] for name, one in document["probes"].items()}
        assert not [name for name, status in statuses.items() if status not in OURS | {"timeout"}]

    @pytest.mark.parametrize(("mode", "outcome"), [("held", b"gone"), ("loose", b"stayed")])
    def test_tools_end_with_a_collector_that_is_killed(self, wine: Wine, mode: str, outcome: bytes) -> None:
        """And without the job they would not, so the test can fail."""
        script = ROOT / "tests" / "diagnostics" / "windows" / "left_behind.py"
        assert wine.run(f"Z:{script}", mode).strip() == outcome


def test_what_wine_answered_once_is_still_declared() -> None:
    """The recording of Wine 8 keeps to the declarations of today; a probe that is newer is not in it."""
    recorded = json.loads(RECORDING.read_text(encoding="utf-8"))["probes"]
    for one in PROBES:
        if one.id in recorded:
            assert recorded[one.id]["status"] in OURS
            check_row(one.fields, recorded[one.id]["facts"])
