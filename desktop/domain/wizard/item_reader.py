"""Reads the items of a do-confirm list out of a wizard file."""

from __future__ import annotations

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.definition import Confirm, Item
from desktop.domain.wizard.table import Table

MOST_DAYS = 3650  # ten years: an older diagnosis says nothing about anything


def read_item(name: str, table: Table) -> Item:
    """Return one `[item.NAME]`; what is wrong with it goes to the table's problems."""
    item = Item(
        id=name,
        text=table.wording("text"),
        title=table.wording("title"),
        section=table.wording("section"),
        phone=table.wording("phone"),
        lines=tuple(one.words() for one in table.rows("lines")),
        is_required=table.flag("required") if table.has("required") else True,
        confirm=_confirm(table.table("confirm")) if table.has("confirm") else None,
        fact=table.wording("fact"),
    )
    table.finish()
    return item


def _confirm(table: Table) -> Confirm | None:
    finding, state, days = table.text("finding"), table.choice("state", FindingState), table.number("days", 1)
    table.finish()
    if state is FindingState.UNKNOWN:  # what nobody knows confirms nothing
        table.complain("state")
        return None
    if not 1 <= days <= MOST_DAYS:
        table.complain("days")
    return Confirm(finding, state, days) if finding and state else None
