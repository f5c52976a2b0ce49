"""`ersthelfer handover NUMBER --to PARTNER --out DIR`: PDF, JSON and attachments for the second or third level.

What is missing is named in the answer; with `--complete` a hand-over with gaps is refused (exit code 1).
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import AppError, ErrorKind
from desktop.base.texts import LANGUAGES, load_texts
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened
from desktop.domain.handover import Handover, HandoverField, Order, PassOn, is_complete, missing, unanswered
from desktop.domain.handover_fields import answer_of

if TYPE_CHECKING:
    from desktop.services.handover import HandedOver
    from desktop.services.work import Work

_ENTERED = tuple(one for one in HandoverField if one is not HandoverField.TASK)


def declare(parser: Parser) -> None:
    """Add the arguments of `handover`."""
    text = parser.texts.text
    parser.add_argument("number", metavar="NUMBER", help=text("cli.ticket.number"))
    parser.add_argument("--to", required=True, metavar="PARTNER", help=text("cli.handover.to"))
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help=text("cli.handover.out"))
    parser.add_argument("--task", default="", metavar="TEXT", help=text("cli.handover.task"))
    for one in _ENTERED:
        hint = text("cli.handover.entry", field=text(f"handover.field.{one.value}"))
        parser.add_argument(f"--{one.value}", dest=f"entry_{one.value}", default="", metavar="TEXT", help=hint)
    parser.add_argument("--answer", action="append", default=[], metavar="FIELD=TEXT", help=text("cli.handover.answer"))
    parser.add_argument("--reason", default="", metavar="TEXT", help=text("cli.handover.reason"))
    parser.add_argument("--inform", default="", metavar="TEXT", help=text("cli.handover.inform"))
    parser.add_argument("--in", dest="pages_in", choices=LANGUAGES, default="", help=text("cli.handover.in"))
    parser.add_argument("--zip", action="store_true", help=text("cli.handover.zip"))
    parser.add_argument("--complete", action="store_true", help=text("cli.handover.complete"))


def run(context: Context, arguments: Namespace) -> int:
    """Collect, check, write and record."""
    from desktop.cli.desk.posting import send_waiting
    from desktop.cli.desk.ticket_answers import ticket_document
    from desktop.services.handover import collect_handover, hand_over

    language = arguments.pages_in or context.texts.language
    entries = {one: getattr(arguments, f"entry_{one.value}") for one in _ENTERED}
    order = Order(arguments.task, {name: text for name, text in entries.items() if text}, arguments.reason)
    command = PassOn(arguments.out.absolute(), language, as_zip=arguments.zip, inform=arguments.inform)
    with opened(context) as work:
        handover = collect_handover(work, arguments.number, arguments.to, order)
        if arguments.answer:
            _keep_answers(work, handover, arguments.answer)
            handover = collect_handover(work, arguments.number, arguments.to, order)
        if arguments.complete and not is_complete(handover):
            names = ", ".join(_gaps(context, handover))
            raise AppError("handover.incomplete", kind=ErrorKind.CHECK_FAILED, parameters={"fields": names})
        done = hand_over(work, command, handover, _pages(context, handover, language))
    send_waiting(context)
    document = {
        "path": str(done.result.path),
        "files": list(done.result.files),
        "missing": [one.value for one in done.result.missing],
        "unanswered": [one.field.id for one in done.result.unanswered],
        "ticket": ticket_document(context.texts, done.result.ticket),
    }
    context.answer(document, _lines(context, done.result))
    return DONE


def _gaps(context: Context, handover: Handover) -> Iterator[str]:
    yield from (context.texts.text(f"handover.field.{one.value}") for one in missing(handover))
    yield from (one.field.text.say(context.texts.language) for one in unanswered(handover))


def _keep_answers(work: Work, handover: Handover, given: list[str]) -> None:
    """Keep `FIELD=TEXT` with the run that wants it; nothing after the "=" is "I do not know"."""
    from desktop.services.wizard_runs import FillField, fill_field

    wanted = {one.field.id: one for one in unanswered(handover)}
    for one in given:
        name, _, text = one.partition("=")
        field = wanted.get(name.strip())
        if field is None:
            raise AppError("handover.no_field", kind=ErrorKind.USAGE, parameters={"name": name[:60]})
        answer = answer_of(field.field, text)
        fill_field(work, FillField(handover.page.row.id, field.run, field.field.id, answer))


def _pages(context: Context, handover: Handover, language: str) -> bytes:
    if context.render_pdf is None:
        raise AppError("cli.no_pages", kind=ErrorKind.ENVIRONMENT)
    return context.render_pdf(handover, load_texts(language))


def _lines(context: Context, done: HandedOver) -> Iterator[str]:
    yield context.texts.text("cli.handover.done", number=done.ticket.number, path=str(done.path))
    yield from (f"  {name}" for name in done.files)
    for one in done.missing:
        yield context.texts.text("cli.handover.missing", field=context.texts.text(f"handover.field.{one.value}"))
    for asked in done.unanswered:
        yield context.texts.text("cli.handover.missing", field=asked.field.text.say(context.texts.language))
