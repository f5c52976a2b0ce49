"""`ersthelfer device list|show|approve|revoke|diff|pin|unpin|set|export|ask|asks`: the company's PCs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from desktop.base.clock import to_text
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.device_asking import ask, ask_document, ask_lines, asks, declare_asking
from desktop.cli.desk.device_history import declare_diff, declare_pin, diff, pin
from desktop.cli.desk.device_inventory import (
    chosen_filter,
    declare_export,
    declare_filters,
    declare_set,
    export,
    fleet_document,
    set_asset,
)
from desktop.cli.desk.device_past import past_document, past_lines, read_past
from desktop.cli.desk.opening import opened
from desktop.domain.fleet import is_long_unseen
from desktop.domain.rows import DeviceRow

if TYPE_CHECKING:
    from desktop.services.devices import DevicePage, WaitingRequest


def declare(parser: Parser) -> None:
    """Add the arguments of `device`."""
    actions = parser.actions()
    declare_filters(actions.add("list", "cli.device.list"))
    further = {"diff": declare_diff, "pin": declare_pin, "set": declare_set}
    for name in ("show", "approve", "revoke", "diff", "pin", "unpin", "set"):
        one = actions.add(name, f"cli.device.{name}")
        one.add_argument("device", metavar="DEVICE", help=one.texts.text("cli.device.which"))
        if name in further:
            further[name](one)
    declare_export(actions.add("export", "cli.device.export"))
    declare_asking(actions)


def run(context: Context, arguments: Namespace) -> int:
    """Read or decide about a PC; deciding what is decided already is exit code 1."""
    actions = {"list": _list, "show": _show, "approve": _decide, "revoke": _decide, "ask": ask, "asks": asks}
    actions |= {"diff": diff, "pin": pin, "unpin": pin, "set": set_asset, "export": export}
    return actions[arguments.action](context, arguments)


def device_document(row: DeviceRow) -> dict[str, object]:
    """Return a PC as `--json` prints it."""
    return {
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "platform": row.platform,
        "person": row.person_name,
        "hints": row.hints,
        "worst": row.worst,
        "last_snapshot_at": _moment(row.last_snapshot_at),
    }


def _list(context: Context, arguments: Namespace) -> int:
    from desktop.services.fleet import list_fleet

    with opened(context) as work:
        found = list_fleet(work, chosen_filter(arguments), query=arguments.query)
    document = {
        "devices": [{**device_document(one.device), **fleet_document(one)} for one in found.rows],
        "counts": {one.value: count for one, count in found.counts.items()},
        "total": found.total,
    }
    context.answer(document, _lines(context, [one.device for one in found.rows]))
    return DONE


def _show(context: Context, arguments: Namespace) -> int:
    from desktop.cli.desk.ticket_answers import finding_document, ticket_document
    from desktop.services.devices import list_waiting_requests, read_snapshot, show_device
    from desktop.services.diagnosis import list_asks

    with opened(context) as work:
        page = show_device(work, arguments.device, language=context.texts.language)
        newest = read_snapshot(work, page.snapshot.id) if page.snapshot else None
        waiting = [one for one in list_waiting_requests(work) if one.device_id == page.row.id]
        asked = list_asks(work, page.row.id)
        past = read_past(work, page.row.id)
    document = {
        "device": {**device_document(page.row), "words": list(page.words)},
        "findings": [finding_document(one) for one in page.snapshot.findings] if page.snapshot else [],
        **past_document(past),
        "snapshot": newest.to_document() if newest else None,
        "snapshots": [{"id": one.id, "taken_at": to_text(one.taken_at)} for one in page.snapshots],
        "tickets": [ticket_document(context.texts, one) for one in page.tickets],
        "waiting": [{"id": one.id, "kind": one.kind, "text": one.text, "at": to_text(one.at)} for one in waiting],
        "asks": [ask_document(one) for one in asked],
    }
    lines = (_page_lines(context, page, waiting), past_lines(context, past), ask_lines(context, asked[:1]))
    context.answer(document, chain(*lines))
    return DONE


def _decide(context: Context, arguments: Namespace) -> int:
    from desktop.cli.desk.posting import send_waiting
    from desktop.services.devices import approve_device, revoke_device

    decide = approve_device if arguments.action == "approve" else revoke_device
    with opened(context) as work:
        done = decide(work, arguments.device)
    send_waiting(context)
    context.answer({"device": device_document(done.result)}, _lines(context, [done.result]))
    return DONE if done.changes.items else NOTHING_TO_DO


def _lines(context: Context, rows: Sequence[DeviceRow]) -> Iterator[str]:
    if not rows:
        yield context.texts.text("cli.device.none")
    cells = [
        (
            one_line(one.name, width=30),
            context.texts.text(f"cli.device.status.{one.status}"),
            one_line(one.person_name, width=30),
            one_line(one.platform, width=30),
            context.texts.plural("cli.device.hints", one.hints) if one.last_snapshot_at else "",
            _silence(context, one),
        )
        for one in rows
    ]
    yield from table(cells)


def _silence(context: Context, row: DeviceRow) -> str:
    """Say for how long nothing has come from a PC, where that is so long that the rest of the line is old."""
    if row.status != "approved" or row.seen_at is None or not is_long_unseen(row.seen_at, context.clock()):
        return ""
    return context.texts.plural("cli.device.silent", (context.clock() - row.seen_at).days)


def _page_lines(context: Context, page: DevicePage, waiting: Sequence[WaitingRequest]) -> Iterator[str]:
    yield from _lines(context, [page.row])
    if page.words:
        yield context.texts.text("cli.device.words", words=" ".join(page.words))
    if page.snapshot:
        yield context.texts.text("cli.device.taken", at=f"{page.snapshot.taken_at.astimezone():%Y-%m-%d %H:%M}")
        yield from (
            f"  {one.severity.value}: {one.id}" for one in page.snapshot.findings if one.state.value == "present"
        )
    yield from (f"  {one.number}  {one_line(one.title)}" for one in page.tickets)
    for one in waiting:
        yield context.texts.text("cli.device.waiting", text=one_line(one.text, width=100))


def _moment(moment: datetime | None) -> str | None:
    return to_text(moment) if moment else None
