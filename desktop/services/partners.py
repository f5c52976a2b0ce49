"""Second and third level: who a ticket can be handed over to, and how they are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.base.messages import Message
from desktop.domain import partner_choice
from desktop.domain.partner import AddPartner, EditPartner, PartnerChannel, PartnerKind
from desktop.domain.rows import PartnerRow
from desktop.domain.ticket import Level
from desktop.models.tables import partners
from desktop.services.lists import open_ticket
from desktop.services.recording import record_act
from desktop.services.work import Work

MAX_NAME, MAX_NOTE = 200, 4000  # characters


def list_partners(work: Work) -> tuple[PartnerRow, ...]:
    """Return the active partners, second level first, then by name."""
    query = select(partners).where(partners.c.is_active == 1).order_by(partners.c.level, partners.c.name)
    with work.store.reading() as connection:
        return tuple(_row(one) for one in connection.execute(query))


def propose_partner(work: Work, ticket: str, choices: Sequence[PartnerRow]) -> PartnerRow | None:
    """Return the partner of `choices` whose topics fit a ticket best. Raises AppError `ticket.unknown`."""
    page = open_ticket(work, ticket)
    first = page.messages[0].text if page.messages else ""
    return partner_choice.propose_partner(choices, category=page.row.category, text=f"{page.row.title} {first}")


def find_partner(work: Work, partner: str) -> PartnerRow:
    """Return a partner by id, name or its beginning. Raises AppError `partner.unknown`, `partner.ambiguous`."""
    with work.store.reading() as connection:
        return _row(_find(connection, partner))


def add_partner(work: Work, command: AddPartner) -> Done[PartnerRow]:
    """Take in a partner. Raises AppError `partner.name`, `partner.exists`, `partner.too_long`."""
    name = command.name.strip()
    _check_texts(name, command.address, command.topics, command.note)
    partner_id = new_id(work.clock)
    values = {
        "id": partner_id,
        "name": name,
        "level": int(command.level),
        "kind": command.kind.value,
        "channel": command.channel.value,
        "address": command.address.strip(),
        "topics": command.topics.strip(),
        "note": command.note.strip(),
        "created_at": to_text(work.clock()),
    }
    with work.store.writing() as connection:
        _check_name_is_free(connection, name)
        connection.execute(insert(partners).values(**values))
        record_act(work, connection, "partner.added", partner_id, name=name)
        row = _row(_find(connection, partner_id))
    changes = Changes.of(Subject.PARTNER, row.id)
    undo = Undo(Message("undo.partner_added", {"name": name}), lambda later: _remove(later, row.id))
    return Done(row, changes, undo)


def edit_partner(work: Work, command: EditPartner) -> Done[PartnerRow]:
    """Change a partner. Raises AppError `partner.unknown`, `partner.ambiguous` and those of `add_partner`."""
    with work.store.writing() as connection:
        before = _find(connection, command.partner, even_inactive=True)
        values = _new_values(command)
        now = {**asdict(_row(before)), **values}
        _check_texts(*(str(now[name]) for name in ("name", "address", "topics", "note")))
        if values.get("name", before.name) != before.name:
            _check_name_is_free(connection, str(values["name"]))
        if values:
            query = update(partners).where(partners.c.id == before.id)
            connection.execute(query.values(**values, version=partners.c.version + 1))
            record_act(work, connection, "partner.edited", before.id, fields=sorted(values))
        row = _row(_find(connection, before.id, even_inactive=True))
    undo = Undo(Message("undo.partner_edited", {"name": row.name}), lambda later: edit_partner(later, _back(before)))
    return Done(row, Changes.of(Subject.PARTNER, row.id) if values else Changes(), undo if values else None)


def _remove(work: Work, partner_id: str) -> Done[PartnerRow]:
    return edit_partner(work, EditPartner(partner_id, is_active=False))


def _back(before: Row[Any]) -> EditPartner:
    row = _row(before)
    command = EditPartner(row.id, row.name, row.level, PartnerKind(row.kind), PartnerChannel(row.channel))
    return replace(command, address=row.address, topics=row.topics, note=row.note, is_active=bool(before.is_active))


def _new_values(command: EditPartner) -> dict[str, str | int]:
    texts = {"name": command.name, "address": command.address, "topics": command.topics, "note": command.note}
    values: dict[str, str | int] = {name: text.strip() for name, text in texts.items() if text is not None}
    if command.level is not None:
        values["level"] = int(command.level)
    if command.kind is not None:
        values["kind"] = command.kind.value
    if command.channel is not None:
        values["channel"] = command.channel.value
    if command.is_active is not None:
        values["is_active"] = int(command.is_active)
    return values


def _find(connection: Connection, partner: str, *, even_inactive: bool = False) -> Row[Any]:
    wanted = partner.strip()
    query = select(partners) if even_inactive else select(partners).where(partners.c.is_active == 1)
    rows = connection.execute(query.order_by(partners.c.name)).all()
    exact = [one for one in rows if one.id == wanted or one.name.casefold() == wanted.casefold()]
    found = exact or [one for one in rows if wanted and one.name.casefold().startswith(wanted.casefold())]
    if not found:
        raise AppError("partner.unknown", kind=ErrorKind.REFUSED, parameters={"name": wanted})
    if len(found) > 1:
        names = ", ".join(one.name for one in found[:5])
        raise AppError("partner.ambiguous", kind=ErrorKind.REFUSED, parameters={"name": wanted, "names": names})
    return found[0]


def _check_texts(name: str, address: str, topics: str, note: str) -> None:
    if not name:
        raise AppError("partner.name")
    if max(map(len, (name, address, topics))) > MAX_NAME or len(note) > MAX_NOTE:
        raise AppError("partner.too_long", parameters={"limit": MAX_NAME})


def _check_name_is_free(connection: Connection, name: str) -> None:
    rows = connection.execute(select(partners.c.name).where(partners.c.is_active == 1))
    if any(one.name.casefold() == name.casefold() for one in rows):
        raise AppError("partner.exists", parameters={"name": name})


def _row(one: Row[Any]) -> PartnerRow:
    return PartnerRow(one.id, one.name, Level(one.level), one.kind, one.channel, one.address, one.topics, one.note)
