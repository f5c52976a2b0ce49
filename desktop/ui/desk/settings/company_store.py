"""What the company shares, read and changed on the database lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from desktop.base.changes import Done

if TYPE_CHECKING:
    from desktop.services.work import Work


Change: TypeAlias = "Callable[[Work], Done[object]]"
"""Changes what the company shares, on the database lane."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The company as the settings show it, and who looks at them."""

    company: str
    mailbox: str
    help_phone: str
    my_id: str
    my_name: str


def read_shared(work: Work) -> Shared:
    """Read the company and the acting technician's present name."""
    from desktop.services.company import read_company  # loads SQLAlchemy
    from desktop.services.technicians import list_technicians

    row = read_company(work)
    mine = next((one for one in list_technicians(work) if one.is_me), None)
    return Shared(
        company=row.name,
        mailbox=str(row.mailbox),
        help_phone=row.help_phone,
        my_id=mine.id if mine else "",
        my_name=mine.name if mine else "",
    )


def changing_phone(phone: str) -> Change:
    """Return what changes the line to call."""

    def act(work: Work) -> Done[object]:
        from desktop.services.company import update_company  # loads SQLAlchemy

        done = update_company(work, help_phone=phone)
        return Done(done.result, done.changes)

    return act


def renaming(technician_id: str, name: str) -> Change:
    """Return what changes the technician's name."""

    def act(work: Work) -> Done[object]:
        from desktop.services.technicians import rename_technician  # loads SQLAlchemy

        done = rename_technician(work, technician_id, name)
        return Done(done.result, done.changes)

    return act
