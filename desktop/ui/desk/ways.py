"""Where a click, a key or a page's wish leads in the main window: a place, a page, a ticket and what to do with it.

Made after the first picture, which leads nowhere yet.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from desktop.domain.rows import TicketPage
from desktop.ui.desk.navigation import Navigation
from desktop.ui.desk.pages import Pages
from desktop.ui.desk.ticket_area import TicketArea

if TYPE_CHECKING:
    from desktop.ui.desk.search_popup import Target

WithPage = Callable[[TicketPage], None]


def _nothing(_page: TicketPage) -> None:
    """Wait for no ticket."""


class Ways:
    """Knows the ticket that is shown, and what waits for the one that is being read."""

    def __init__(self, area: TicketArea, pages: Pages, navigation: Navigation, stack: QStackedWidget) -> None:
        self._area, self._pages, self._navigation, self._stack = area, pages, navigation, stack
        self.page: TicketPage | None = None
        self._then: tuple[str, WithPage] = ("", _nothing)

    def going_to(self, place: str) -> Callable[[], None]:
        """Return what goes to a place of the navigation."""
        return partial(self.go_to, place)

    def go_to(self, place: str) -> None:
        """Mark a place in the navigation and open it."""
        self._navigation.show_place(place)
        self.open_place(place)

    def open_place(self, place: str) -> None:
        """Show a view of tickets or one of the pages beside them."""
        if place.startswith("view."):
            self._stack.setCurrentWidget(self._area)
            self._area.open_view(place.removeprefix("view."))
        elif place:
            self._pages.open_place(place)

    def navigate(self, kind: str, target: str) -> None:
        """Go where a page wants to; kinds as in `context.ChangeBus.navigated`."""
        if kind == "ticket":
            self.open_ticket(target)
        elif kind in ("checklist", "handover"):
            self.open_and(target, self._pages.opener(kind))
        elif kind == "list":
            self._pages.open_list(target)
        elif kind == "device":
            self._navigation.show_place("devices")
            self._pages.open_device(target)
        elif kind == "inventory":
            self._navigation.show_place("devices")
            self._pages.open_inventory()
        elif kind == "wizard":
            self._navigation.show_place("wizards")
            self._pages.open_wizard(target)
        elif kind == "devices":
            self.go_to(kind)

    def open_found(self, target: Target) -> None:
        """Open what was chosen among the results of the search; commands are not for here."""
        if target.kind in ("ticket", "message"):
            self.open_ticket(target.id)
        elif target.kind == "device":
            self.navigate("device", target.id)
        elif target.kind == "person":
            self._pages.open_person(target.id)
            self._navigation.show_place("people")

    def open_ticket(self, ticket: str) -> None:
        """Show a ticket by id or number."""
        self._stack.setCurrentWidget(self._area)
        self._navigation.show_place(f"view.{self._area.view}")
        self._area.open_ticket(ticket)

    def open_and(self, ticket: str, then: WithPage) -> None:
        """Show a ticket and, as soon as it is read, do something with it."""
        self.open_ticket(ticket)
        if self.page is not None and ticket in (self.page.row.id, self.page.row.number):
            then(self.page)
        else:
            self._then = (ticket, then)

    def arrive(self, page: TicketPage) -> None:
        """Take note of the ticket that is shown now, and do what waited for it."""
        self.page = page
        wanted, then = self._then
        if wanted in (page.row.id, page.row.number):
            self._then = ("", _nothing)
            then(page)

    def with_page(self, then: WithPage) -> None:
        """Do something with the ticket that is shown, if there is one."""
        if self.page is not None:
            self._area.ticket.with_page(then)

    def write(self, ticket: str, kind: str, text: str) -> None:
        """Show a ticket and put a text into its composer."""
        self.open_and(ticket, lambda _page: self._area.ticket.composer.propose(kind, text))
