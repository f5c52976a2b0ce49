"""The picture of a wizard: its steps as cards, its exits as lines with words; the keyboard moves along the lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.problems import Problem
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.errors import announce
from desktop.ui.common.keys import is_enter
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.graph_items import StepCard
from desktop.ui.desk.wizards.graph_scene import GraphScene

_ZOOMS = (0.3, 0.4, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0)
_ROOM = 30  # pixels between the chosen card and the edge of the view


class GraphView(QWidget):
    """Shows a wizard as a picture; one step is chosen, and what happens to it comes by signals."""

    chosen = Signal(str)
    """Another step was chosen here, by pointer or keyboard."""
    opened = Signal(str)
    """A step shall be edited: Enter or a double click."""

    def __init__(self, look: Look, wizard: Wizard, problems: Sequence[Problem] = ()) -> None:
        super().__init__()
        self._look = look
        self._problems = tuple(problems)
        self.canvas = GraphCanvas(look)
        self.canvas.chosen.connect(self.chosen)
        self.canvas.opened.connect(self.opened)
        self.canvas.zoomed.connect(self._on_zoomed)
        self._percent = plain_label(look, size="meta", tone="t2")
        layout = column(self.canvas, self._tools(), spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.canvas)
        self.show_wizard(wizard, problems)
        self._on_zoomed(1.0)
        look.theme.changed.connect(self._on_theme)

    @property
    def step(self) -> str:
        """Return the chosen step."""
        return self.canvas.step

    def show_wizard(self, wizard: Wizard, problems: Sequence[Problem] = ()) -> None:
        """Draw another state of the draft; the chosen step and the place stay while the step exists."""
        self._problems = tuple(problems)
        self.canvas.show_scene(GraphScene(self._look, wizard, self._problems))

    def choose(self, step: str) -> None:
        """Choose a step from outside; no signal comes."""
        self.canvas.choose(step)

    def _tools(self) -> QWidget:
        look, canvas = self._look, self.canvas
        smaller = IconButton(look, "minus", look.text("graph.smaller"), small=True, clicked=lambda: canvas.zoom(-1))
        larger = IconButton(look, "plus", look.text("graph.larger"), small=True, clicked=lambda: canvas.zoom(1))
        whole = Button(look, look.text("graph.whole"), kind="flat", small=True, clicked=canvas.show_whole)
        keys = plain_label(look, look.text("graph.keys"), size="meta", tone="t3", wrap=True)
        line = row(keys, whole, smaller, self._percent, larger, spacing=8, margins=(16, 6, 12, 6))
        line.setStretch(0, 1)
        return pane(line, ground="surface", edge="top")

    def _on_zoomed(self, scale: float) -> None:
        self._percent.setText(self._look.text("graph.percent", percent=round(scale * 100)))

    def _on_theme(self) -> None:
        self.show_wizard(self.canvas.graph.wizard, self._problems)


class GraphCanvas(QGraphicsView):
    """The area with the picture itself."""

    chosen = Signal(str)
    opened = Signal(str)
    zoomed = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.step = ""
        self.graph: GraphScene
        self._before: GraphScene | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(look.text("graph.name"))

    @property
    def scale_now(self) -> float:
        """Return how large the picture is drawn, 1 is its own size."""
        return self.transform().m11()

    def show_scene(self, scene: GraphScene) -> None:
        """Show another picture and keep the place in it."""
        before, self._before, self.graph = self._before, scene, scene
        scene.setParent(self)
        self.setBackgroundBrush(self._look.theme.color("surface2"))
        self.setScene(scene)
        if before is not None:
            before.deleteLater()
        wanted = self.step if self.step in scene.cards else scene.wizard.start
        self.choose(wanted if wanted in scene.cards else next(iter(scene.cards), ""))

    def choose(self, step: str) -> None:
        """Choose a step and bring it into view."""
        self.step = step if step in self.graph.cards else ""
        self.graph.choose(self.step, has_keyboard=self.hasFocus())
        if not self.step:
            self.setAccessibleDescription("")
            return
        card = self.graph.cards[self.step]
        self.ensureVisible(card.sceneBoundingRect(), _ROOM, _ROOM)
        self.setAccessibleDescription(self.graph.described(self.step))

    def zoom(self, steps: int) -> None:
        """Draw the picture some sizes larger or smaller."""
        now = self.scale_now
        place = min(range(len(_ZOOMS)), key=lambda one: abs(_ZOOMS[one] - now))
        self._scale_to(_ZOOMS[max(0, min(len(_ZOOMS) - 1, place + steps))])

    def show_whole(self) -> None:
        """Draw the picture as large as it fits into the view, but no larger than its own size."""
        place, view = self.sceneRect(), self.viewport().rect()
        fitting = min(view.width() / max(1.0, place.width()), view.height() / max(1.0, place.height()), 1.0)
        self._scale_to(max(_ZOOMS[0], fitting))
        self.centerOn(place.center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the lines, open the step, zoom; everything else goes its usual way."""
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if is_enter(event) and self.step:
            self.opened.emit(self.step)
        elif key in zooms:
            self.zoom(zooms[key])
        elif key is Qt.Key.Key_0:
            self.show_whole()
        elif not self._move(key):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl held, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card under the pointer; beside the cards the picture is dragged."""
        card = self._card_at(event.position())
        if card is None:
            super().mousePressEvent(event)
        else:
            self._take(card.words.step)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the card under the pointer."""
        card = self._card_at(event.position())
        if card is not None:
            self.opened.emit(card.words.step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which card has the keyboard."""
        super().focusInEvent(event)
        self.graph.choose(self.step, has_keyboard=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.graph.choose(self.step, has_keyboard=False)

    def event(self, event: QEvent) -> bool:
        """Keep the arrows for the picture where a window uses them elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_enter(event):
            event.accept()
            return True
        return super().event(event)

    def _move(self, key: Qt.Key) -> bool:
        """Choose the next card in the direction of an arrow; tell whether the key meant one."""
        graph, step = self.graph, self.step
        if key is Qt.Key.Key_Home:
            self._take(graph.wizard.start)
            return True
        if key not in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right) or not step:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            beside = graph.targets_of(step) if key is Qt.Key.Key_Down else graph.sources_of(step)
            place = graph.picture.spots[step].x
            if beside:
                self._take(min(beside, key=lambda one: abs(graph.picture.spots[one].x - place)))
            return True
        line = graph.row_of(step)
        number = line.index(step) + (1 if key is Qt.Key.Key_Right else -1)
        if 0 <= number < len(line):
            self._take(line[number])
        return True

    def _take(self, step: str) -> None:
        if step and step != self.step:
            self.choose(step)
            announce(self, self.accessibleDescription())
            self.chosen.emit(step)

    def _card_at(self, place: QPointF) -> StepCard | None:
        found = self.itemAt(place.toPoint())
        return found if isinstance(found, StepCard) else None

    def _scale_to(self, scale: float) -> None:
        self.resetTransform()
        self.scale(scale, scale)
        if self.step:
            self.ensureVisible(self.graph.cards[self.step].sceneBoundingRect(), _ROOM, _ROOM)
        self.zoomed.emit(scale)
