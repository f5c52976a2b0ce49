"""`ersthelfer-hilfe send --text TEXT …`: send a request, with this machine's facts unless they are declined."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Literal

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client, post_of, try_sync

if TYPE_CHECKING:
    from desktop.client.context import Client


def declare(parser: Parser) -> None:
    """Add the arguments of `send`."""
    from desktop.domain.ticket import CATEGORIES, Impact, Urgency

    text = parser.texts.text
    parser.add_argument("--text", required=True, help=text("hilfe.send.text"))
    parser.add_argument("--category", choices=CATEGORIES, default="other", help=text("hilfe.send.category"))
    impacts, urgencies = [one.value for one in Impact], [one.value for one in Urgency]
    parser.add_argument("--impact", choices=impacts, default=Impact.ME.value, help=text("hilfe.send.impact"))
    parser.add_argument("--urgency", choices=urgencies, default=Urgency.LIMITED.value, help=text("hilfe.send.urgency"))
    parser.add_argument("--phone", default="", help=text("hilfe.send.phone"))
    parser.add_argument("--reachable", default="", help=text("hilfe.send.reachable"))
    parser.add_argument(
        "--attach", action="extend", nargs="+", default=[], metavar="FILE", help=text("hilfe.send.attach")
    )
    parser.add_argument("--level", choices=("basic", "full", "none"), help=text("hilfe.send.level"))


def _offered(client: Client) -> Literal["basic", "full", "none"]:
    """Return how much goes along where nobody says: what the company offers, else what comes at once."""
    from desktop.client.policy import load_policy

    policy = load_policy(client)
    known: dict[str, Literal["basic", "full", "none"]] = {"full": "full", "none": "none"}
    return known.get(policy.level, "basic") if policy else "basic"


def run(context: Context, arguments: Namespace) -> int:
    """Store the request, then try to deliver it at once."""
    from pathlib import Path

    from desktop.client.facts import collect_facts, consent_to, default_off, sendable
    from desktop.client.files import read_file
    from desktop.client.requests import SendRequest, prepare_request, send_request
    from desktop.client.status import open_request
    from desktop.domain.payloads import MAX_TEXT
    from desktop.domain.ticket import Impact, Urgency

    files = tuple(read_file(Path(name)) for name in arguments.attach)
    with opened_client(context) as client:
        post = post_of(context, client)
        level = arguments.level or _offered(client)
        off = frozenset[str]() if arguments.level == "full" else default_off()  # all only for who asks for all
        snapshot = None if level == "none" else sendable(client, collect_facts(level, client=client), off)
        command = SendRequest(
            text=context.given(arguments.text, limit=MAX_TEXT + 1),
            category=arguments.category,
            impact=Impact(arguments.impact),
            urgency=Urgency(arguments.urgency),
            phone=arguments.phone or None,
            reachable=arguments.reachable,
            language=context.texts.language,
            files=files,
            snapshot=snapshot,
            consent=consent_to(off) if snapshot else {},
        )
        request_id = send_request(client, prepare_request(client, command)).result
        try_sync(context, client, post)
        row = open_request(client, request_id).request
    document = {"reference": row.reference, "id": row.id, "state": row.stage.word, "ticket": row.ticket}
    line = context.texts.text(f"hilfe.send.{row.stage.word}", reference=row.reference)
    context.answer(document, [line])
    return DONE
