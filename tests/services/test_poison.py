"""A let-in PC that sends nonsense, or is in hostile hands, never stops the intake of the others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from desktop.base.texts import load_texts
from desktop.diagnostics.registry import PROBES
from desktop.domain.payloads import Fate
from desktop.services.devices import list_devices
from desktop.services.exports.table import to_csv, to_xlsx
from desktop.services.fleet import list_fleet
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.series import list_series

if TYPE_CHECKING:
    from tests.services.conftest import Desk

HALF = "\ud800"
HUGE = 10**400
MADE = datetime(2026, 11, 23, tzinfo=UTC)


def snapshot(probe: str, facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a request whose snapshot has our form and facts of somebody's making."""
    one = {"status": "ok", "ms": 1.0, "cpu_ms": 1.0, "reason": "", "facts": facts}
    document = {"schema": 1, "taken_at": "2026-11-23T08:30:00.000000Z", "level": "basic", "probes": {probe: one}}
    return {"snapshot": {**document, "findings": [], **more}}


FINDING: dict[str, Any] = {"id": "disk.full", "state": "present", "severity": "warn", "evidence": {}, "wizard": ""}
POISON: dict[str, dict[str, Any]] = {
    "half a character": {"text": f"vor {HALF} nach"},
    "half a character in a short field": {"person_name": HALF, "reachable": HALF},
    "half a character in the snapshot": {"snapshot": {HALF: HALF, "probes": {"os": {"values": {"name": HALF}}}}},
    "half a character in a run": {"wizard_runs": [{"wizard": HALF, HALF: 1}]},
    "half a character in a file name": {"files": [(f"a{HALF}.txt", b"x")]},
    "a number beyond 64 bits": {"device_seq": 2**80},
    "a negative number": {"device_seq": -(2**70)},
    "a year beyond the calendar": {"created_at": "9999-12-31T23:59:59.999999Z"},
    "a year before the calendar": {"created_at": "0001-01-01T00:00:00.000000+14:00"},
    "no time at all": {"created_at": "gestern"},
    "zero bytes": {"text": "vor\x00nach", "person_name": "A\x00nna", "phone": "\x00"},
    "nothing": {"text": "", "person_name": "", "category": "", "created_at": ""},
    "numbers in the snapshot": {"snapshot": {"probes": {"x": {"values": {"a": 10**400}}}, "format": 10**30}},
    "a wide snapshot": {"snapshot": {str(one): [] for one in range(50_000)}},
    "more bytes than a number holds": snapshot("memory", {"total_bytes": HUGE, "available_bytes": HUGE}),
    "a drive beyond all numbers": snapshot("disks", {"volumes": [{"is_system": True, "free_bytes": HUGE}]}),
    "an uptime beyond all numbers": snapshot("uptime", {"uptime_s": HUGE, "restarted_at": HUGE}),
    "a delay beyond all numbers": snapshot("net_reach", {"internet": [{"connect_ms": HUGE}]}),
    "drives that are no list": snapshot("disks", {"volumes": 5}),
    "drives in drives": snapshot("disks", {"volumes": [{"is_system": [[]], "free_bytes": {"a": 1}}]}),
    "words for numbers": snapshot("memory", {"total_bytes": "viel", "available_percent": "wenig"}),
    "a duration beyond all numbers": snapshot("os", {}, schema=HUGE),
    "a finding of nobody's": snapshot("os", {}, findings=[{**FINDING, "id": "x" * 500, "evidence": {"a": HUGE}}]),
    "a day that never was": snapshot("hardware", {"bios_date": "99/99/2020"}),
    "a moment before the calendar": snapshot("os", {}, taken_at="0001-01-01T00:00:00.000000+14:00"),
    "zero bytes in facts": snapshot("hardware", {"serial": "a\x00b", "model": "\x00"}),
    "every fact a list": snapshot("os", {one: [1] for one in ("family", "name", "version", "build", "is_supported")}),
}


def everywhere(value: Any) -> dict[str, Any]:
    """Return a snapshot in which every field of every probe has one value, and every table a row of it."""
    probes: dict[str, Any] = {}
    for probe in PROBES:
        facts = {
            one.name: [{each.name: value for each in one.columns}] if one.columns else value for one in probe.fields
        }
        probes[probe.id] = {"status": "ok", "ms": 1.0, "cpu_ms": 1.0, "reason": "", "facts": facts}
    return snapshot("os", {}, probes=probes)


ODD: dict[str, Any] = {
    "huge": HUGE,
    "low": -HUGE,
    "list": [],
    "list of lists": [[1]],
    "object": {"a": 1},
    "words": "x",
    "nothing": None,
    "yes": True,
    "zero": 0,
    "time": "0001-01-01T00:00:00Z",
    "late": "9999-12-31T23:59:59-14:00",
    "tiny": 1e-320,
    "big": 1.7e308,
    "numbers": [HUGE],
    "zero byte": "\x00",
}
POISON.update({f"everywhere {name}": everywhere(value) for name, value in ODD.items()})


@pytest.mark.parametrize("name", POISON)
def test_nonsense_stops_nobody(desk: Desk, name: str) -> None:
    bad, good = desk.pc("BAD"), desk.pc("GOOD")
    for pc in (bad, good):
        pc.enrol()
    given = dict(POISON[name])
    bad.seq = given.pop("device_seq", 1) - 1
    try:
        bad.ask(**given)
    except (ValueError, UnicodeError):
        pytest.skip("such a message cannot even be sealed")
    good.ask("Von der Guten")
    import_mailbox(desk.work, desk.open.post)
    report = import_mailbox(desk.work, desk.open.post).result
    rows = list_tickets(desk.work, "all").rows
    assert "Von der Guten" in [one.title for one in rows]
    for one in rows:
        open_ticket(desk.work, one.id)
    for device in list_devices(desk.work):
        list_series(desk.work, device.id)
    texts = load_texts("de")
    for table in (to_csv(list_fleet(desk.work).rows, texts), to_xlsx(list_fleet(desk.work).rows, texts, made_at=MADE)):
        assert table
    assert {one.fate for one in report.messages} <= {Fate.LATER, Fate.DUPLICATE}
    assert desk.incoming() == []
