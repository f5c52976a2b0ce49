"""What the commands do that belong to a part of the window: the tickets, the pages beside them, the appearance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from desktop.ui.common.theme import SCHEMES
from desktop.ui.desk.appearance import Appearance
from desktop.ui.desk.pages import Pages
from desktop.ui.desk.ticket_area import TicketArea

if TYPE_CHECKING:
    from desktop.domain.rows import TicketPage

Doers = Mapping[str, Callable[[], object]]
"""By the id of the command, as in `commands.COMMANDS`."""


def area_doers(area: TicketArea) -> Doers:
    """Return what is done to the list and to the ticket that is open."""
    return {
        "search.view": area.list.open_filter,
        "list.next": lambda: area.step(1),
        "list.previous": lambda: area.step(-1),
        "panel.context": area.toggle_panel,
        "ticket.reply": lambda: area.ticket.composer.write("reply"),
        "ticket.note": lambda: area.ticket.composer.write("note"),
        "ticket.take": lambda: area.ticket.take(),
        "ticket.assign": lambda: area.ticket.header.assignee.showMenu(),
        "ticket.status": lambda: area.ticket.header.status.showMenu(),
        "ticket.priority": lambda: area.ticket.header.priority.showMenu(),
        "ticket.category": lambda: area.ticket.header.category.showMenu(),
        "ticket.wait": lambda: area.ticket.wait_dialog(),
        "ticket.solve": lambda: area.ticket.solve(),
        "ticket.close": lambda: area.ticket.close_ticket(),
        "ticket.reopen": lambda: area.ticket.reopen(),
    }


def page_doers(pages: Pages, with_page: Callable[[Callable[[TicketPage], None]], None]) -> Doers:
    """Return what opens pages and dialogs; `with_page` hands over the ticket that is shown, if there is one."""
    return {
        "ticket.new": pages.open_new,
        "ticket.call": pages.open_call,
        "ticket.checklist": lambda: with_page(pages.open_checklist),
        "ticket.handover": lambda: with_page(pages.open_handover),
        "device.diagnosis": lambda: with_page(pages.open_device_of),
        "device.invite": pages.open_invite,
        "help.keys": pages.open_keys,
        "help.about": pages.open_about,
    }


def appearance_doers(appearance: Appearance) -> Doers:
    """Return what changes colours and text size."""
    return {
        **{f"scheme.{scheme}": partial(appearance.put_on, scheme) for scheme in SCHEMES},
        "text.larger": lambda: appearance.resize_text(1),
        "text.smaller": lambda: appearance.resize_text(-1),
    }
