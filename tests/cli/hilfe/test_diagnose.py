"""`diagnose` for people and for scripts: on a terminal and in a pipe, in both languages, on a PC that has nothing."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.base.paths import Home, resources
from desktop.base.texts import load_texts
from desktop.cli.common.colours import Colours, colours_for
from desktop.cli.common.program import Streams, run_program
from desktop.cli.hilfe.diagnose import exit_code
from desktop.cli.hilfe.report import ROWS, Report
from desktop.client.policy import store_policy
from desktop.client.store import ClientStore, store_path
from desktop.diagnostics.findings import judged
from desktop.diagnostics.rules import load_rules
from desktop.domain.payloads import Policy
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.domain.wizard.library import load_library
from desktop.entry.tray import make_context, program

GIB = 1 << 30
FULL_DISK = {
    "volumes": [
        {"mount": "C:\\", "free_bytes": GIB // 2, "free_percent": 0.4, "total_bytes": 128 * GIB, "is_system": True,
         "is_read_only": False}
    ]
}  # fmt: skip
SNAPSHOT = judged(
    Snapshot(
        "2026-11-29T00:10:00.000000Z",
        "full",
        {
            "os": ProbeResult(ProbeStatus.OK, {"name": "Windows 11", "host": "pc\x1b[2J"}),
            "disks": ProbeResult(ProbeStatus.OK, FULL_DISK),
            "net_link": ProbeResult(ProbeStatus.OK, {"active": 0}),
            "net_wifi": ProbeResult(ProbeStatus.DENIED, reason="location"),
            "software": ProbeResult(
                ProbeStatus.OK, {"programs": [{"name": f"Programm {one}"} for one in range(25)], "total": 25}
            ),
        },
    ),
    load_rules(),
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody outside is asked, and the terminal is a plain one unless a test says otherwise."""
    monkeypatch.setenv("ERSTHELFER_OFFLINE", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def run(
    home: Path, *words: str, out: io.StringIO | None = None, err: io.StringIO | None = None
) -> tuple[int, str, str]:
    """Run `diagnose`; returns exit code and what stood on both streams."""
    out, err = out or io.StringIO(), err or io.StringIO()
    argv = ["--home", str(home), "--language", "de", "diagnose", *words]
    code = run_program(program(), argv, make_context=make_context, streams=Streams(io.StringIO(), out, err))
    return code, out.getvalue(), err.getvalue()


def report(language: str, *, is_coloured: bool = False, is_whole: bool = False) -> list[str]:
    """Return the lines of the canned snapshot."""
    wizards = load_library(resources() / "wizards").wizards
    said = Report(load_texts(language), Colours(is_on=is_coloured), wizards, is_whole=is_whole)
    return list(said.lines(SNAPSHOT))


def test_what_is_wrong_comes_first_with_what_to_do() -> None:
    """Finding, evidence and next step stand before every fact."""
    lines = report("de")
    found = next(number for number, line in enumerate(lines) if "disk.full" in line)
    assert "512 MB" in lines[found + 1]
    assert lines[found + 2].strip().startswith("Nächster Schritt: ")
    assert found < lines.index("PC und System")
    down = next(number for number, line in enumerate(lines) if "net.link_down" in line)
    assert lines[down + 2].strip() == "Nächster Schritt: Checkliste „Kein Netzwerk / kein Internet“"
    assert any("ließen sich nicht beurteilen" in line for line in lines)


def test_facts_stand_by_group_and_silence_has_its_reason() -> None:
    """Groups in people's words; a probe that may not look says so at the end."""
    lines = report("en")
    assert lines.index("PC and system") < lines.index("Storage and drives") < lines.index("No answer")
    assert lines[-1].strip() == "Wi-Fi signal: no access"


def test_long_tables_are_cut_unless_asked_for() -> None:
    """Ten rows and how many more; all of them where single probes are asked."""
    short, whole = report("de"), report("de", is_whole=True)
    assert sum("Programm " in line for line in short) == ROWS
    assert any("… und 15 weitere Zeilen" in line for line in short)
    assert sum("Programm " in line for line in whole) == 25
    assert not any("beurteilen" in line for line in whole)


@pytest.mark.parametrize("language", ["de", "en"])
def test_colours_change_nothing_but_colours(language: str) -> None:
    """Without the sequences both are the same, and a foreign name brings none of its own."""
    plain, painted = "\n".join(report(language)), "\n".join(report(language, is_coloured=True))
    assert "\x1b" not in plain
    assert "\x1b[1;31m" in painted
    for code in ("1;31", "0", "1", "2", "31", "32", "33", "36"):
        painted = painted.replace(f"\x1b[{code}m", "")
    assert painted == plain


@pytest.mark.parametrize(
    ("stream", "unwanted", "environment", "is_on"),
    [
        (Terminal(), False, {}, True),
        (io.StringIO(), False, {}, False),
        (Terminal(), True, {}, False),
        (Terminal(), False, {"NO_COLOR": "1"}, False),
        (Terminal(), False, {"NO_COLOR": ""}, True),
    ],
)
def test_when_there_are_colours(stream: io.StringIO, unwanted: bool, environment: dict[str, str], is_on: bool) -> None:
    """On a terminal, unless somebody minds; an empty NO_COLOR does not count (no-color.org)."""
    assert colours_for(stream, is_unwanted=unwanted, environment=environment).is_on is is_on


def test_a_plain_terminal_gets_no_sequences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TERM=dumb is a terminal that shows them as rubbish: no colours, and a sentence instead of a moving line."""
    monkeypatch.setenv("TERM", "dumb")
    _, out, err = run(tmp_path, "--probe", "os", out=Terminal(), err=Terminal())
    assert "\x1b" not in out + err
    assert "Der PC wird untersucht" in err


def test_progress_of_the_lanes_on_a_terminal(tmp_path: Path) -> None:
    """One line that is written over and gone in the end; the answer on standard output has none of it."""
    code, out, err = run(tmp_path, "--probe", "os", "net_reach", out=Terminal(), err=Terminal())
    assert code == 0
    assert "Sofort 1 von 1" in err
    assert "Netz 1 von 1" in err
    assert err.endswith("\r\x1b[K")
    assert "von 1" not in out
    assert "\x1b[1m" in out


def test_piped_it_is_plain(tmp_path: Path) -> None:
    """No sequences in a file, whatever the other stream is."""
    _, out, err = run(tmp_path, "--probe", "os", err=Terminal())
    assert "\x1b" not in out
    assert "\r" in err
    _, out, _ = run(tmp_path, "--probe", "os", "--no-colour", out=Terminal())
    assert "\x1b" not in out


def test_the_document_is_whole_and_alone(tmp_path: Path) -> None:
    """`--json` prints one document and nothing else, also on a terminal."""
    code, out, _ = run(tmp_path, "--json", "--level", "full", "--probe", "os", "uptime", out=Terminal())
    document = json.loads(out)
    assert code == 0
    assert document.keys() == {"schema", "taken_at", "level", "probes", "findings"}
    assert document["level"] == "full"
    assert list(document["probes"]) == ["os", "uptime"]


def test_a_finding_is_explained(tmp_path: Path) -> None:
    """The rule, its thresholds with their source, what was read, and what came out."""
    code, out, _ = run(tmp_path, "--explain", "disk.low")
    assert code == 0
    for word in ("Regel:", "20 GB, unsere Einschätzung", "Quelle:", "gelesen:", "[nein]"):
        assert word in out
    code, out, _ = run(tmp_path, "--json", "--explain", "disk.low")
    document = json.loads(out)
    assert document["id"] == "disk.low"
    assert document["state"] in ("absent", "present")
    assert {one["name"]: one["ours"] for one in document["limits"]}["system_free_bytes"] is True


def set_by_company(home: Path, findings: dict[str, object]) -> None:
    """Have the company's own thresholds in the store of this PC, as they come with its policy."""
    store = ClientStore(store_path(Home.under(home)))
    with store.write() as db:
        own = {"version": 1, "findings": findings}
        store_policy(db, Policy(1, "2026-11-23T09:00:00.000000Z", findings=own))
    store.close()


def test_a_companys_thresholds_hold_and_are_named(tmp_path: Path) -> None:
    """By what is judged is said in words and for scripts, with the value as shipped beside it."""
    assert json.loads(run(tmp_path, "--json", "--explain", "disk.full")[1])["thresholds"] == "shipped"
    assert "Ihrer Firma" not in run(tmp_path, "--probe", "disks")[1]
    set_by_company(tmp_path, {"disk.full": {"limits": {"free_bytes": 1 << 49, "free_percent": 99.5}}})
    out = run(tmp_path, "--explain", "disk.full")[1]
    assert "512 TB" in out
    assert "üblich" in out
    assert "1 GB" in out
    assert out.splitlines()[-1] == "Beurteilt nach den Schwellenwerten Ihrer Firma."
    document = json.loads(run(tmp_path, "--json", "--explain", "disk.full")[1])
    assert (document["state"], document["thresholds"]) == ("present", "company")
    limit = next(one for one in document["limits"] if one["name"] == "free_bytes")
    assert (limit["value"], limit["usual"]) == (1 << 49, GIB)
    out = run(tmp_path, "--probe", "disks")[1]
    assert "disk.full" in out
    assert "Beurteilt nach den Schwellenwerten Ihrer Firma." in out


def test_a_finding_that_the_company_switched_off_is_told_as_such(tmp_path: Path) -> None:
    """It exists; it is not looked for."""
    set_by_company(tmp_path, {"disk.full": {"off": True}})
    code, out, err = run(tmp_path, "--explain", "disk.full")
    assert (code, out) == (4, "")
    assert "Ihre Firma lässt" in err


def test_what_cannot_be_known_is_explained_too(tmp_path: Path) -> None:
    """A probe without targets leaves the rule open, and the explanation says which."""
    _, out, _ = run(tmp_path, "--explain", "net.internet_unreachable")
    assert "unbekannt" in out.lower() or "nicht bekannt" in out.lower()


@pytest.mark.parametrize(
    ("words", "near"), [(("--explain", "disk.lo"), "disk.low"), (("--probe", "os", "memry"), "memory")]
)
def test_a_name_that_is_none_is_a_wrong_call(words: tuple[str, ...], near: str, tmp_path: Path) -> None:
    """Code 2, and what was probably meant; nothing is collected."""
    code, out, err = run(tmp_path, *words)
    assert (code, out) == (2, "")
    assert near in err


def test_a_pc_with_nothing(tmp_path: Path) -> None:
    """No company, no network and no home to write to: a process of its own still tells what it sees."""
    environment = {**os.environ, "HOME": "/proc/nowhere", "ERSTHELFER_OFFLINE": "1"}
    for name in [one for one in environment if one.startswith("XDG_")]:
        environment[name] = "/proc/nowhere"
    command = [sys.executable, "-c", "from desktop.entry.tray import main; raise SystemExit(main())"]
    done = subprocess.run(
        [*command, "--language", "en", "diagnose", "--probe", "os", "memory"],
        env=environment, capture_output=True, check=False, cwd=tmp_path, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Operating system" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_answered_the_code_is_1() -> None:
    """A broken installation: a script sees that there was nothing, whatever is wrong otherwise is no fault of ours."""
    owed = Snapshot("t", "basic", {"os": ProbeResult(ProbeStatus.ERROR, reason="FileNotFoundError")})
    assert (exit_code(owed), exit_code(SNAPSHOT)) == (1, 0)
