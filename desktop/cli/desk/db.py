"""`ersthelfer db upgrade`: the database on the state of this version; exit code 1 where it already was."""

from __future__ import annotations

from argparse import Namespace

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.context import Context


def declare(parser: Parser) -> None:
    """Add the arguments of `db`."""
    parser.actions().add("upgrade", "cli.db.upgrade")


def run(context: Context, _arguments: Namespace) -> int:
    """Upgrade, and say from where to where."""
    from desktop.services.upgrading import upgrade_database
    from desktop.services.work import database_path

    path = database_path(context.home)
    if not path.exists():
        raise AppError("cli.no_company", kind=ErrorKind.ENVIRONMENT, parameters={"home": str(context.home.data)})
    report = upgrade_database(context.home)
    is_done = report.before != report.after
    code = "cli.db.upgraded" if is_done else "cli.db.current"
    line = context.texts.text(code, before=report.before, after=report.after)
    context.answer({"database": str(path), "before": report.before, "after": report.after}, [line])
    return DONE if is_done else NOTHING_TO_DO
