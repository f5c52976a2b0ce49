"""`ersthelfer ticket list|show|new|reply|note|assign|set|wait|solve|close|reopen`: everything about tickets."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop.cli.common.arguments import Actions, Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened
from desktop.domain.ticket import CATEGORIES, Channel, Impact, Kind, Level, Priority, Urgency, WaitingReason

_CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.MAIL, Channel.COMMAND_LINE)


def declare(parser: Parser) -> None:
    """Add the arguments of `ticket`."""
    actions = parser.actions()
    _declare_reading(actions)
    _declare_new(actions)
    _declare_talking(actions)
    _declare_fields(actions)
    _declare_states(actions)


def run(context: Context, arguments: Namespace) -> int:
    """Read or change; every changing command answers with the ticket."""
    if arguments.action == "list":
        return _list(context, arguments)
    if arguments.action == "show":
        return _show(context, arguments)
    from desktop.cli.desk.posting import send_waiting
    from desktop.cli.desk.ticket_answers import answer_ticket
    from desktop.cli.desk.ticket_changes import change

    with opened(context) as work:
        row = change(context, work, arguments)
    send_waiting(context)
    return answer_ticket(context, row)


def _declare_reading(actions: Actions) -> None:
    listing = actions.add("list", "cli.ticket.list")
    text = listing.texts.text
    listing.add_argument("--view", default="active", metavar="NAME", help=text("cli.ticket.view"))
    listing.add_argument("--query", default="", metavar="TEXT", help=text("cli.ticket.query"))
    listing.add_argument("--limit", type=_positive, default=50, metavar="N", help=text("cli.limit"))
    _numbered(actions, "show", "cli.ticket.show")


def _declare_new(actions: Actions) -> None:
    new = actions.add("new", "cli.ticket.new")
    text = new.texts.text
    new.add_argument("title", help=text("cli.ticket.title"))
    new.add_argument("--text", default="", help=text("cli.ticket.text"))
    new.add_argument("--person", default="", metavar="NAME", help=text("cli.ticket.person"))
    new.add_argument("--device", default="", metavar="NAME", help=text("cli.ticket.device"))
    new.add_argument("--category", choices=CATEGORIES, default="other", help=text("cli.ticket.category"))
    new.add_argument("--kind", choices=[one.value for one in Kind], default="fault", help=text("cli.ticket.kind"))
    new.add_argument("--impact", choices=[one.value for one in Impact], default="me", help=text("cli.ticket.impact"))
    urgencies = [one.value for one in Urgency]
    new.add_argument("--urgency", choices=urgencies, default="limited", help=text("cli.ticket.urgency"))
    channels = [one.value for one in _CHANNELS]
    new.add_argument("--channel", choices=channels, default="command_line", help=text("cli.ticket.channel"))
    new.add_argument("--minutes", type=int, default=0, metavar="N", help=text("cli.ticket.minutes"))
    new.add_argument("--solution", default="", metavar="TEXT", help=text("cli.ticket.solution"))
    _attachable(new)


def _declare_talking(actions: Actions) -> None:
    for name in ("reply", "note"):
        one = _numbered(actions, name, f"cli.ticket.{name}")
        one.add_argument("text", help=one.texts.text("cli.ticket.said"))
        _attachable(one)
        if name == "reply":
            then = one.texts.text("cli.ticket.then")
            one.add_argument("--then", choices=("open", "waiting", "solved"), default="open", help=then)


def _declare_fields(actions: Actions) -> None:
    assign = _numbered(actions, "assign", "cli.ticket.assign")
    text = assign.texts.text
    assign.add_argument("technician", nargs="?", default="", help=text("cli.ticket.technician"))
    assign.add_argument("--nobody", action="store_true", help=text("cli.ticket.nobody"))
    setting = _numbered(actions, "set", "cli.ticket.set")
    setting.add_argument("--title", help=text("cli.ticket.title"))
    setting.add_argument("--category", choices=CATEGORIES, help=text("cli.ticket.category"))
    priorities = [*(one.code for one in Priority), "proposed"]
    setting.add_argument("--priority", choices=priorities, help=text("cli.ticket.priority"))
    setting.add_argument("--reason", default="", metavar="TEXT", help=text("cli.ticket.reason"))
    setting.add_argument("--level", type=int, choices=[int(one) for one in Level], help=text("cli.ticket.level"))
    setting.add_argument("--impact", choices=[one.value for one in Impact], help=text("cli.ticket.impact"))
    setting.add_argument("--urgency", choices=[one.value for one in Urgency], help=text("cli.ticket.urgency"))
    setting.add_argument("--person", metavar="NAME", help=text("cli.ticket.person"))
    setting.add_argument("--device", metavar="NAME", help=text("cli.ticket.device"))


def _declare_states(actions: Actions) -> None:
    wait = _numbered(actions, "wait", "cli.ticket.wait")
    text = wait.texts.text
    reasons = [one.value for one in WaitingReason]
    wait.add_argument("--reason", choices=reasons, default="answer", help=text("cli.ticket.waiting_reason"))
    wait.add_argument("--until", default="+2", metavar="DATE", help=text("cli.ticket.until"))
    solve = _numbered(actions, "solve", "cli.ticket.solve")
    solve.add_argument("--text", default="", help=text("cli.ticket.solved_text"))
    _numbered(actions, "close", "cli.ticket.close")
    reopen = _numbered(actions, "reopen", "cli.ticket.reopen")
    reopen.add_argument("--reason", default="", metavar="TEXT", help=text("cli.ticket.reason"))


def _numbered(actions: Actions, name: str, code: str) -> Parser:
    one = actions.add(name, code)
    one.add_argument("number", metavar="NUMBER", help=one.texts.text("cli.ticket.number"))
    return one


def _attachable(parser: Parser) -> None:
    hint = parser.texts.text("cli.ticket.attach")
    parser.add_argument("--attach", type=Path, nargs="+", default=[], metavar="FILE", help=hint)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _list(context: Context, arguments: Namespace) -> int:
    from desktop.cli.desk.ticket_answers import ticket_document, ticket_lines
    from desktop.services.lists import list_tickets

    with opened(context) as work:
        found = list_tickets(work, arguments.view, query=arguments.query, limit=arguments.limit)
    document = {"tickets": [ticket_document(context.texts, one) for one in found.rows], "total": found.total}
    context.answer(document, ticket_lines(context.texts, found.rows, found.total))
    return DONE


def _show(context: Context, arguments: Namespace) -> int:
    from desktop.cli.desk.ticket_answers import page_document, page_lines
    from desktop.services.lists import open_ticket
    from desktop.services.wizard_library import read_library

    with opened(context) as work:
        page = open_ticket(work, arguments.number)
        lines = page_lines(context.texts, page, lambda: read_library(work).wizards)
        context.answer(page_document(context.texts, page), lines)
    return DONE
