"""The list of devices: a Qt model over immutable rows and a delegate that draws two lines and a mark."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.rows import DeviceRow
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.health import MARKS, health_of, state_text

Index = QModelIndex | QPersistentModelIndex
ROW = 46  # logical pixels
DEVICE = Qt.ItemDataRole.UserRole + 1


class DeviceListModel(QAbstractListModel):
    """Rows as the store returned them; for people who listen, each is one sentence."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.devices: tuple[DeviceRow, ...] = ()

    def show_devices(self, devices: tuple[DeviceRow, ...]) -> None:
        """Show other rows."""
        if devices == self.devices:
            return
        self.beginResetModel()
        self.devices = devices
        self.endResetModel()

    def row_of(self, device_id: str) -> int:
        """Return the line of a device, -1 where it is not in the list."""
        return next((place for place, one in enumerate(self.devices) if one.id == device_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many devices are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.devices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its name, or its sentence."""
        if not index.isValid() or index.row() >= len(self.devices):
            return None
        device = self.devices[index.row()]
        if role == DEVICE:
            return device
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(device.name, 80)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            look = self._look
            person = one_line(device.person_name, 80) or look.text("devices.nobody")
            state = state_text(look, device) or look.text("devices.row.good")
            return look.text("devices.row.spoken", name=one_line(device.name, 80), person=person, state=state)
        return None


class DeviceDelegate(QStyledItemDelegate):
    """Draws mark, name, person and state of a device."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(120, self._look.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one device."""
        device = index.data(DEVICE)
        if not isinstance(device, DeviceRow):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, rect, state)
        self._draw_words(painter, rect, device)
        painter.restore()

    def _draw_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        theme = self._look.theme
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("sel" if is_selected else "hover"))
        if is_selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.color("acc"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))

    def _draw_words(self, painter: QPainter, rect: QRect, device: DeviceRow) -> None:
        theme, mark = self._look.theme, MARKS[health_of(self._look, device)]
        side = theme.px(16)
        place = QRectF(rect.left() + 14, rect.top() + (rect.height() - side) / 2, side, side)
        draw_icon(painter, place, mark.icon, theme.color(mark.tone), filled=mark.icon != "question")
        left, half = rect.left() + 14 + side + 10, rect.height() // 2
        state = state_text(self._look, device)
        painter.setFont(theme.font("meta"))
        taken = painter.fontMetrics().horizontalAdvance(state) + 12 if state else 0
        painter.setPen(theme.color("t3"))
        upper = QRect(left, rect.top() + 4, rect.right() - 12 - left, half - 3)
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, state)
        person = one_line(device.person_name, 80) or self._look.text("devices.nobody")
        _draw_line(painter, upper.translated(0, half - 5), person)
        painter.setFont(theme.font("body", MEDIUM))
        painter.setPen(theme.color("t1"))
        _draw_line(painter, upper.adjusted(0, 0, -taken, 0), one_line(device.name, 80))


def _draw_line(painter: QPainter, place: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
