"""The checklist menu: a field to type in, and below it everything that can be started or gone on with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import icon
from desktop.ui.common.keys import is_enter
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.offers import Group, Offer, matching

_WIDTH, _HEIGHT = 460, 440  # pixels; less where the screen is smaller
_OFFER = Qt.ItemDataRole.UserRole + 1
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class _TwoLines(QStyledItemDelegate):
    """Draws an offer as its title and, smaller below, what speaks for it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Let the style draw ground and icon, and the words ourselves."""
        offer = index.data(_OFFER)
        if not isinstance(offer, Offer):
            super().paint(painter, option, index)
            return
        theme, px = self._look.theme, self._look.theme.px
        style: QStyle = option.widget.style()
        self.initStyleOption(option, index)
        option.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        whole: QRect = option.rect
        room = whole.adjusted(px(36), px(5), -px(10), -px(5))
        painter.save()
        painter.setFont(theme.font("body", MEDIUM))
        painter.setPen(theme.color("t1"))
        self._line(painter, room, offer.title, top=not offer.hint)
        if offer.hint:
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.color("t2"))
            self._line(painter, room.adjusted(0, room.height() // 2, 0, 0), offer.hint, top=True)
        painter.restore()

    def _line(self, painter: QPainter, room: QRect, text: str, *, top: bool) -> None:
        height = room.height() if top else room.height() // 2
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        place = QRect(room.left(), room.top(), room.width(), height)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Chooser(QFrame):
    """Opens with `show_at`; `chosen` carries an `Offer`, `left` says that it has gone, chosen or not."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, look: Look, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._look, self._groups = look, tuple(groups)
        self.setProperty("card", True)
        self.setAccessibleName(look.text("checklist.menu"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(look.text("checklist.menu.search"))
        self.field.setAccessibleName(look.text("checklist.menu.search"))
        look.theme.dress(self.field)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(look.text("checklist.menu"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setIconSize(QSize(look.theme.px(18), look.theme.px(18)))
        self.list.itemClicked.connect(self._choose)
        self.list.setItemDelegate(_TwoLines(look, self.list))
        look.theme.dress(self.list)
        foot = pane(
            column(plain_label(look, look.text("checklist.menu.keys"), size="meta", tone="t3"), margins=(14, 7, 14, 7)),
            ground="surface2", edge="top",
        )  # fmt: skip
        layout = column(column(self.field, margins=(8, 8, 8, 6)), self.list, foot, spacing=0, margins=(1, 1, 1, 1))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._fill("")

    def show_at(self, place: QPoint) -> None:
        """Open below a place of the screen, as large as the screen has room for."""
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        width = min(self._look.theme.px(_WIDTH), room.width() - 16)
        height = min(self._look.theme.px(_HEIGHT), room.height() - 16)
        left = min(max(room.left() + 8, place.x()), room.right() - width - 8)
        top = place.y() if place.y() + height <= room.bottom() else max(room.top() + 8, room.bottom() - height - 8)
        self.setGeometry(left, top, width, height)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return what is listed now, in its order."""
        found = (self.list.item(place).data(_OFFER) for place in range(self.list.count()))
        return tuple(one for one in found if isinstance(one, Offer))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the list with the keys while the field has the keyboard."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._go(step)
            return True
        if is_enter(event):
            if self.list.currentRow() >= 0:
                self._choose(self.list.currentItem())
            return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it has gone, however it was closed."""
        super().hideEvent(event)
        self.left.emit()

    def _fill(self, wanted: str) -> None:
        self.list.clear()
        for group in matching(self._groups, wanted):
            self._add_head(group.title)
            for offer in group.offers:
                self._add(offer)
        if not self.offers:
            self._add_head(self._look.text("checklist.menu.nothing"))
            announce(self, self._look.text("checklist.menu.nothing"))
        self._go(1)

    def _add_head(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._look.theme.font("caption", 600))
        item.setForeground(self._look.theme.color("t3"))
        item.setSizeHint(QSize(100, self._look.theme.px(28)))
        self.list.addItem(item)

    def _add(self, offer: Offer) -> None:
        item = QListWidgetItem(icon(self._look.theme, offer.icon), f"{offer.title}\n{offer.hint}".strip())
        item.setSizeHint(QSize(100, self._look.theme.px(46 if offer.hint else 34)))
        item.setForeground(self._look.theme.color("t1"))
        item.setData(_OFFER, offer)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(one for one in (offer.title, offer.hint) if one))
        self.list.addItem(item)

    def _go(self, step: int) -> None:
        """Go that many offers on; headings are passed by."""
        rows = [place for place in range(self.list.count()) if self.list.item(place).data(_OFFER) is not None]
        if not rows:
            return
        at = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else -1
        place = rows[min(max(at + step, 0), len(rows) - 1)]
        self.list.setCurrentRow(place)
        if place == rows[0]:
            self.list.scrollToTop()  # with its heading
        self.field.setAccessibleDescription(self.list.item(place).data(Qt.ItemDataRole.AccessibleTextRole))

    def _choose(self, item: QListWidgetItem) -> None:
        offer = item.data(_OFFER)
        if isinstance(offer, Offer):
            self.chosen.emit(offer)
            self.close()
