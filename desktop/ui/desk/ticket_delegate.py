"""Draws a line of the ticket list: priority, title, who and where, state, and the clock."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.list_rows import TicketRow
from desktop.domain.ticket_state import StateType
from desktop.ui.common.fonts import BOLD, MEDIUM, REGULAR
from desktop.ui.common.formats import DueText
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.grouping import Header
from desktop.ui.desk.priority_mark import draw_priority
from desktop.ui.desk.ticket_model import Index, TicketListModel, state_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CHIPS = {
    StateType.NEW: ("grnbg", "grn"),
    StateType.OPEN: ("accbg", "acc"),
    StateType.WAITING: ("", "t2"),
}
_DONE_CHIP = ("hover", "t2")


class TicketDelegate(QStyledItemDelegate):
    """Keeps fonts and metrics between paints; they are made anew when the theme changes."""

    def __init__(self, look: Look, model: TicketListModel, view: QListView) -> None:
        super().__init__(view)
        self._look, self._model, self._view = look, model, view
        self._faces: dict[tuple[str, int], tuple[QFont, QFontMetrics]] = {}
        look.theme.changed.connect(self._faces.clear)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a header or of three lines."""
        px = self._look.theme.px
        is_header = isinstance(self._model.entry_at(index), Header)
        return QSize(100, px(34) if is_header else px(81))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        entry = self._model.entry_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        if isinstance(entry, Header):
            self._paint_header(painter, rect, entry)
        else:
            self._paint_ground(painter, rect, index)
            self._paint_ticket(painter, rect, entry)
        painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRect, header: Header) -> None:
        self._write(painter, "caption", BOLD, "t3")
        inner = rect.adjusted(14, 8, -14, 0)
        painter.drawText(inner, _LEFT, self._look.text(f"list.group.{header.group}"))
        if header.size:
            painter.drawText(inner, _RIGHT, str(header.size))
        self._fill(painter, QRect(rect.x(), rect.bottom(), rect.width(), 1), "surface")

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index) -> None:
        # Asked of the view and not of `option.state`: the class QStyle with its 350 names costs a start 4 ms.
        view = self._view
        if view.selectionModel().isSelected(index):
            self._fill(painter, rect, "sel")
            self._fill(painter, QRect(rect.x(), rect.y(), 3, rect.height()), "acc")
        elif view.underMouse() and rect.contains(view.mapFromGlobal(QCursor.pos())):
            self._fill(painter, rect, "hover")
        self._fill(painter, QRect(rect.x(), rect.bottom(), rect.width(), 1), "line")
        if view.hasFocus() and index == view.currentIndex():
            from desktop.ui.common.focus_ring import draw_ring  # a start has chosen no ticket yet

            draw_ring(self._look, painter, QRectF(rect).adjusted(4, 2, -3, -3), 5)

    def _fill(self, painter: QPainter, place: QRect, token: str) -> None:
        # Not by fillRect: to compare its argument, PySide first loads the 169 names of ready-made gradients.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.color(token))
        painter.drawRect(place)

    def _paint_ticket(self, painter: QPainter, rect: QRect, row: TicketRow) -> None:
        px = self._look.theme.px
        left, right = rect.x() + px(16) + 22, rect.right() - 14
        width = right - left
        top = rect.y() + px(9)
        draw_priority(self._look.theme, painter, QRectF(rect.x() + 13, top + px(2), px(16), px(16)), row.priority)
        self._paint_title(painter, QRect(left, top, width, px(19)), row)
        self._paint_people(painter, QRect(left, top + px(20), width, px(17)), row)
        self._paint_state(painter, QRect(left, top + px(42), width, px(20)), row)

    def _paint_title(self, painter: QPainter, place: QRect, row: TicketRow) -> None:
        room = place.width() - (16 if row.has_news else 0)
        metrics = self._write(painter, "body", BOLD if row.has_news else MEDIUM, "t1")
        title = metrics.elidedText(one_line(row.title), Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, _LEFT, title)
        if row.has_news:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.theme.color("acc"))
            painter.drawEllipse(QPointF(place.right() - 4, place.center().y() + 1), 4, 4)

    def _paint_people(self, painter: QPainter, place: QRect, row: TicketRow) -> None:
        person = one_line(row.person_name, 80) or self._look.text("list.no_person")
        metrics = self._write(painter, "meta", REGULAR, "t2")
        shown, width = _fitted(metrics, person, place.width())
        painter.drawText(place, _LEFT, shown)
        rest = place.adjusted(width, 0, 0, 0)
        if row.device_name and rest.width() > 40:
            self._write(painter, "meta", REGULAR, "t3")
            device = metrics.elidedText(
                f"  ·  {one_line(row.device_name, 80)}", Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, _LEFT, device)

    def _paint_state(self, painter: QPainter, place: QRect, row: TicketRow) -> None:
        color = self._look.theme.color
        ground, letters = _CHIPS.get(row.state_type, _DONE_CHIP)
        metrics = self._write(painter, "caption", MEDIUM, letters)
        words, width = _fitted(metrics, state_text(self._look, row), place.width() // 2)
        chip = QRectF(place.x(), place.y(), width + 14, place.height())
        painter.setPen(Qt.PenStyle.NoPen if ground else QPen(color("line2"), 1))
        painter.setBrush(color(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(color(letters))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        end = self._paint_clock(painter, place, row)
        rest = QRect(int(chip.right()) + 8, place.y(), end - int(chip.right()) - 16, place.height())
        metrics = self._write(painter, "meta", REGULAR, "t3")
        since = self._look.formats.since(row.created_at)
        if metrics.horizontalAdvance(since) <= rest.width():
            painter.drawText(rest, _LEFT, since)

    def _paint_clock(self, painter: QPainter, place: QRect, row: TicketRow) -> int:
        """Draw the due date at the right; returns where it begins."""
        due = clock_of(self._look, row)
        if due is None:
            return place.right()
        metrics = self._write(painter, "meta", BOLD if due.is_pressing else REGULAR, due.tone)
        width = metrics.horizontalAdvance(due.text)
        start = place.right() - width
        painter.drawText(QRect(start, place.y(), width + 2, place.height()), _LEFT, due.text)
        side = self._look.theme.px(16)
        mark = QRectF(start - side - 4, place.y() + (place.height() - side) / 2, side, side)
        draw_icon(painter, mark, due.icon, self._look.theme.color(due.tone))
        return int(mark.x())

    def _write(self, painter: QPainter, size: str, weight: int, token: str) -> QFontMetrics:
        face = self._faces.get((size, weight))
        if face is None:
            font = self._look.theme.font(size, weight)
            face = self._faces[(size, weight)] = (font, QFontMetrics(font))
        painter.setFont(face[0])
        painter.setPen(self._look.theme.color(token))
        return face[1]


def _fitted(metrics: QFontMetrics, text: str, room: int) -> tuple[str, int]:
    """Return as much of `text` as fits into `room`, and its width; most texts fit and are measured only once."""
    width = metrics.horizontalAdvance(text)
    if width <= room:
        return text, width
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


def clock_of(look: Look, row: TicketRow) -> DueText | None:
    """Return what the clock of a ticket shows: its due date, when it comes back, or when it was done."""
    if not row.state_type.is_active:
        return DueText(look.formats.moment(row.changed_at), "check-circle", "t3", is_pressing=False)
    if row.state_type is StateType.WAITING:
        if row.wake_at is None:
            return DueText(look.text("list.paused"), "pause", "t3", is_pressing=False)
        until = look.text("time.until", moment=look.formats.moment(row.wake_at))
        return DueText(until, "clock", "t3", is_pressing=False)
    return None if row.due_at is None else look.formats.due(row.due_at)
