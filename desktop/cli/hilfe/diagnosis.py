"""`ersthelfer-hilfe diagnosis list|answer|decline|send`: what the IT asks for, and what is sent of this PC."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop.base.errors import AppError
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, shown
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client, post_of, try_sync

if TYPE_CHECKING:
    from desktop.client.asks import AskRow
    from desktop.client.context import Client
    from desktop.client.diagnosis import PreparedDiagnosis

_LEVELS = ("basic", "full")


def declare(parser: Parser) -> None:
    """Add the arguments of `diagnosis`."""
    actions = parser.actions()
    actions.add("list", "hilfe.diagnosis.list")
    actions.add("decline", "hilfe.diagnosis.decline").add_argument(
        "--comment", default="", metavar="TEXT", help=parser.texts.text("hilfe.diagnosis.comment")
    )
    for name in ("answer", "send"):
        one = actions.add(name, f"hilfe.diagnosis.{name}")
        text = one.texts.text
        one.add_argument("--agree", action="store_true", help=text("hilfe.diagnosis.agree"))
        one.add_argument("--level", choices=_LEVELS, help=text("hilfe.diagnosis.level"))
        one.add_argument(
            "--without", action="extend", nargs="+", default=[], metavar="GROUP", help=text("hilfe.diagnosis.without")
        )
        one.add_argument("--comment", default="", metavar="TEXT", help=text("hilfe.diagnosis.comment"))


def run(context: Context, arguments: Namespace) -> int:
    """Read or answer; nothing leaves this PC without `--agree`, which is exit code 1."""
    actions = {"list": _list, "decline": _decline, "answer": _send, "send": _send}
    with opened_client(context) as client:
        return actions[arguments.action](context, client, arguments)


def _list(context: Context, client: Client, _arguments: Namespace) -> int:
    from desktop.client.asks import find_open_ask, list_asks

    rows, pending = list_asks(client), find_open_ask(client)
    document = {"asks": [_document(one) for one in rows], "open": pending.id if pending else None}
    context.answer(document, _lines(context, pending))
    return DONE if pending else NOTHING_TO_DO


def _decline(context: Context, client: Client, arguments: Namespace) -> int:
    from desktop.client.diagnosis import decline

    post = post_of(context, client)
    pending = _asked(client)
    decline(client, pending.id, arguments.comment)
    try_sync(context, client, post)
    context.answer(
        {"ask": pending.id, "sent": True, "declined": True}, [context.texts.text("hilfe.diagnosis.declined")]
    )
    return DONE


def _send(context: Context, client: Client, arguments: Namespace) -> int:
    from desktop.client.diagnosis import send_diagnosis
    from desktop.domain.payloads import to_document

    pending = _asked(client) if arguments.action == "answer" else None
    post = post_of(context, client)
    prepared = _prepared(context, client, arguments, pending)
    document = to_document(prepared.payload)
    if not arguments.agree:
        context.answer({"sent": False, "message": document}, _preview(context, document))
        return NOTHING_TO_DO
    send_diagnosis(client, prepared)
    try_sync(context, client, post)
    context.answer({"sent": True, "message": document}, [context.texts.text("hilfe.diagnosis.sent")])
    return DONE


def _prepared(context: Context, client: Client, arguments: Namespace, pending: AskRow | None) -> PreparedDiagnosis:
    from desktop.client.diagnosis import SendDiagnosis, prepare_diagnosis
    from desktop.client.facts import collect_facts, consent_to, default_off, sendable

    wished = pending.level if pending is not None and pending.level in _LEVELS else _LEVELS[0]
    context.say("hilfe.diagnose.collecting")
    level = arguments.level or wished
    off = _left_out(arguments.without) | (default_off() if level == "basic" else frozenset[str]())
    snapshot = sendable(client, collect_facts(level, client=client), off)
    command = SendDiagnosis(pending.id if pending else "", snapshot, consent_to(off), arguments.comment)
    return prepare_diagnosis(client, command)


def _left_out(groups: Sequence[str]) -> frozenset[str]:
    from desktop.base.errors import ErrorKind
    from desktop.diagnostics.privacy import GROUPS

    known = [one.id for one in GROUPS]
    for one in groups:
        if one not in known:
            where = {"group": one[:60], "known": ", ".join(known)}
            raise AppError("diagnosis.group", kind=ErrorKind.USAGE, parameters=where)
    return frozenset(groups)


def _asked(client: Client) -> AskRow:
    from desktop.client.asks import find_open_ask

    pending = find_open_ask(client)
    if pending is None:
        raise AppError("ask.gone")
    return pending


def _preview(context: Context, document: dict[str, object]) -> Iterator[str]:
    from desktop.cli.context import json_text

    yield json_text(document)
    yield context.texts.text("hilfe.diagnosis.not_sent")


def _lines(context: Context, pending: AskRow | None) -> Iterator[str]:
    text = context.texts.text
    if pending is None:
        yield text("hilfe.diagnosis.none")
        return
    until = f"{pending.expires_at.astimezone():%Y-%m-%d}"
    yield shown(text("hilfe.diagnosis.asked", author=one_line(pending.author, width=60), until=until))
    if pending.ticket:
        yield shown(text("hilfe.diagnosis.for", ticket=pending.ticket, title=one_line(pending.title, width=80)))
    if pending.reason:
        yield shown(text("hilfe.diagnosis.why", reason=one_line(pending.reason, width=300)))


def _document(row: AskRow) -> dict[str, object]:
    return {
        "id": row.id,
        "by": row.author,
        "level": row.level,
        "reason": row.reason,
        "ticket": row.ticket or None,
        "title": row.title,
        "request": row.about or None,
        "state": row.state,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }
