"""The names of all cases, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from bench.cases import checklists, diagnosis, judging, past, player, starting, store, traffic
from bench.measure import Result
from bench.store import Setting

CASES: dict[str, Callable[[Setting], Result]] = {
    "desk": starting.desk,
    "hilfe": starting.hilfe,
    "collector": diagnosis.collector,
    "full": diagnosis.full,
    **({"inxi": diagnosis.inxi} if diagnosis.has_inxi() else {}),
    "command": starting.command,
    "version": starting.version,
    "wizards": checklists.wizards,
    "wizards-again": checklists.again,
    "step": checklists.step,
    "list": store.list_page,
    "badges": store.badges,
    "search": store.search,
    "open": store.open_ticket,
    "create": store.create,
    "typing": traffic.type_ahead,
    "import": traffic.take_in,
    "findings": judging.findings,
    "compare": past.compare,
    "device": past.device,
    "player": player.player,
}
FLAT = ("list", "badges", "device")
"""Cases whose time must not grow with the number of tickets."""
