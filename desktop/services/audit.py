"""Checks that nobody changed the record of what was done."""

from __future__ import annotations

from desktop.models import audit_chain
from desktop.models.audit_chain import ChainReport
from desktop.services.work import Work

__all__ = ["ChainReport", "verify"]


def verify(work: Work) -> ChainReport:
    """Walk the whole audit chain; `broken_at` names the first entry that does not fit, 0 where all do."""
    with work.store.reading() as connection:
        return audit_chain.verify(connection)
