"""`ersthelfer-hilfe status`: my requests with everything said about them, and what still waits."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client
from desktop.domain.ticket import StateType

if TYPE_CHECKING:
    from desktop.client.rows import ChatMessage, Conversation
    from desktop.domain.wizard.problems import Problem


def declare(parser: Parser) -> None:
    """`status` takes no arguments of its own."""


def run(context: Context, _arguments: Namespace) -> int:
    """Show what this PC knows, without looking into the folder."""
    from desktop.client.overview import overview
    from desktop.client.runs import count_solved
    from desktop.client.status import list_requests, open_request
    from desktop.client.wizards import left_out_here

    with opened_client(context) as client:
        conversations = [open_request(client, row.id) for row in list_requests(client)]
        seen = overview(client)
        solved = count_solved(client)
        refused = {name: _first_error(found) for name, found in left_out_here(client).items()}
    document = {
        "company": seen.company,
        "admission": seen.admission,
        "requests": [_document(one) for one in conversations],
        "outbox": seen.waiting,
        "solved_by_self_help": solved,
        "refused_checklists": [
            {"id": name, "rule": one.rule.value, "text": context.texts.render(one.text)}
            for name, one in refused.items()
        ],
    }
    rows = [
        (one.request.reference, one.request.ticket, _state(context, one), one_line(one.request.title))
        for one in conversations
    ]
    admission = context.texts.text(f"hilfe.admission.{seen.admission or 'none'}")
    waiting = context.texts.plural("hilfe.sync.waiting", seen.waiting)
    context.answer(document, [admission, *table(rows), waiting, *(_refused(context, *one) for one in refused.items())])
    return DONE


def _first_error(found: tuple[Problem, ...]) -> Problem:
    return next((one for one in found if one.is_error), found[0])


def _refused(context: Context, name: str, why: Problem) -> str:
    told = one_line(context.texts.render(why.text), width=300)
    return context.texts.text("hilfe.status.refused_checklist", name=one_line(name), why=told)


def _state(context: Context, one: Conversation) -> str:
    word = one.request.state_word
    known = word in {state.value for state in StateType}
    return context.texts.text(f"state.{word}" if known else f"hilfe.stage.{word}")


def _document(one: Conversation) -> dict[str, object]:
    row = one.request
    return {
        "id": row.id,
        "reference": row.reference,
        "ticket": row.ticket,
        "state": row.state_word,
        "title": row.title,
        "assignee": row.assignee,
        "has_news": row.has_news,
        "answer": row.answer.value,
        "rating": row.rating,
        "messages": [_message(message) for message in one.messages],
    }


def _message(one: ChatMessage) -> dict[str, object]:
    return {
        "from": "me" if one.is_mine else "it",
        "author": one.author,
        "text": one.text,
        "at": one.at.isoformat(),
        "files": [{"name": file.name, "size": file.size} for file in one.files],
    }
