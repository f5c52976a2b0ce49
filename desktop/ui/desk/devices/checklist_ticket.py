"""The ticket on which a checklist for a device runs: its newest open one, else a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.base.changes import Done
from desktop.domain.commands import CreateTicket
from desktop.domain.rows import TicketPage
from desktop.domain.ticket import Channel

if TYPE_CHECKING:
    from desktop.services.work import Work


def ticket_for(device_id: str, title_of: Callable[[str], str]) -> Callable[[Work], Done[TicketPage]]:
    """Return what finds or makes the ticket; `title_of` makes a title from the device's name."""

    def act(work: Work) -> Done[TicketPage]:
        from desktop.services.devices import show_device  # loads SQLAlchemy
        from desktop.services.lists import open_ticket
        from desktop.services.tickets import create_ticket

        page = show_device(work, device_id, limit=50)
        active = next((one for one in page.tickets if one.state_type.is_active), None)
        if active is not None:
            return Done(open_ticket(work, active.id))
        person = page.row.person_id
        command = CreateTicket(title_of(page.row.name), person_id=person, device_id=device_id, channel=Channel.WALK_IN)
        made = create_ticket(work, command)
        return Done(open_ticket(work, made.result.id), made.changes)

    return act
