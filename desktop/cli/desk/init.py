"""`ersthelfer init --company NAME --mailbox DIR [--demo]`: a company with keys, database, mailbox and invitation."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened

if TYPE_CHECKING:
    from desktop.services.company import NewCompany


def declare(parser: Parser) -> None:
    """Add the arguments of `init`."""
    text = parser.texts.text
    parser.add_argument("--company", required=True, metavar="NAME", help=text("cli.init.company"))
    parser.add_argument("--mailbox", required=True, type=Path, metavar="DIR", help=text("cli.init.mailbox"))
    parser.add_argument("--technician", default="", metavar="NAME", help=text("cli.init.technician"))
    parser.add_argument("--phone", default="", metavar="NUMBER", help=text("cli.init.phone"))
    parser.add_argument("--devices", type=int, default=5, metavar="N", help=text("cli.init.devices"))
    parser.add_argument("--demo", action="store_true", help=text("cli.init.demo"))


def run(context: Context, arguments: Namespace) -> int:
    """Make the company, with `--demo` fill it, and print the paths."""
    from desktop.services.company import CreateCompany, create_company

    command = CreateCompany(
        name=arguments.company,
        mailbox=arguments.mailbox.expanduser().absolute(),
        technician=arguments.technician or _default_technician(is_demo=arguments.demo),
        help_phone=arguments.phone,
        devices=max(0, arguments.devices),
        language=context.texts.language,
    )
    made = create_company(context.home, context.secrets(), command, clock=context.clock)
    document: dict[str, object] = {
        "home": str(context.home.data.parent),
        "mailbox": str(made.company.mailbox),
        "invitation": str(made.invitation),
        "database": str(made.database),
        "recovery_words": list(made.recovery_words),
    }
    if arguments.demo:
        context.say("cli.init.filling")
        document["demo"] = _fill(context)
    context.answer(document, _lines(context, made))
    return DONE


def _fill(context: Context) -> dict[str, int]:
    from desktop.services.demo import fill_demo

    with opened(context) as work:
        done = fill_demo(work).result
    return {"people": done.people, "devices": done.devices, "tickets": done.tickets}


def _default_technician(*, is_demo: bool) -> str:
    if is_demo:
        return "Katrin Velden"
    return os.environ.get("USER") or os.environ.get("USERNAME") or "IT"


def _lines(context: Context, made: NewCompany) -> Iterator[str]:
    text = context.texts.text
    yield text("cli.init.done", company=made.company.name)
    yield text("cli.init.mailbox_at", path=str(made.company.mailbox))
    yield text("cli.init.database_at", path=str(made.database))
    yield text("cli.init.invitation_at", path=str(made.invitation))
    yield ""
    yield text("cli.init.recovery")
    words = made.recovery_words
    yield from (f"  {' '.join(words[start : start + 6])}" for start in range(0, len(words), 6))
