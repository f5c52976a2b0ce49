"""Looks technicians up for the use cases that name one."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.base.errors import AppError, ErrorKind
from desktop.models.technician_queries import find_technician


def technician_name(connection: Connection, technician_id: str) -> str:
    """Return a technician's name. Raises AppError `technician.unknown`."""
    found = find_technician(connection, technician_id)
    if found is None:
        raise AppError("technician.unknown", kind=ErrorKind.USAGE, parameters={"name": technician_id[:60]})
    return found.name
