"""`ersthelfer device ask DEVICE` and `device asks [DEVICE]`: a new diagnosis, which the PC's employee agrees to."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from desktop.base.clock import to_text
from desktop.cli.common.arguments import Actions
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened
from desktop.domain.asking import MAX_REASON, AskDiagnosis, AskLevel, AskRow


def declare_asking(actions: Actions) -> None:
    """Add `ask` and `asks` to the actions of `device`."""
    one = actions.add("ask", "cli.device.ask")
    text = one.texts.text
    one.add_argument("device", metavar="DEVICE", help=text("cli.device.which"))
    one.add_argument("--ticket", default="", metavar="NUMBER", help=text("cli.device.ask.ticket"))
    levels = [level.value for level in AskLevel]
    one.add_argument("--level", choices=levels, default=AskLevel.BASIC.value, help=text("cli.device.ask.level"))
    one.add_argument("--reason", default="", metavar="TEXT", help=text("cli.device.ask.reason"))
    one.add_argument("--withdraw", action="store_true", help=text("cli.device.ask.withdraw"))
    listed = actions.add("asks", "cli.device.asks")
    listed.add_argument("device", metavar="DEVICE", nargs="?", default="", help=text("cli.device.which"))


def ask(context: Context, arguments: Namespace) -> int:
    """Ask, or withdraw what is open (1 where nothing is), and deliver it when the command ends."""
    from desktop.cli.desk.posting import send_waiting
    from desktop.services.diagnosis import ask_diagnosis, find_open_ask, withdraw_ask

    with opened(context) as work:
        if arguments.withdraw:
            pending = find_open_ask(work, arguments.device)
            row = withdraw_ask(work, pending.id).result if pending else None
        else:
            reason = context.given(arguments.reason, limit=MAX_REASON + 1)
            command = AskDiagnosis(arguments.device, arguments.ticket, AskLevel(arguments.level), reason)
            row = ask_diagnosis(work, command).result
    if row is None:
        context.answer({"ask": None}, [context.texts.text("cli.device.asks.none")])
        return NOTHING_TO_DO
    send_waiting(context)
    context.answer({"ask": ask_document(row)}, ask_lines(context, [row]))
    return DONE


def asks(context: Context, arguments: Namespace) -> int:
    """List what PCs were asked, newest first; 1 where nobody was."""
    from desktop.services.diagnosis import list_asks

    with opened(context) as work:
        rows = list_asks(work, arguments.device)
    lines = ask_lines(context, rows) if rows else [context.texts.text("cli.device.asks.none")]
    context.answer({"asks": [ask_document(one) for one in rows]}, lines)
    return DONE if rows else NOTHING_TO_DO


def ask_document(row: AskRow) -> dict[str, object]:
    """Return an ask as `--json` prints it."""
    return {
        "id": row.id,
        "device": row.device_name,
        "ticket": row.ticket or None,
        "level": row.level.value,
        "reason": row.reason,
        "by": row.actor,
        "state": row.state.value,
        "created_at": to_text(row.created_at),
        "expires_at": to_text(row.expires_at),
        "answered_at": to_text(row.answered_at) if row.answered_at else None,
        "comment": row.comment,
        "snapshot": row.snapshot_id or None,
    }


def ask_lines(context: Context, rows: Sequence[AskRow]) -> Iterator[str]:
    """Return one line per ask: when, which PC, for which ticket, what became of it and what was said."""
    text = context.texts.text
    cells = [
        (
            f"{one.created_at.astimezone():%Y-%m-%d %H:%M}",
            one_line(one.device_name, width=30),
            one.ticket,
            text(f"ask.level.{one.level.value}"),
            text(f"ask.state.{one.state.value}"),
            one_line(one.comment or one.reason, width=60),
        )
        for one in rows
    ]
    yield from table(cells)
