"""The list of my requests: one row each with title, state and time, drawn by a delegate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.client.rows import RequestRow
from desktop.ui.common.fonts import BOLD, MEDIUM, REGULAR
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.tray.state_words import state_of

_ROW = Qt.ItemDataRole.UserRole
_HEIGHT = 65
Index = QModelIndex | QPersistentModelIndex


class RequestListModel(QAbstractListModel):
    """The rows of the list, replaced as a whole: an employee has tens of requests, not thousands."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows: tuple[RequestRow, ...] = ()

    def show_rows(self, rows: Sequence[RequestRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many requests there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself for the delegate, and a whole sentence for screen readers."""
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            state = self._look.text(f"tray.state.{state_of(row)[0]}")
            moment = self._look.formats.moment(row.changed_at)
            code = "tray.requests.row_new" if row.has_news else "tray.requests.row"
            return self._look.text(code, title=one_line(row.title), state=state, moment=moment)
        return None


class _RequestDelegate(QStyledItemDelegate):
    """Draws title, chip and time; a dot marks what is new."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._look.theme.px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RequestRow = index.data(_ROW)
        theme, place = self._look.theme, QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, theme.color("sel"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, theme.color("hover"))
        painter.fillRect(QRectF(place.left(), place.bottom() - 1, place.width(), 1), theme.color("line"))
        inner = place.adjusted(14, theme.px(11), -14, -theme.px(10))
        self._draw_title(painter, inner, row)
        self._draw_second(painter, inner, row)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("acc"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)  # the chip's colour is still in the brush
            painter.drawRect(place.adjusted(1, 1, -1, -2))
        painter.restore()

    def _draw_title(self, painter: QPainter, place: QRectF, row: RequestRow) -> None:
        theme = self._look.theme
        dot = 16.0 if row.has_news else 0.0
        font = theme.font("body", BOLD if row.has_news else MEDIUM)
        painter.setFont(font)
        painter.setPen(theme.color("t1"))
        metrics = QFontMetrics(font)
        title = metrics.elidedText(one_line(row.title), Qt.TextElideMode.ElideRight, int(place.width() - dot))
        top = QRectF(place.left(), place.top(), place.width(), metrics.height())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, title)
        if row.has_news:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("acc"))
            painter.drawEllipse(QRectF(place.right() - 9, top.center().y() - 4.5, 9, 9))

    def _draw_second(self, painter: QPainter, place: QRectF, row: RequestRow) -> None:
        theme = self._look.theme
        code, tone = state_of(row)
        words = self._look.text(f"tray.state.{code}")
        font = theme.font("caption", MEDIUM)
        metrics = QFontMetrics(font)
        height = metrics.height() + 5
        chip = QRectF(place.left(), place.bottom() - height, metrics.horizontalAdvance(words) + 14, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hover" if tone == "plain" else f"{tone}bg"))
        painter.drawRoundedRect(chip, 5, 5)
        painter.setFont(font)
        painter.setPen(theme.color("t2" if tone == "plain" else tone))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        painter.setFont(theme.font("meta", REGULAR))
        painter.setPen(theme.color("t3"))
        rest = QRectF(chip.right() + 8, chip.top(), place.right() - chip.right() - 8, chip.height())
        moment = self._look.formats.moment(row.changed_at)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, moment)


class RequestList(QListView):
    """My requests, the one changed last first."""

    request_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._rows = RequestListModel(look)
        self._drawing = _RequestDelegate(look)
        self.setModel(self._rows)
        self.setItemDelegate(self._drawing)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(look.text("tray.requests"))
        self.selectionModel().currentChanged.connect(self._on_current)
        look.theme.changed.connect(self.doItemsLayout)

    @property
    def rows(self) -> tuple[RequestRow, ...]:
        """Return what is shown."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[RequestRow], chosen: str) -> None:
        """Show other rows and keep the chosen one without announcing it."""
        quiet = self.selectionModel().blockSignals(True)
        self._rows.show_rows(rows)
        place = next((number for number, one in enumerate(rows) if one.id == chosen), -1)
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))
        self.selectionModel().blockSignals(quiet)
        self.viewport().update()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.request_chosen.emit(self._rows.rows[current.row()].id)
