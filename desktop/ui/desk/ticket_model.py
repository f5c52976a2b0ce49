"""The ticket list as a Qt model over immutable rows, with headers in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.domain.list_rows import TicketRow
from desktop.domain.ticket_state import StateType
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.grouping import Entry, Header, with_headers

Index = QModelIndex | QPersistentModelIndex
_TICKET = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TicketListModel(QAbstractListModel):
    """Rows and headers; new rows replace or continue what is there."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[TicketRow] = []
        self._entries: tuple[Entry, ...] = ()
        self._places: dict[str, int] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines the list has."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return whole sentences for people who listen; the delegate asks for the entry itself."""
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.header_text(entry) if isinstance(entry, Header) else one_line(entry.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.header_text(entry) if isinstance(entry, Header) else self.spoken(entry)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only tickets be chosen."""
        if isinstance(self._entries[index.row()], Header):
            return Qt.ItemFlag.NoItemFlags
        return _TICKET

    def show(self, rows: Sequence[TicketRow], *, now: datetime, is_complete: bool) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._rows = list(rows)
        self._rebuild(now, is_complete=is_complete)
        self.endResetModel()

    def extend(self, rows: Sequence[TicketRow], *, now: datetime, is_complete: bool) -> None:
        """Continue the list with its next page."""
        before = len(self._entries)
        longer = with_headers([*self._rows, *rows], now, is_complete=is_complete)
        self.beginInsertRows(QModelIndex(), before, len(longer) - 1)
        self._rows += rows
        self._rebuild(now, is_complete=is_complete)
        self.endInsertRows()
        self.dataChanged.emit(self.index(0), self.index(max(0, before - 1)))

    def renew(self, row: TicketRow) -> None:
        """Show a ticket as it is now, in the place it has."""
        index = self.place_of(row.id)
        if not index.isValid() or self._entries[index.row()] == row:
            return
        self._rows = [row if one.id == row.id else one for one in self._rows]
        self._entries = tuple(row if isinstance(one, TicketRow) and one.id == row.id else one for one in self._entries)
        self.dataChanged.emit(index, index)

    @property
    def rows(self) -> tuple[TicketRow, ...]:
        """Return the tickets without headers."""
        return tuple(self._rows)

    def place_of(self, ticket_id: str) -> QModelIndex:
        """Return where a ticket stands; an invalid index where it is not in the list."""
        place = self._places.get(ticket_id)
        return QModelIndex() if place is None else self.index(place)

    def entry_at(self, index: Index) -> Entry:
        """Return the row or the header of a line; not by `data`, which would make a list of a named tuple."""
        return self._entries[index.row()]

    def ticket_at(self, index: Index) -> TicketRow | None:
        """Return the ticket of a line, or None for a header or no line."""
        entry = self._entries[index.row()] if index.isValid() else None
        return entry if isinstance(entry, TicketRow) else None

    def neighbour(self, ticket_id: str, step: int) -> str:
        """Return the ticket `step` lines away, or the first one, or an empty text at the end."""
        ids = [one.id for one in self._rows]
        if ticket_id not in ids:
            return ids[0] if ids else ""
        place = ids.index(ticket_id) + step
        return ids[place] if 0 <= place < len(ids) else ""

    def header_text(self, header: Header) -> str:
        """Return the words of a header."""
        return self._look.text(f"list.group.{header.group}")

    def spoken(self, row: TicketRow) -> str:
        """Return a ticket as one sentence for screen readers."""
        texts, formats = self._look.texts, self._look.formats
        due = "" if row.due_at is None or row.state_type is StateType.WAITING else formats.due(row.due_at).text
        news = texts.text("list.news") if row.has_news else ""
        parts = (
            one_line(row.title),
            texts.text("list.spoken_priority", priority=texts.text(f"priority.{row.priority.code}")),
            one_line(row.person_name),
            one_line(row.device_name),
            state_text(self._look, row),
            due,
            news,
        )
        return ". ".join(one for one in parts if one)

    def _rebuild(self, now: datetime, *, is_complete: bool) -> None:
        self._entries = with_headers(self._rows, now, is_complete=is_complete)
        self._places = {one.id: place for place, one in enumerate(self._entries) if isinstance(one, TicketRow)}


def state_text(look: Look, row: TicketRow) -> str:
    """Return the state's name: the admin's own, or ours."""
    own = look.text(f"state.{row.state_type.value}")
    return one_line(row.state_name) if row.state_name and row.state_name != row.state_type.value else own
