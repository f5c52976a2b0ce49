"""A let-in PC that sends nonsense, or is in hostile hands, never stops the intake of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desktop.domain.payloads import Fate
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets, open_ticket

if TYPE_CHECKING:
    from tests.services.conftest import Desk

HALF = "\ud800"
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
}


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
    assert {one.fate for one in report.messages} <= {Fate.LATER, Fate.DUPLICATE}
    assert desk.incoming() == []
