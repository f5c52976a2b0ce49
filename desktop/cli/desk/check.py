"""`ersthelfer check`: database, full-text index, audit chain, attachments, settings; exit code 1 where one fails."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened


def declare(parser: Parser) -> None:
    """`check` takes no arguments of its own."""
    del parser


def run(context: Context, _arguments: Namespace) -> int:
    """Examine everything and print a line for each part."""
    from desktop.services.check import check

    with opened(context) as work:
        report = check(work, context.home)
    checks = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in report.checks]
    text = context.texts.text
    rows = [
        (text("cli.check.ok" if one.ok else "cli.check.bad"), text(f"check.{one.name}"), one_line(one.detail, width=80))
        for one in report.checks
    ]
    context.answer({"ok": report.ok, "checks": checks}, table(rows))
    return DONE if report.ok else NOTHING_TO_DO
