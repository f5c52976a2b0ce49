"""`ersthelfer inbox import`: take in what waits in the mailbox, then send what waits for the PCs.

Exit code 1 where nothing waited in either direction.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened_company
from desktop.domain.payloads import Fate

if TYPE_CHECKING:
    from desktop.services.intake import ImportedMessage, ImportReport


def declare(parser: Parser) -> None:
    """Add the arguments of `inbox`."""
    parser.actions().add("import", "cli.inbox.import")


def run(context: Context, _arguments: Namespace) -> int:
    """Import, deliver, and print a line for each message with its fate."""
    from desktop.services.intake import import_mailbox
    from desktop.services.outgoing import deliver

    with opened_company(context) as company:
        report = import_mailbox(company.work, company.post).result
        company.post.retry_now()  # whoever types this wants it now, whatever pause the schedule is in
        sent = deliver(company.work, company.post).result
    document = {
        "messages": [
            {
                "id": one.id,
                "file": one.file,
                "fate": one.fate.value,
                "ticket": one.ticket or None,
                "reason": one.reason or None,
            }
            for one in report.messages
        ],
        "counts": report.counts,
        "delivered": sent.delivered,
        "acknowledged": sent.acknowledged,
        "outbox": sent.waiting,
    }
    problem = report.problem or sent.problem
    if problem is not None:
        raise problem
    context.answer(document, _lines(context, report, sent.delivered))
    return DONE if report.messages or sent.delivered or sent.acknowledged else NOTHING_TO_DO


def _lines(context: Context, report: ImportReport, delivered: int) -> Iterator[str]:
    text = context.texts.text
    if not report.messages:
        yield text("cli.inbox.empty")
    yield from table(
        [
            (text(f"cli.fate.{one.fate.value}"), one.ticket, one_line(one.file, width=60), _reason(context, one))
            for one in report.messages
        ]
    )
    if delivered:
        yield context.texts.plural("cli.inbox.delivered", delivered)


def _reason(context: Context, one: ImportedMessage) -> str:
    """Say why a message was put aside or has to wait; the document keeps the bare code."""
    if not one.reason:
        return ""
    area = "quarantine" if one.fate is Fate.QUARANTINED else "intake"
    return context.texts.text(f"{area}.{one.reason}")
