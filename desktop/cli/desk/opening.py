"""Opens the Desk's data for one command and closes it again, whatever happens."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.context import Context

if TYPE_CHECKING:
    from desktop.services.company import OpenCompany
    from desktop.services.work import Work


@contextmanager
def opened(context: Context) -> Generator[Work]:
    """Give the surroundings of the use cases, as the first technician.

    Raises AppError `cli.no_company` where `init` has not run, and those of `services.work.open_store`.
    """
    from desktop.services.work import open_work  # brings SQLAlchemy along

    _check_there_is_one(context)
    work = open_work(context.home, context.clock)
    try:
        yield work
    finally:
        work.store.close()


@contextmanager
def opened_company(context: Context) -> Generator[OpenCompany]:
    """Give the company with its keys and mailbox. Raises AppError `secrets.*` besides those of `opened`."""
    from desktop.services.company import open_company  # brings SQLAlchemy and the crypto library along

    _check_there_is_one(context)
    company = open_company(context.home, context.secrets(), clock=context.clock)
    try:
        yield company
    finally:
        company.close()


def _check_there_is_one(context: Context) -> None:
    from desktop.services.work import database_path

    if not database_path(context.home).exists():
        raise AppError("cli.no_company", kind=ErrorKind.ENVIRONMENT, parameters={"home": str(context.home.data)})
