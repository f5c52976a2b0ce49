"""`ersthelfer-hilfe reply REQUEST TEXT`: a further message on a request that was sent."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client, post_of, try_sync


def declare(parser: Parser) -> None:
    """Add the arguments of `reply`."""
    text = parser.texts.text
    parser.add_argument("request", metavar="REQUEST", help=text("hilfe.request"))
    parser.add_argument("text", metavar="TEXT", help=text("hilfe.reply.text"))
    parser.add_argument(
        "--attach", action="extend", nargs="+", default=[], metavar="FILE", help=text("hilfe.send.attach")
    )


def run(context: Context, arguments: Namespace) -> int:
    """Store the message, then try to deliver it at once."""
    from pathlib import Path

    from desktop.client.conversation import find_request, reply
    from desktop.client.files import read_file
    from desktop.client.status import open_request
    from desktop.domain.payloads import MAX_TEXT

    text = context.given(arguments.text, limit=MAX_TEXT + 1)
    files = [read_file(Path(name)) for name in arguments.attach]
    with opened_client(context) as client:
        post = post_of(context, client)
        request_id = find_request(client, arguments.request)
        message_id = reply(client, request_id, text, files=files).result
        try_sync(context, client, post)
        conversation = open_request(client, request_id)
    stage = next(one.stage.word for one in conversation.messages if one.id == message_id and one.stage)
    row = conversation.request
    document = {"reference": row.reference, "id": message_id, "state": stage, "ticket": row.ticket}
    context.answer(document, [context.texts.text(f"hilfe.reply.{stage}", reference=row.reference)])
    return DONE
