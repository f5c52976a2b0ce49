"""Opens the Desk's data for one command and closes it again, whatever happens."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.context import Context

if TYPE_CHECKING:
    from desktop.services.work import Work


@contextmanager
def opened(context: Context) -> Generator[Work]:
    """Give the surroundings of the use cases, as the first technician.

    Raises AppError `cli.no_company` where `init` has not run, and those of `services.work.open_store`.
    """
    from desktop.services.work import database_path, open_work  # brings SQLAlchemy along

    if not database_path(context.home).exists():
        raise AppError("cli.no_company", kind=ErrorKind.ENVIRONMENT, parameters={"home": str(context.home.data)})
    work = open_work(context.home, context.clock)
    try:
        yield work
    finally:
        work.store.close()
