"""E08: a screenshot is taken only on a click, shown whole first, and blackened before anybody else sees it.

Boxes are burnt into the pixels and the picture is encoded anew as PNG, so that nothing below a box and no metadata
travels. Everything works by mouse and by keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QWidget

from desktop.client.rows import NewFile
from desktop.ui.common.buttons import Button
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look

_BLACK = Qt.GlobalColor.black
_STEP, _SMALLEST = 8, 6  # pixels of the picture
_NEW = QSize(160, 60)
_MOVES = {
    Qt.Key.Key_Left: QPoint(-_STEP, 0),
    Qt.Key.Key_Right: QPoint(_STEP, 0),
    Qt.Key.Key_Up: QPoint(0, -_STEP),
    Qt.Key.Key_Down: QPoint(0, _STEP),
}


def grab_screens() -> QImage:
    """Return a picture of all screens side by side; empty where the system does not allow it."""
    shots = [(one.geometry(), one.grabWindow(0)) for one in QGuiApplication.screens()]
    whole = QRect()
    for place, _ in shots:
        whole = whole.united(place)
    if whole.isEmpty() or all(shot.isNull() for _, shot in shots):
        return QImage()
    ratio = max(shot.devicePixelRatio() for _, shot in shots)
    image = QImage(whole.size() * ratio, QImage.Format.Format_RGB32)
    image.fill(_BLACK)
    painter = QPainter(image)
    for place, shot in shots:
        target = QRectF(QPointF(place.topLeft() - whole.topLeft()) * ratio, place.size().toSizeF() * ratio)
        painter.drawPixmap(target, shot, QRectF(shot.rect()))
    painter.end()
    return image


def burnt(image: QImage, boxes: list[QRect]) -> QImage:
    """Return a copy of the picture whose boxes are black pixels."""
    result = image.convertToFormat(QImage.Format.Format_RGB32).copy()
    painter = QPainter(result)
    for box in boxes:
        painter.fillRect(box, _BLACK)
    painter.end()
    return result


def png_bytes(image: QImage) -> bytes:
    """Return the picture as PNG, pixels only."""
    bare = QImage(image.size(), QImage.Format.Format_RGB32)
    bare.fill(_BLACK)
    painter = QPainter(bare)
    painter.drawImage(QPoint(0, 0), image)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(bare)
    return bytes(content.data())


class RedactionCanvas(QWidget):
    """The picture with its boxes; drag to draw one, click to choose one.

    Keys: N new, Space next, arrows move, Shift and arrows size, C cuts the picture to the chosen box, Del removes it.
    """

    changed = Signal()

    def __init__(self, look: Look, image: QImage) -> None:
        super().__init__()
        self._look = look
        self.image = image
        self.boxes: list[QRect] = []
        self._before: list[tuple[QImage, list[QRect]]] = []
        self._chosen = -1
        self._from: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 200)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(look.text("tray.shot.canvas"))
        self.setAccessibleDescription(look.text("tray.shot.keys"))
        self.setToolTip(look.text("tray.shot.keys"))

    @property
    def can_undo(self) -> bool:
        """Tell whether there is anything to take back."""
        return bool(self._before)

    @property
    def can_crop(self) -> bool:
        """Tell whether a box is chosen that the picture could be cut to."""
        return self._chosen >= 0

    def undo(self) -> None:
        """Take the last box, cut or removal back."""
        if self._before:
            self.image, self.boxes = self._before.pop()
            self._choose(len(self.boxes) - 1)

    def crop(self) -> None:
        """Keep only what lies below the chosen box; other boxes stay where they are in the picture."""
        if not self.can_crop:
            return
        self._remember()
        kept = self.boxes.pop(self._chosen)
        self.image = self.image.copy(kept)
        moved = (box.translated(-kept.topLeft()).intersected(self.image.rect()) for box in self.boxes)
        self.boxes = [box for box in moved if not box.isEmpty()]
        self._choose(len(self.boxes) - 1)

    def add_box(self, box: QRect | None = None) -> None:
        """Add a box, in the middle of the picture where none is given."""
        if box is None:
            box = QRect(QPoint(0, 0), _NEW)
            box.moveCenter(self.image.rect().center())
        self._remember()
        self.boxes.append(box.intersected(self.image.rect()))
        self._choose(len(self.boxes) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Work on the boxes without a mouse."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_N:
            self.add_box()
        elif key == Qt.Key.Key_Space and self.boxes:
            self._choose((self._chosen + 1) % len(self.boxes))
        elif key == Qt.Key.Key_C and self.can_crop:
            self.crop()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._chosen >= 0:
            self._remember()
            self.boxes.pop(self._chosen)
            self._choose(len(self.boxes) - 1)
        elif key in _MOVES and self._chosen >= 0:
            self._shift(_MOVES[key], is_sizing=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a box."""
        self._from = self._in_image(event.position())
        self._remember()
        self.boxes.append(QRect(self._from, QSize(1, 1)))
        self._choose(len(self.boxes) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the box out."""
        if self._from is not None:
            corner = self._in_image(event.position())
            self.boxes[-1] = QRect(self._from, corner).normalized().intersected(self.image.rect())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the box; a mere click makes none and chooses the one below it."""
        self._from = None
        if self.boxes and min(self.boxes[-1].width(), self.boxes[-1].height()) < _SMALLEST:
            at = self.boxes.pop().topLeft()
            self._before.pop()
            below = [number for number, box in enumerate(self.boxes) if box.contains(at)]
            self._choose(below[-1] if below else len(self.boxes) - 1)
            return
        self._choose(len(self.boxes) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture as large as it fits, and the boxes black."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self._place()
        painter.drawImage(place, self.image)
        scale = place.width() / max(1, self.image.width())
        for number, box in enumerate(self.boxes):
            shown = QRectF(place.topLeft() + QPointF(box.topLeft()) * scale, box.size().toSizeF() * scale)
            painter.fillRect(shown, _BLACK)
            if number == self._chosen and self.hasFocus():
                painter.setPen(QPen(self._look.theme.color("acc"), 2, Qt.PenStyle.DashLine))
                painter.drawRect(shown)
        if self.hasFocus():
            painter.setPen(QPen(self._look.theme.color("acc"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -1))
        painter.end()

    def _remember(self) -> None:
        self._before.append((self.image, [QRect(one) for one in self.boxes]))

    def _choose(self, number: int) -> None:
        self._chosen = number
        self.update()
        self.changed.emit()

    def _shift(self, by: QPoint, *, is_sizing: bool) -> None:
        box = QRect(self.boxes[self._chosen])
        if is_sizing:
            box.setSize(QSize(max(_STEP, box.width() + by.x()), max(_STEP, box.height() + by.y())))
        else:
            box.translate(by)
        inside = box.intersected(self.image.rect())
        if not inside.isEmpty():
            self.boxes[self._chosen] = inside
        self.update()

    def _place(self) -> QRectF:
        size = self.image.size().toSizeF()
        size.scale(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _in_image(self, at: QPointF) -> QPoint:
        place = self._place()
        scale = self.image.width() / max(1.0, place.width())
        inner = (at - place.topLeft()) * scale
        right, bottom = self.image.width() - 1, self.image.height() - 1
        return QPoint(min(max(0, round(inner.x())), right), min(max(0, round(inner.y())), bottom))


class ScreenshotDialog(QDialog):
    """Look at the picture, blacken what nobody shall see, then take it or leave it."""

    taken = Signal(object)
    """The `NewFile` with the burnt picture."""
    again_wanted = Signal()

    def __init__(self, look: Look, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        text = look.text
        self.setWindowTitle(text("tray.shot.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 600)
        self.canvas = RedactionCanvas(look, image)
        self.canvas.changed.connect(self._on_changed)
        self._count = plain_label(look, size="meta", tone="t2", wrap=True)
        box = Button(look, text("tray.shot.box"), icon_name="eye-slash", small=True, clicked=self._on_box)
        self.crop = Button(look, text("tray.shot.crop"), icon_name="crop", small=True, clicked=self._on_crop)
        self.crop.setToolTip(text("tray.shot.crop_hint"))
        self.crop.setAccessibleDescription(text("tray.shot.crop_hint"))
        self._undo = Button(look, text("tray.shot.undo"), icon_name="arrow-counter-clockwise", small=True)
        self._undo.clicked.connect(self.canvas.undo)
        told = plain_label(look, text("tray.shot.hint"), size="meta", tone="t2", wrap=True)
        told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = row(box, self.crop, self._undo, told, spacing=8, margins=(20, 10, 20, 10))
        top.setStretch(3, 1)
        again = Button(look, text("tray.shot.again"), clicked=self._on_again)
        discard = Button(look, text("tray.shot.discard"), clicked=self.reject)
        self.use = Button(look, text("tray.shot.use"), kind="primary", clicked=self._on_use)
        bottom = row(
            IconLabel(look.theme, "lock-simple"), self._count, again, discard, self.use, spacing=8,
            margins=(20, 12, 20, 12),
        )  # fmt: skip
        bottom.setStretch(1, 1)
        middle = pane(column(self.canvas, margins=(24, 20, 24, 20)), ground="side")
        layout = column(
            pane(top, ground="surface", edge="bottom"), middle, pane(bottom, ground="surface2", edge="top"), spacing=0
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._on_changed()
        self.canvas.setFocus()

    def _on_box(self) -> None:
        self.canvas.add_box()
        self.canvas.setFocus()

    def _on_crop(self) -> None:
        self.canvas.crop()
        self.canvas.setFocus()

    def _on_changed(self) -> None:
        count = len(self.canvas.boxes)
        self._count.setText(self._look.texts.plural("tray.shot.count", count))
        self._undo.setEnabled(self.canvas.can_undo)
        self.crop.setEnabled(self.canvas.can_crop)

    def _on_again(self) -> None:
        self.reject()
        self.again_wanted.emit()

    def _on_use(self) -> None:
        picture = burnt(self.canvas.image, self.canvas.boxes)
        name = self._look.text("tray.shot.file_name")
        self.taken.emit(NewFile(name, png_bytes(picture), is_screenshot=True))
        self.accept()
