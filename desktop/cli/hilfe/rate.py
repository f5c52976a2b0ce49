"""`ersthelfer-hilfe rate REQUEST 1-4`: the answer to "Is your problem solved?"."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client, post_of, try_sync


def declare(parser: Parser) -> None:
    """Add the arguments of `rate`."""
    text = parser.texts.text
    parser.add_argument("request", metavar="REQUEST", help=text("hilfe.request"))
    parser.add_argument(
        "rating", type=int, nargs="?", default=0, choices=range(1, 5), metavar="1-4", help=text("hilfe.rate.rating")
    )
    parser.add_argument("--comment", default="", help=text("hilfe.rate.comment"))
    parser.add_argument("--not-solved", action="store_true", help=text("hilfe.rate.not_solved"))


def run(context: Context, arguments: Namespace) -> int:
    """Store the verdict, then try to deliver it at once."""
    from desktop.base.errors import AppError, ErrorKind
    from desktop.client.conversation import Rate, find_request, rate
    from desktop.client.status import open_request

    if not arguments.rating and not arguments.not_solved:
        raise AppError("request.rating", kind=ErrorKind.USAGE, parameters={"rating": ""})
    with opened_client(context) as client:
        post = post_of(context, client)
        request_id = find_request(client, arguments.request)
        solved = not arguments.not_solved
        rate(client, Rate(request_id, solved=solved, rating=arguments.rating, comment=arguments.comment))
        try_sync(context, client, post)
        row = open_request(client, request_id).request
    document = {"reference": row.reference, "answer": row.answer.value, "rating": row.rating, "ticket": row.ticket}
    context.answer(document, [context.texts.text(f"hilfe.rate.{row.answer.value}", reference=row.reference)])
    return DONE
