"""What the tables share: the metadata with its names for constraints, and the usual columns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[Any]:
    """Return the usual primary key: a UUIDv7 as text."""
    return Column("id", Text, primary_key=True)


def words(name: str) -> Column[Any]:
    """Return a text column that is empty rather than null."""
    return Column(name, Text, nullable=False, server_default="")


def number(name: str, default: int = 0) -> Column[Any]:
    """Return a whole-number column that is never null."""
    return Column(name, Integer, nullable=False, server_default=str(default))


def moment(name: str, *, required: bool = True) -> Column[Any]:
    """Return a column for a moment in UTC as `base.clock.to_text` writes it."""
    return Column(name, Text, nullable=not required)


def link(name: str, target: str, *, required: bool = False) -> Column[Any]:
    """Return a reference to another table's id."""
    return Column(name, Text, ForeignKey(target), nullable=not required)


def version() -> Column[Any]:
    """Return the counter that guards a row against two people changing it at once."""
    return number("version", 1)
