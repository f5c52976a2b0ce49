"""`ersthelfer partner list|add|edit`: second and third level."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, shown, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened
from desktop.domain.partner import AddPartner, EditPartner, PartnerChannel, PartnerKind
from desktop.domain.rows import PartnerRow
from desktop.domain.ticket import Level

_LEVELS = (2, 3)


def declare(parser: Parser) -> None:
    """Add the arguments of `partner`."""
    text = parser.texts.text
    actions = parser.actions()
    actions.add("list", "cli.partner.list")
    add = actions.add("add", "cli.partner.add")
    add.add_argument("name", help=text("cli.partner.name"))
    edit = actions.add("edit", "cli.partner.edit")
    edit.add_argument("partner", help=text("cli.partner.which"))
    edit.add_argument("--name", help=text("cli.partner.name"))
    edit.add_argument("--remove", action="store_true", help=text("cli.partner.remove"))
    for one in (add, edit):
        one.add_argument("--level", type=int, choices=_LEVELS, help=text("cli.partner.level"))
        one.add_argument("--kind", choices=[kind.value for kind in PartnerKind], help=text("cli.partner.kind"))
        channels = [channel.value for channel in PartnerChannel]
        one.add_argument("--channel", choices=channels, help=text("cli.partner.channel"))
        one.add_argument("--address", help=text("cli.partner.address"))
        one.add_argument("--topics", help=text("cli.partner.topics"))
        one.add_argument("--note", help=text("cli.partner.note"))


def run(context: Context, arguments: Namespace) -> int:
    """List the partners, or answer a change with the partner."""
    if arguments.action == "list":
        return _list(context)
    row = _add(context, arguments) if arguments.action == "add" else _edit(context, arguments)
    if row is None:
        context.answer({"partner": None}, [context.texts.text("cli.nothing_to_change")])
        return NOTHING_TO_DO
    context.answer({"partner": partner_document(row)}, _lines(context, [row]))
    return DONE


def partner_document(row: PartnerRow) -> dict[str, object]:
    """Return what `--json` prints of a partner."""
    return {
        "id": row.id,
        "name": row.name,
        "level": int(row.level),
        "kind": row.kind,
        "channel": row.channel,
        "address": row.address,
        "topics": row.topics,
        "note": row.note,
    }


def _list(context: Context) -> int:
    from desktop.services.partners import list_partners

    with opened(context) as work:
        rows = list_partners(work)
    context.answer({"partners": [partner_document(one) for one in rows]}, _lines(context, rows))
    return DONE


def _add(context: Context, arguments: Namespace) -> PartnerRow:
    from desktop.services.partners import add_partner

    command = AddPartner(
        name=arguments.name,
        level=Level(arguments.level or Level.SECOND),
        kind=PartnerKind(arguments.kind or PartnerKind.VENDOR),
        channel=PartnerChannel(arguments.channel or PartnerChannel.MAIL),
        address=arguments.address or "",
        topics=arguments.topics or "",
        note=arguments.note or "",
    )
    with opened(context) as work:
        return add_partner(work, command).result


def _edit(context: Context, arguments: Namespace) -> PartnerRow | None:
    from desktop.services.partners import edit_partner

    command = EditPartner(
        partner=arguments.partner,
        name=arguments.name,
        level=None if arguments.level is None else Level(arguments.level),
        kind=None if arguments.kind is None else PartnerKind(arguments.kind),
        channel=None if arguments.channel is None else PartnerChannel(arguments.channel),
        address=arguments.address,
        topics=arguments.topics,
        note=arguments.note,
        is_active=False if arguments.remove else None,
    )
    with opened(context) as work:
        done = edit_partner(work, command)
    return done.result if done.changes.items else None


def _lines(context: Context, rows: Sequence[PartnerRow]) -> Iterator[str]:
    if not rows:
        yield context.texts.text("cli.partner.none")
    cells = [
        (
            str(int(one.level)),
            one_line(one.name, width=40),
            context.texts.text(f"partner.kind.{one.kind}"),
            context.texts.text(f"partner.channel.{one.channel}"),
            one_line(one.address, width=40),
            one_line(one.topics, width=40),
        )
        for one in rows
    ]
    yield from (shown(line) for line in table(cells))
