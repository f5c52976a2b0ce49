"""Whatever the collector does, the caller gets a snapshot: of facts, or of why there are none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from desktop.diagnostics.collect import Collection, Progress, collect_snapshot
from desktop.diagnostics.probe import Lane
from desktop.diagnostics.registry import PROBES, selected
from desktop.diagnostics.targets import NO_TARGETS
from desktop.domain.snapshot import FindingState, ProbeStatus, Snapshot
from desktop.system.programs import collector_command
from tests.diagnostics import faults

FAULTY = {"timeout", "error"}


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """One real snapshot of this machine for the tests that only read it; nobody outside is asked."""
    return collect_snapshot(collector_command(), "full", targets=NO_TARGETS)


def test_every_probe_answers_on_this_machine(snapshot: Snapshot) -> None:
    """The real collector gives every probe a result, and none of them fails."""
    assert list(snapshot.probes) == [one.id for one in PROBES]
    faulty = {name: one.reason for name, one in snapshot.probes.items() if one.status.value in FAULTY}
    assert not faulty
    assert snapshot.probes["memory"].facts["total_bytes"] == psutil.virtual_memory().total


def test_a_snapshot_survives_its_document(snapshot: Snapshot) -> None:
    """What is stored and sent reads back as the same snapshot."""
    document = json.loads(json.dumps(snapshot.to_document()))
    assert Snapshot.from_document(document) == snapshot
    assert {"schema", "taken_at", "probes", "findings"} <= document.keys()
    assert {"id", "state", "severity", "evidence", "wizard"} <= document["findings"][0].keys()


def test_single_probes_can_be_asked_again() -> None:
    """A wizard verifies a fix by one probe; the rules that rest on others are not guessed."""
    again = collect_snapshot(collector_command(), probes=["disks"], targets=NO_TARGETS)
    assert list(again.probes) == ["disks"]
    assert again.finding("disk.full") is not FindingState.UNKNOWN
    assert again.finding("net.link_down") is FindingState.UNKNOWN


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (faults.CRASHING, "no_answer"),
        (faults.GARBAGE, "unreadable_answer"),
        (faults.SILENT, "no_answer"),
        (faults.ENDLESS, "too_much_output"),
    ],
)
def test_a_broken_collector_gives_errors_and_no_exception(source: str, reason: str) -> None:
    """A crash, garbage, nothing or no end of output: every probe is in the snapshot, as an error with its reason."""
    found = collect_snapshot(faults.collector(source), targets=NO_TARGETS)
    assert len(found.probes) == len(selected("basic"))
    assert {(one.status, one.reason) for one in found.probes.values()} == {(ProbeStatus.ERROR, reason)}
    assert {one.state for one in found.findings} == {FindingState.UNKNOWN}


def test_an_answer_of_another_shape_costs_only_the_probes_it_spoils() -> None:
    """Foreign values in the answer become errors of their probe."""
    found = collect_snapshot(faults.collector(faults.FOREIGN), targets=NO_TARGETS)
    assert {one.status for one in found.probes.values()} == {ProbeStatus.ERROR}
    assert found.probes["os"].reason == "unreadable_answer"
    assert found.probes["uptime"].reason == "not_answered"


def test_a_missing_collector_is_no_exception_either() -> None:
    """A program that is not there (a broken installation) is told by the snapshot."""
    found = collect_snapshot(["/nowhere/ersthelfer-collector"], targets=NO_TARGETS)
    assert found.probes["os"].reason == "FileNotFoundError"


def test_a_collector_that_hangs_as_a_whole_is_ended() -> None:
    """Its probes count as timed out, and no process is left."""
    run = Collection(faults.collector(faults.HANGING), targets=NO_TARGETS, lanes=[Lane.FAST], start_up=0.2)
    found = run.run()
    assert {one.status for one in found.probes.values()} == {ProbeStatus.TIMEOUT}
    assert not _children()


@pytest.mark.parametrize("probe", ["disks", "cloud_sync"], ids=["fast", "slow"])
def test_a_probe_that_hangs_for_a_minute_costs_its_deadline_only(tmp_path: Path, probe: str) -> None:
    """The others keep their facts, it is reported as timed out, and the process has left."""
    deadline = next(one.deadline for one in PROBES if one.id == probe)
    begun = time.monotonic()
    found = collect_snapshot(faults.hanging_probe(tmp_path, probe), "full", ["os", probe], targets=NO_TARGETS)
    spent = time.monotonic() - begun
    assert found.probes[probe].status is ProbeStatus.TIMEOUT
    assert found.probes["os"].status is ProbeStatus.OK
    assert deadline <= spent < 30, "the minute was waited for"
    assert found.finding("disk.full") is FindingState.UNKNOWN
    assert not _children()


def test_cancelling_ends_the_collector_at_once() -> None:
    """The waiting thread comes back, and no process is left."""
    run = Collection(faults.collector("import os, time; os.write(1, b'{'); time.sleep(600)"), targets=NO_TARGETS)
    results: list[Snapshot] = []
    waiting = threading.Thread(target=lambda: results.append(run.run()))
    waiting.start()
    while not _children():
        os.sched_yield()
    run.cancel()
    waiting.join(timeout=30)
    assert {one.reason for one in results[0].probes.values()} == {"cancelled"}
    assert not _children()


def test_cancelling_keeps_what_was_answered() -> None:
    """Who stops waiting has the facts that are there already, and everything else says why it is not."""
    source = f"import os, time; os.write(1, b'{faults.ONE_ANSWER}\\n'); time.sleep(600)"
    found: list[Progress] = []
    run = Collection(faults.collector(source), targets=NO_TARGETS, on_progress=lambda one: (found.append(one), stop()))
    stop = run.cancel
    snapshot = run.run()
    assert [one.probe for one in found] == ["os"]
    assert snapshot.probes["os"].facts == {"name": "Debian"}
    assert {one.reason for name, one in snapshot.probes.items() if name != "os"} == {"cancelled"}
    assert not _children()


def test_what_was_answered_before_a_crash_or_the_deadline_is_kept() -> None:
    """A driver that takes the collector down, or a hang as a whole, costs only the probes that are owed."""
    first = f"import os, time; os.write(1, b'{faults.ONE_ANSWER}\\n')"
    crashed = collect_snapshot(faults.collector(f"{first}; os.kill(os.getpid(), 9)"), targets=NO_TARGETS)
    assert (crashed.probes["os"].status, crashed.probes["memory"].reason) == (ProbeStatus.OK, "not_answered")
    command = faults.collector(f"{first}; time.sleep(600)")
    hung = Collection(command, targets=NO_TARGETS, lanes=[Lane.FAST], start_up=0.2).run()
    assert (hung.probes["os"].status, hung.probes["memory"].status) == (ProbeStatus.OK, ProbeStatus.TIMEOUT)


def test_progress_comes_once_for_each_probe_as_it_answers(tmp_path: Path) -> None:
    """The caller hears of the others while one hangs, on its own thread, and knows how much is left."""
    found: list[tuple[Progress, int]] = []
    command = faults.hanging_probe(tmp_path, "disks")
    run = Collection(command, targets=NO_TARGETS, on_progress=lambda one: found.append((one, threading.get_ident())))
    snapshot = run.run()
    assert {one.probe for one, _ in found} == snapshot.probes.keys()
    assert [one.done for one, _ in found] == list(range(1, run.total + 1))
    assert {thread for _, thread in found} == {threading.get_ident()}
    assert {one.probe: one.result for one, _ in found} == snapshot.probes
    told = [one.probe for one, _ in found]
    assert told.index("os") < told.index("disks"), "the hanging one was waited for"
    for lane in (Lane.FAST, Lane.NETWORK):
        left = [one.lane_left for one, _ in found if one.lane is lane]
        assert left == list(range(len(left) - 1, -1, -1))


def test_what_the_callback_raises_ends_the_collector() -> None:
    """A window that broke gets its own fault back, and no process is left."""

    def broken(_: Progress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        collect_snapshot(collector_command(), probes=["os"], targets=NO_TARGETS, on_progress=broken)
    assert not _children()


@pytest.mark.skipif(os.name != "posix", reason="groups of processes")
def test_a_group_of_which_nobody_is_left_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between its last word and its end macOS forbids to end a collector, whose answer is there by then."""
    answer = {"status": "ok", "facts": {}, "ms": 1, "cpu_ms": 1, "reason": ""}
    code = f"import json, os, time; print(json.dumps({{'probe': 'os', 'result': {answer}}}), flush=True); os.close(1);"
    code += "time.sleep(0.5)"

    def forbid(_group: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "killpg", forbid)
    found = collect_snapshot([sys.executable, "-c", code], probes=["os"])
    assert found.probes["os"].status is ProbeStatus.OK


def test_by_hand_the_collector_prints_one_document() -> None:
    """Without `--print lines` there is one document, as people and scripts read it."""
    done = subprocess.run([*collector_command(), "--probe", "os"], capture_output=True, check=True)
    assert json.loads(done.stdout)["probes"]["os"]["status"] == "ok"


def test_cancelling_before_the_start_starts_nothing() -> None:
    """A cancelled collection never makes a process."""
    run = Collection([sys.executable, "-c", "raise SystemExit"], targets=NO_TARGETS)
    run.cancel()
    assert {one.status for one in run.run().probes.values()} == {ProbeStatus.ERROR}


def test_half_characters_never_leave_the_collector(tmp_path: Path) -> None:
    """A name in a foreign encoding arrives as text that can be stored and sent."""
    file = tmp_path / "foreign.py"
    file.write_text(
        "import sys\n"
        "from desktop.diagnostics import registry\n"
        "registry.PROBES[0].read = lambda machine: {'host': 'B\\udcfcro'}\n"
        "from desktop.entry.collector import main\n"
        "main(sys.argv[1:])\n"
    )
    found = collect_snapshot([sys.executable, "-I", str(file)], probes=["os"], targets=NO_TARGETS)
    assert found.probes["os"].facts == {"host": "B?ro"}


@pytest.mark.parametrize(
    "arguments", [["--level", "all"], ["--lane", "x"], ["--probe"], ["--shell", "x"], ["os"], ["--print", "x"]]
)
def test_wrong_arguments_are_refused(arguments: list[str]) -> None:
    """Exit code 2 and a line on the error stream; nothing on standard output."""
    done = subprocess.run([*collector_command(), *arguments], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"collector: ")


def _children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
