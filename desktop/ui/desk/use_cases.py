"""The doors to the use cases of a ticket, for pages: SQLAlchemy is loaded only when the first one is opened.

Everything here returns a function to be run on the database lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import AppError, ErrorKind

if TYPE_CHECKING:
    from desktop.base.changes import Done
    from desktop.domain.commands import (
        AddNote,
        Assign,
        Close,
        CreateTicket,
        NewAttachment,
        Reopen,
        Reply,
        Resume,
        SetCategory,
        SetPriority,
        SetTitle,
        Solve,
        Wait,
    )
    from desktop.domain.handover import Handover, PassOn
    from desktop.domain.rows import PartnerRow, SearchHit, TechnicianRow, TicketPage, TicketRow, ViewCount, WizardRunRow
    from desktop.domain.snapshot import Snapshot
    from desktop.services.handover import HandedOver
    from desktop.services.work import Work
    from desktop.ui.desk.ticket_list import ListPage

    TicketCommand = (
        AddNote
        | Assign
        | Close
        | CreateTicket
        | Reopen
        | Reply
        | Resume
        | SetCategory
        | SetPriority
        | SetTitle
        | Solve
        | Wait
    )

_USE_CASES = {
    "AddNote": "add_note",
    "Assign": "assign",
    "Close": "close",
    "CreateTicket": "create_ticket",
    "Reopen": "reopen",
    "Reply": "reply",
    "Resume": "resume",
    "SetCategory": "set_category",
    "SetPriority": "set_priority",
    "SetTitle": "set_title",
    "Solve": "solve",
    "Wait": "wait",
}
"""The function of `services.tickets` that obeys a command, by name so that a start loads none; tested."""


def obeying(command: TicketCommand) -> Callable[[Work], Done[TicketRow]]:
    """Return what carries out a command."""

    def act(work: Work) -> Done[TicketRow]:
        from desktop.services import tickets  # loads SQLAlchemy

        use_case: Callable[[Work, TicketCommand], Done[TicketRow]] = getattr(
            tickets, _USE_CASES[type(command).__name__]
        )
        return use_case(work, command)

    return act


def saving_draft(ticket: str, text: str, *, is_note: bool) -> Callable[[Work], Done[None]]:
    """Return what keeps an unsent text."""

    def act(work: Work) -> Done[None]:
        from desktop.services import tickets  # loads SQLAlchemy

        return tickets.save_draft(work, tickets.SaveDraft(ticket, text, is_note))

    return act


def marking_seen(ticket: str) -> Callable[[Work], Done[None]]:
    """Return what notes that somebody has looked at a ticket."""

    def act(work: Work) -> Done[None]:
        from desktop.services import tickets  # loads SQLAlchemy

        return tickets.mark_seen(work, tickets.MarkSeen(ticket))

    return act


def opening(ticket: str) -> Callable[[Work], TicketPage]:
    """Return what reads a ticket's page."""

    def act(work: Work) -> TicketPage:
        from desktop.services import lists  # loads SQLAlchemy

        return lists.open_ticket(work, ticket)

    return act


_SCREENFUL = 50


def listing(view: str, *, query: str = "", after: str | None = None, limit: int = 0) -> Callable[[Work], ListPage]:
    """Return what reads a screenful of a view, or more where `limit` asks for more tickets."""

    def act(work: Work) -> ListPage:
        from desktop.services import lists  # loads SQLAlchemy
        from desktop.ui.desk.ticket_list import ListPage

        found = lists.list_tickets(work, view, query=query, after=after, limit=max(limit, _SCREENFUL))
        return ListPage(found.rows, found.total, found.next)

    return act


def counting(work: Work) -> tuple[ViewCount, ...]:
    """Read the badges."""
    from desktop.services import lists  # loads SQLAlchemy

    return lists.count_views(work)


def naming_technicians(work: Work) -> tuple[TechnicianRow, ...]:
    """Read who tickets can be given to."""
    from desktop.services import technicians  # loads SQLAlchemy

    return technicians.list_technicians(work)


def reading_attachment(attachment_id: str) -> Callable[[Work], bytes]:
    """Return what reads a file's content."""

    def act(work: Work) -> bytes:
        from desktop.services import lists  # loads SQLAlchemy

        return lists.read_attachment(work, attachment_id)

    return act


def read_files(paths: tuple[Path, ...]) -> tuple[NewAttachment, ...]:
    """Read files to attach. Raises AppError `attachment.unreadable`."""
    from desktop.services.attachments import read_new

    return tuple(map(read_new, paths))


def searching(text: str, *, limit: int = 24) -> Callable[[Work], tuple[SearchHit, ...]]:
    """Return what looks for a text everywhere."""

    def act(work: Work) -> tuple[SearchHit, ...]:
        from desktop.services import search  # loads SQLAlchemy

        return tuple(search.search(work, text, where="all", limit=limit).hits)

    return act


def reading_snapshot(snapshot: str) -> Callable[[Work], Snapshot]:
    """Return what reads a stored diagnosis."""

    def act(work: Work) -> Snapshot:
        from desktop.services import devices  # loads SQLAlchemy

        return devices.read_snapshot(work, snapshot)

    return act


def saving_run(ticket: str, document: Mapping[str, object]) -> Callable[[Work], Done[WizardRunRow]]:
    """Return what keeps how far a checklist has come."""

    def act(work: Work) -> Done[WizardRunRow]:
        from desktop.services import wizard_runs  # loads SQLAlchemy

        return wizard_runs.save_run(work, wizard_runs.SaveRun(ticket, document))

    return act


def preparing_handover(ticket: str) -> Callable[[Work], tuple[Handover, tuple[PartnerRow, ...]]]:
    """Return what collects a hand-over to the partner who fits best, and all partners there are."""

    def act(work: Work) -> tuple[Handover, tuple[PartnerRow, ...]]:
        from desktop.domain.handover import Order
        from desktop.services import handover, partners  # loads SQLAlchemy

        found = partners.list_partners(work)
        proposed = partners.propose_partner(work, ticket, found)
        if proposed is None:
            raise AppError("handover.no_partner", kind=ErrorKind.USAGE)
        return handover.collect_handover(work, ticket, proposed.id, Order()), found

    return act


def handing_over(command: PassOn, carried: Handover, pdf: bytes) -> Callable[[Work], Done[HandedOver]]:
    """Return what writes the package and records the hand-over."""

    def act(work: Work) -> Done[HandedOver]:
        from desktop.services import handover  # loads SQLAlchemy

        return handover.hand_over(work, command, carried, pdf)

    return act
