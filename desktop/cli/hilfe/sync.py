"""`ersthelfer-hilfe sync`: deliver what waits and fetch what the IT answered."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client, post_of


def declare(parser: Parser) -> None:
    """`sync` takes no arguments of its own."""


def run(context: Context, _arguments: Namespace) -> int:
    """Run one round; 1 where nothing came or went, 3 where the folder cannot be used."""
    from desktop.client.sync import sync

    with opened_client(context) as client:
        post = post_of(context, client)
        post.retry_now()  # whoever types this wants it now, whatever pause the schedule is in
        outcome = sync(client, post)
    problem = context.texts.error(outcome.problem).what if outcome.problem else ""
    news = [{"kind": one.kind, "request": one.request_id, "title": one.title} for one in outcome.news]
    lines = [
        context.texts.plural("hilfe.sync.news", len(news)),
        context.texts.plural("hilfe.sync.waiting", outcome.waiting),
    ]
    context.answer(
        {"news": news, "outbox": outcome.waiting, "problem": problem}, [*lines, *([problem] if problem else [])]
    )
    if outcome.problem:
        return int(outcome.problem.kind)
    return DONE if outcome.changes.items else NOTHING_TO_DO
