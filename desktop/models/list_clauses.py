"""The list statements as SQLAlchemy clauses, each parsed for its parameters once: that costs as much as the query."""

from __future__ import annotations

from functools import cache

from sqlalchemy import TextClause, bindparam, text

from desktop.models.list_queries import count_statement, list_statement
from desktop.models.view_sql import COUNT_VIEWS


@cache
def list_clause(view: str, *, has_after: bool, is_search: bool) -> TextClause:
    """Return the clause of one page of a view."""
    return _bound(list_statement(view, has_after=has_after, is_search=is_search))


@cache
def count_clause(view: str, *, is_search: bool = False) -> TextClause:
    """Return the clause that counts a view, or what a search found of it."""
    statement = count_statement(view)
    return _bound(f"{statement} AND seq IN :seqs" if is_search else statement)


@cache
def badges_clause() -> TextClause:
    """Return the clause of all badges."""
    return text(COUNT_VIEWS)


def _bound(statement: str) -> TextClause:
    clause = text(statement)
    return clause.bindparams(bindparam("seqs", expanding=True)) if ":seqs" in statement else clause
