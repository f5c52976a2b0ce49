"""What recorded journals, dumps and start records of Linux machines say."""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from pathlib import Path

import pytest

from desktop.diagnostics.linux import boots, events
from desktop.diagnostics.probes.events import read_events
from tests.diagnostics.recordings import RecordedMachine

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files and tools of Linux")
DAY = 86400


@pytest.fixture
def pc(tmp_path: Path) -> RecordedMachine:
    """An empty machine."""
    return RecordedMachine(tmp_path)


def entry(moment: int, message: object, **more: str) -> str:
    """Write an entry as `journalctl --output=json` does."""
    return json.dumps({"__REALTIME_TIMESTAMP": str(moment * 1_000_000), "MESSAGE": message, "PRIORITY": "3", **more})


def kernel(moment: int, message: str) -> str:
    """Write an entry of the kernel."""
    return entry(moment, message, _TRANSPORT="kernel", SYSLOG_IDENTIFIER="kernel")


JOURNAL = "\n".join(
    [
        kernel(1000, "blk_update_request: I/O error, dev sda, sector 2056 op 0x0:(READ)"),
        kernel(2000, "ata1.00: failed command: READ DMA EXT"),
        kernel(1500, "EXT4-fs error (device sda2): ext4_find_entry:1455: inode #2: comm bash: reading directory"),
        kernel(1600, "mce: [Hardware Error]: CPU 2: Machine Check: 0 Bank 5"),
        kernel(1700, "Out of memory: Killed process 812 (firefox) total-vm:8 kB"),
        kernel(1800, "usb 1-4: device descriptor read/64, error -71"),
        kernel(1900, "something new"),
        entry(2100, "Failed to start secret.", MESSAGE_ID=events.UNIT_FAILED, SYSLOG_IDENTIFIER="systemd"),
        entry(2200, "I/O error said by a program about geheim.odt", SYSLOG_IDENTIFIER="/usr/bin/tool[81]"),
        entry(2300, [104, 105], _COMM="bytes"),
        "{half a line",
    ]
)


def test_kinds_of_entries() -> None:
    """Only the kernel's own words count as its faults; texts are dropped; frequent ones come first."""
    rows = events.grouped(JOURNAL)
    assert {(one["kind"], one["source"], one["count"], one["last_at"]) for one in rows} == {
        ("disk_error", "kernel", 2, 2000), ("filesystem_error", "kernel", 1, 1500),
        ("hardware_error", "kernel", 1, 1600), ("out_of_memory", "kernel", 1, 1700), ("usb_error", "kernel", 1, 1800),
        ("other", "kernel", 1, 1900), ("service_failed", "systemd", 1, 2100), ("other", "tool", 1, 2200),
        ("other", "bytes", 1, 2300),
    }  # fmt: skip
    assert rows[0]["kind"] == "disk_error"
    assert "geheim" not in str(rows)
    assert "firefox" not in str(rows)


DUMPS = json.dumps(
    [
        {"time": 1763900000000000, "pid": 1, "uid": 1000, "sig": 11, "exe": "/usr/lib/firefox-esr/firefox-esr"},
        {"time": 1763900009000000, "pid": 2, "uid": 1000, "sig": 6, "exe": "/usr/lib/firefox-esr/firefox-esr"},
        {"time": 1763900001000000, "pid": 3, "uid": 1000, "sig": 6, "exe": "/home/anna/bin/tool"},
    ]
)


def test_a_machine_with_everything(pc: RecordedMachine) -> None:
    """Faults of drives are added up, dumps counted by program, a kernel's report is a crash of the system."""
    pc.tool("journalctl", JOURNAL)
    pc.tool("coredumpctl", DUMPS)
    pc.file(f"/var/log/journal/{'c' * 32}/system.journal")
    pc.file("/var/lib/systemd/pstore/1763900000")
    old = pc.file("/var/lib/systemd/pstore/1700000000")
    os.utime(old, (1, 1))
    result = pc.answer(read_events)
    found = result["facts"]
    assert (result["status"], found["days"], found["disk_errors"], found["system_crashes"]) == ("ok", 7, 3, 1)
    assert found["app_crashes"] == [
        {"app": "firefox-esr", "version": None, "count": 2, "last_at": 1763900009},
        {"app": "tool", "version": None, "count": 1, "last_at": 1763900001},
    ]
    assert "/home/anna" not in str(found)


def test_who_may_not_read_the_journal_says_so(pc: RecordedMachine) -> None:
    """Without the system's journal only the own messages are seen: nothing follows from their absence."""
    pc.tool("journalctl", "")
    result = pc.answer(read_events)
    assert (result["status"], result["reason"]) == ("partial", "own_messages_only")
    assert result["facts"]["disk_errors"] is result["facts"]["system_crashes"] is None
    pc.folder("/sys/fs/pstore")
    assert pc.facts(read_events)["system_crashes"] == 0


def test_a_machine_without_journal(pc: RecordedMachine) -> None:
    """No journal, no records, no reports: nothing is known."""
    assert pc.answer(read_events)["status"] == "unsupported"
    report = pc.file("/var/crash/_usr_bin_gedit.1000.crash")
    found = pc.facts(read_events)
    assert [(one["app"], one["count"]) for one in found["app_crashes"]] == [("gedit", 1)]
    assert found["disk_errors"] is None
    os.utime(report, (1, 1))
    assert pc.facts(read_events)["app_crashes"] == []


def record(kind: int, user: bytes, moment: int) -> bytes:
    """Write one record of utmp(5)."""
    return struct.pack(
        "=hxxi32s4s32s256shhiii4i20s", kind, 0, b"~", b"~~", user, b"6.1", 0, 0, 0, moment, 0, *[0] * 4, b""
    )


def start(moment: int) -> bytes:
    """Write the record of a start."""
    return record(boots.BOOT, b"reboot", moment)


def end(moment: int) -> bytes:
    """Write the record of a proper end."""
    return record(boots.RUN_LEVEL, b"shutdown", moment)


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        (b"", 0),
        (start(100), 0),
        (start(100) + end(200) + start(300), 0),
        (start(100) + start(300), 1),
        (start(100) + record(7, b"anna", 120) + start(300) + end(400) + start(500) + start(600), 2),
        (start(10) + start(20) + end(30) + start(300), 0),
        (start(100) + start(300)[:100], 0),
    ],
)
def test_starts_without_an_end_before(content: bytes, lost: int) -> None:
    """A start right after a start, since the moment that counts; half a record is none."""
    assert boots.parse_records(content, 50) == lost


def test_power_losses_come_from_the_records(pc: RecordedMachine) -> None:
    """As a fact of the probe."""
    now = int(time.time())
    file = pc.file("/var/log/wtmp")
    file.write_bytes(start(now - 2 * DAY) + start(now - DAY))
    assert pc.facts(read_events)["power_losses"] == 1


NOISE = [entry(3000 + number, "again", SYSLOG_IDENTIFIER="noise") for number in range(events.ENTRIES)]
SOURCES = [entry(3000, "x", SYSLOG_IDENTIFIER=f"p{number}") for number in range(events.MAX_ROWS)]


@pytest.mark.parametrize(
    ("journal", "drive_errors"),
    [(NOISE, None), (NOISE[1:], 0), ([*SOURCES, *SOURCES, kernel(9, "Buffer I/O error on dev sda1")], 1)],
)
def test_a_full_reading_does_not_say_that_drives_are_well(
    pc: RecordedMachine, journal: list[str], drive_errors: int | None
) -> None:
    """A program that complains all day leaves no room for what the kernel said before; rare errors count too."""
    pc.file(f"{events.JOURNALS[0]}/{'0' * 32}/system.journal", "")
    pc.tool("journalctl", "\n".join(journal))
    found = pc.facts(read_events)
    assert found["disk_errors"] == drive_errors
    assert len(found["events"]) <= events.MAX_ROWS


def test_records_that_are_too_long_to_read_say_nothing(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest stand at the end, which would not be reached."""
    monkeypatch.setattr(boots, "MAX_RECORDS", 2 * len(start(1)))
    path = pc.root / boots.RECORDS.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(start(1) + end(2) + start(3) + start(4))
    assert boots.lost_power(pc.machine, 0) is None
