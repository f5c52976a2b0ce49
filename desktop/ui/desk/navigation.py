"""The navigation on the left: views with their counts, the tools below, one stop for the keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.views import VIEWS
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.look import Look
from desktop.ui.desk.ticket_model import Index

_VERTICAL = Qt.AlignmentFlag.AlignVCenter
_RIGHT = _VERTICAL | Qt.AlignmentFlag.AlignRight  # once: to join flags is Python's work and not Qt's
_PLACE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_FOOT = 8  # logical pixels between the settings and the bottom line
NARROW = 120
"""Below this width in logical pixels only icons are shown."""


class NavItem(NamedTuple):
    """A line of the navigation: a place, a heading where `icon` is empty, or the gap above the foot without both."""

    id: str
    title: str
    icon: str = ""


def nav_items(look: Look) -> tuple[NavItem, ...]:
    """Return the lines: the views, then the tools."""
    return (
        NavItem("", look.text("nav.tickets")),
        *(NavItem(f"view.{view.id}", look.text(f"view.{view.id}"), view.icon) for view in VIEWS),
        NavItem("", look.text("nav.tools")),
        NavItem("devices", look.text("nav.devices"), "laptop"),
        NavItem("people", look.text("nav.people"), "users-three"),
        NavItem("wizards", look.text("nav.wizards"), "check-square"),
        NavItem("", ""),
        NavItem("settings", look.text("nav.settings"), "gear"),
    )


class NavModel(QAbstractListModel):
    """The lines and their counts."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.items = nav_items(look)
        self.counts: dict[str, int] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a line, with its count for people who listen."""
        item = self.items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.title} {self.counts.get(item.id) or ''}".strip()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only places be chosen."""
        return _PLACE if self.items[index.row()].icon else Qt.ItemFlag.NoItemFlags

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show other counts."""
        self.counts = dict(counts)
        self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def place_of(self, item_id: str) -> QModelIndex:
        """Return where a line stands; an invalid index for an unknown id."""
        ids = [one.id for one in self.items]
        return self.index(ids.index(item_id)) if item_id in ids else QModelIndex()


class _NavDelegate(QStyledItemDelegate):
    """Draws a line with icon, title and count."""

    def __init__(self, look: Look, model: NavModel, view: QListView) -> None:
        super().__init__(view)
        self._look, self._model, self._view = look, model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = self._look.theme.px(34)
        if self._model.items[index.row()].title:
            return QSize(40, height)
        left = self._view.contentsRect().height() - height * (len(self._model.items) - 1)
        return QSize(40, max(left - _FOOT, 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = self._model.items[index.row()]
        rect = self._view.visualRect(self._model.index(index.row())).adjusted(8, 1, -8, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.title and not item.icon:
            self._paint_heading(painter, rect, item)
        elif item.icon:
            self._paint_ground(painter, rect, index)
            self._paint_place(painter, rect, index, item)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, item: NavItem) -> None:
        if rect.width() < NARROW:
            middle = rect.center().y()
            painter.setPen(Qt.PenStyle.NoPen)  # not fillRect: with a colour PySide makes its gradients, for 1.4 ms
            painter.setBrush(self._look.theme.color("line2"))
            painter.drawRect(rect.x(), middle, rect.width(), 1)
            return
        painter.setFont(self._look.theme.font("caption", BOLD))
        painter.setPen(self._look.theme.color("t3"))
        painter.drawText(rect.adjusted(9, 6, 0, 0), _VERTICAL, item.title)

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self._look.theme
        is_chosen = index == self._view.currentIndex()
        if is_chosen or index == self._view.indexAt(self._pointer()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel" if is_chosen else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if is_chosen:
            painter.setBrush(theme.color("acc"))
            painter.drawRoundedRect(QRectF(rect.x(), rect.y() + 8, 3, rect.height() - 16), 1.5, 1.5)
            if self._view.hasFocus():
                from desktop.ui.common.focus_ring import draw_ring  # a start has the keyboard in the list

                draw_ring(self._look, painter, QRectF(rect).adjusted(1, 1, -1, -1), 6)

    def _paint_place(self, painter: QPainter, rect: QRect, index: Index, item: NavItem) -> None:
        theme = self._look.theme
        is_chosen = index == self._view.currentIndex()
        side = theme.px(20)
        mark = QRectF(rect.x() + 9, rect.y() + (rect.height() - side) / 2, side, side)
        draw_icon(painter, mark, item.icon, theme.color("t1" if is_chosen else "t2"), filled=is_chosen)
        if rect.width() < NARROW:
            return
        count = self._model.counts.get(item.id, 0)
        is_late = item.id == "view.overdue" and count > 0
        painter.setFont(theme.font("body", BOLD if is_chosen else MEDIUM))
        painter.setPen(theme.color("t1" if is_chosen else "t2"))
        painter.drawText(rect.adjusted(18 + side, 0, -26 if count else -4, 0), _VERTICAL, item.title)
        painter.setFont(theme.font("meta", BOLD if is_late else MEDIUM))
        painter.setPen(theme.color("red" if is_late else "t3"))
        painter.drawText(rect.adjusted(0, 0, -9, 0), _RIGHT, str(count or ""))

    def _pointer(self) -> QPoint:
        # Not the viewport: to wrap a widget that Qt made, PySide looks through all its classes, for 10 ms of a start.
        view = self._view
        return view.mapFromGlobal(QCursor.pos()) if view.underMouse() else QPoint(-1, -1)


class Navigation(QListView):
    """The list of places; `place_chosen` tells where the user wants to go."""

    place_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._model = NavModel(look)
        self._look = look
        self._silent = False
        self.setProperty("ground", "side")
        self.setAccessibleName(look.text("nav.name"))
        self.setModel(self._model)
        self.setItemDelegate(_NavDelegate(look, self._model, self))
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(52)
        self.selectionModel().currentChanged.connect(self._on_current)
        look.theme.changed.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the settings at the foot."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @property
    def place(self) -> str:
        """Return the place that is chosen."""
        index = self.currentIndex()
        return self._model.items[index.row()].id if index.isValid() else ""

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show the badges; keys are view ids."""
        self._model.set_counts({f"view.{view}": count for view, count in counts.items()})

    def place_at(self, item_id: str) -> QModelIndex:
        """Return where a line stands."""
        return self._model.place_of(item_id)

    def go_to(self, item_id: str) -> None:
        """Go to a place as a click does."""
        self.setCurrentIndex(self._model.place_of(item_id))

    def show_place(self, item_id: str) -> None:
        """Mark a place without telling anybody."""
        self._silent = True
        self.setCurrentIndex(self._model.place_of(item_id))
        self._silent = False

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        self.update(before)
        self.update(now)
        if now.isValid() and not self._silent:
            self.place_chosen.emit(self._model.items[now.row()].id)
