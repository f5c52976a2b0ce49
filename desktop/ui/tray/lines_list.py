"""The lines of a group as a list: headings, and below each what it says, every line with a box to leave it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD, REGULAR
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import draw_check

if TYPE_CHECKING:
    from desktop.diagnostics.lines import Heading, Line

Index = QModelIndex | QPersistentModelIndex
_MARK, _GAP, _SIDE = 18, 10, 12
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class Row(NamedTuple):
    """A heading, its note, or a line that can be left out."""

    words: str
    line: Line | None = None
    is_heading: bool = False


class LinesModel(QAbstractListModel):
    """What is shown; which lines are left out is the choice of the employee."""

    toggled = Signal(object, bool)
    """The `Line`, and whether it is sent."""

    def __init__(self, found: Sequence[Heading], left_out: frozenset[Line], *, is_fixed: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.left_out = set(left_out)
        self._is_fixed = is_fixed
        self.rows: list[Row] = []
        for one in found:
            self.rows.append(Row(one.title, is_heading=True))
            self.rows += [Row(words, line) for line, words in one.lines] or [Row(one.note)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be chosen and ticked; headings and notes are only read."""
        row = self.rows[index.row()]
        if row.line is None or self._is_fixed:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words, and for a line whether it is sent."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        if role == Qt.ItemDataRole.CheckStateRole and row.line is not None and not self._is_fixed:
            return Qt.CheckState.Unchecked if row.line in self.left_out else Qt.CheckState.Checked
        return None

    def toggle(self, index: Index) -> None:
        """Leave a line out, or send it after all."""
        line = self.rows[index.row()].line
        if line is None or self._is_fixed:
            return
        is_sent = line in self.left_out
        (self.left_out.discard if is_sent else self.left_out.add)(line)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.toggled.emit(line, is_sent)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a line, as screen readers do."""
        if role != Qt.ItemDataRole.CheckStateRole or self.data(index, role) is None:
            return False
        if Qt.CheckState(value) != self.data(index, role):
            self.toggle(index)
        return True


class LinesDelegate(QStyledItemDelegate):
    """Draws a row over as many lines as its words need."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for the height of the wrapped words."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 400
        row = _row(index)
        words = QFontMetrics(self._font(row)).boundingRect(_words_place(QRect(0, 0, width, 0), row), _WRAP, row.words)
        return QSize(width, max(words.height(), 0) + (18 if row.is_heading else 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the box, the words and the ring of the keyboard."""
        row, place = _row(index), QRect(option.rect)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state is not None:
            above = (QFontMetrics(self._font(row)).height() - _MARK) / 2
            box = QRectF(place.left() + _SIDE, place.top() + 5 + above, _MARK, _MARK)
            draw_check(self._look, painter, box, is_on=Qt.CheckState(state) == Qt.CheckState.Checked)
        painter.setFont(self._font(row))
        tone = "t1" if row.is_heading else ("t2" if row.line is not None else "t3")
        painter.setPen(self._look.theme.color(tone))
        inner = _words_place(place, row).adjusted(0, 12 if row.is_heading else 5, 0, 0)
        painter.drawText(inner, _WRAP, row.words)
        view = self.parent()
        if isinstance(view, QListView) and view.hasFocus() and view.currentIndex() == index:
            draw_ring(self._look, painter, QRectF(place).adjusted(2, 1, -2, -1), 5)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Let a click anywhere on a line tick it."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(model, LinesModel):
            model.toggle(index)
            return True
        return False

    def _font(self, row: Row) -> QFont:
        return self._look.theme.font("body", BOLD if row.is_heading else REGULAR)


class LinesList(QListView):
    """The list with its keys: arrows move over lines, Space or Enter ticks."""

    def __init__(self, look: Look, model: LinesModel, name: str) -> None:
        super().__init__()
        self.lines = model
        self.setModel(model)
        self.setItemDelegate(LinesDelegate(look, self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        first = next((place for place, row in enumerate(model.rows) if row.line is not None), 0)
        self.setCurrentIndex(model.index(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the line the keyboard is on."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.lines.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _row(index: Index) -> Row:
    model = index.model()
    return model.rows[index.row()] if isinstance(model, LinesModel) else Row("")


def _words_place(place: QRect, row: Row) -> QRect:
    left = _SIDE if row.is_heading else _SIDE + _MARK + _GAP
    return QRect(place.left() + left, place.top(), max(40, place.width() - left - _SIDE), 10_000)
