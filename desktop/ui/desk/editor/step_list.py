"""The steps of a checklist in their order: number, heading, kind, and a mark where something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from desktop.domain.wizard.definition import AutoMode, Check, Question, Step
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.labels import tooltip_text
from desktop.ui.common.look import Look
from desktop.ui.desk.editor.names import TONES, step_name
from desktop.ui.desk.editor.session import HEAD, EditorSession

_NAME, _CHIP, _TONE, _FAULT, _AUTO = (Qt.ItemDataRole.UserRole + one for one in range(1, 6))
_ROW = 38  # logical pixels
_GROUNDS = {"acc": "accbg", "grn": "grnbg", "vio": "viobg", "plain": "hover", "outline": ""}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def is_auto(step: Step | None) -> bool:
    """Tell whether a step answers itself: a check always, a question where a fact is sure."""
    is_sure = isinstance(step, Question) and any(one.mode is AutoMode.SURE for one in step.auto)
    return isinstance(step, Check) or is_sure


class StepList(QListWidget):
    """One stop for the keyboard: arrows pick, Alt with arrows moves, Delete asks to remove; rows can be dragged."""

    moved = Signal(str, int)
    """A step shall stand at another place, counted from 0."""
    removal_wanted = Signal(str)

    def __init__(self, look: Look, session: EditorSession) -> None:
        super().__init__()
        self._look, self._session = look, session
        self.setAccessibleName(look.text("editor.steps"))
        self.setAccessibleDescription(look.text("editor.steps.keys"))
        self.setItemDelegate(_StepDelegate(look, self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        look.theme.dress(self)
        self.currentRowChanged.connect(self._on_row)
        session.changed.connect(self.show_steps)
        session.judged.connect(self.show_steps)
        session.picked.connect(self._on_picked)
        self.show_steps()

    def show_steps(self) -> None:
        """Show the draft's steps without losing the place."""
        names = (HEAD, *self._session.names)
        self.blockSignals(True)
        while self.count() > len(names):
            self.takeItem(self.count() - 1)
        for place, name in enumerate(names):
            item = self.item(place) or QListWidgetItem(self)
            self._fill(item, place, name)
        self.blockSignals(False)
        self._show_picked()

    def _fill(self, item: QListWidgetItem, place: int, name: str) -> None:
        look, draft = self._look, self._session.draft
        faults = self._session.problems_of(name)
        step = draft.steps.get(name)
        title = look.text("editor.head") if name == HEAD else step_name(look, draft, name)
        kind = look.text(f"editor.kind.{step.kind.value}") if step is not None else ""
        chip = look.text("editor.auto") if isinstance(step, Check) else kind
        fault = "error" if any(one.is_error for one in faults) else "warning" if faults else ""
        item.setText(title)
        item.setToolTip(tooltip_text(title))
        for role, value in ((_NAME, name), (_CHIP, chip), (_FAULT, fault), (_AUTO, is_auto(step))):
            item.setData(role, value)
        item.setData(_TONE, TONES[step.kind] if step is not None else "")
        spoken = look.text("editor.step.spoken", number=place, title=title, kind=kind) if place else title
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            look.text(f"editor.step.{fault}", step=spoken) if fault else spoken,
        )
        drags = Qt.ItemFlag.ItemIsDragEnabled if name != HEAD else Qt.ItemFlag.NoItemFlags
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | drags)

    def _show_picked(self) -> None:
        names = (HEAD, *self._session.names)
        self.blockSignals(True)
        self.setCurrentRow(names.index(self._session.step) if self._session.step in names else 0)
        self.blockSignals(False)

    def _on_picked(self, _step: str) -> None:
        self._show_picked()

    def _on_row(self, row: int) -> None:
        item = self.item(row)
        if row >= 0:
            self._session.pick(str(item.data(_NAME)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by Alt with an arrow, ask to remove by Delete."""
        step, place = self._session.step, self.currentRow() - 1
        key, with_alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if step != HEAD and with_alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(step, place + (1 if key == Qt.Key.Key_Down else -1))
        elif step != HEAD and key == Qt.Key.Key_Delete:
            self.removal_wanted.emit(step)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Let the draft be changed; the list then shows it, so Qt moves no row by itself."""
        dragged, place = self._session.step, self.indexAt(event.position().toPoint()).row()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if dragged != HEAD and place != 0:
            last = len(self._session.names) - 1
            self.moved.emit(dragged, last if place < 0 else place - 1)


class _StepDelegate(QStyledItemDelegate):
    """Draws grip, number, heading, kind and mark."""

    def __init__(self, look: Look, parent: StepList) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: Option, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, self._look.theme.px(_ROW))

    def paint(self, painter: QPainter, option: Option, index: QModelIndex | QPersistentModelIndex) -> None:
        theme = self._look.theme
        rect: QRect = option.rect.adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel"))
            painter.drawRoundedRect(rect, 6, 6)
        is_head = index.data(_NAME) == HEAD
        painter.setFont(theme.font("body", BOLD if is_head else MEDIUM))
        left = rect.x() + theme.px(10 if is_head else 22)
        if not is_head:
            self._paint_grip(painter, rect)
            painter.setPen(theme.color("t3"))
            painter.drawText(QRect(left, rect.y(), theme.px(22), rect.height()), _MIDDLE, str(index.row()))
            left += theme.px(26)
        right = self._paint_chip(painter, rect, index)
        painter.setFont(theme.font("body", BOLD if is_head else MEDIUM))
        painter.setPen(theme.color("t1"))
        words = QRect(left, rect.y(), max(0, right - left - theme.px(8)), rect.height())
        shown = QFontMetrics(painter.font()).elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _MIDDLE, shown)
        painter.restore()

    def _paint_grip(self, painter: QPainter, rect: QRect) -> None:
        """Draw what says that a row can be taken hold of."""
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ctl"))
        step, side = theme.px(4), max(2, theme.px(2))
        left, top = rect.x() + theme.px(8), rect.center().y() - step - side // 2
        for number in range(6):
            painter.drawEllipse(left + number % 2 * step, top + number // 2 * step, side, side)

    def _paint_chip(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> int:
        """Draw kind and mark from the right; returns where the room for words ends."""
        theme, right = self._look.theme, rect.right() - self._look.theme.px(8)
        fault = str(index.data(_FAULT) or "")
        if fault:
            side, tone = theme.px(16), "red" if fault == "error" else "amb"
            place = QRect(right - side, rect.center().y() - side // 2, side, side)
            name = "warning-circle" if fault == "error" else "warning"
            draw_icon(painter, place.toRectF(), name, theme.color(tone), filled=True)
            right -= side + theme.px(6)
        chip = str(index.data(_CHIP) or "")
        if not chip:
            return right
        painter.setFont(theme.font("caption", MEDIUM))
        metrics = QFontMetrics(painter.font())
        mark = theme.px(15) if index.data(_AUTO) else 0
        width, height = metrics.horizontalAdvance(chip) + theme.px(14) + mark, metrics.height() + theme.px(4)
        place = QRect(right - width, rect.center().y() - height // 2, width, height)
        tone = str(index.data(_TONE))
        ground = _GROUNDS.get(tone, "")
        painter.setPen(Qt.PenStyle.NoPen if ground else theme.color("line2"))
        painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 4, 4)
        ink = theme.color(tone if tone in ("acc", "grn", "vio") else "t2")
        if mark:
            side = theme.px(12)
            bolt = QRect(place.x() + theme.px(6), place.center().y() - side // 2, side, side)
            draw_icon(painter, bolt.toRectF(), "lightning", ink)
        painter.setPen(ink)
        painter.drawText(place.adjusted(mark, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, chip)
        return place.left() - theme.px(4)
