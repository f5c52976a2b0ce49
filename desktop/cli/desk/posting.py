"""Sends what a command has just put into the outbox, so that a script's reply is on its way when the command ends."""

from __future__ import annotations

from desktop.base.errors import AppError
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened, opened_company


def send_waiting(context: Context) -> None:
    """Deliver what waits for PCs; where keys or folder are not to be had, say that the Desk or `inbox import` will.

    The change itself is done and safe in the database, so a fault of the delivery never fails the command.
    """
    from desktop.services.outgoing import count_undelivered, deliver

    with opened(context) as work:
        if not count_undelivered(work):
            return
    try:
        with opened_company(context) as company:
            problem = deliver(company.work, company.post).result.problem
    except AppError as error:
        problem = error
    if problem is not None:
        context.say("cli.posting.later", reason=context.texts.error(problem).what)
