"""Buttons: one filled one per pane, the others quiet; all of fixed size so that German words are never clipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import checked_name, draw_icon
from desktop.ui.common.labels import set_tooltip
from desktop.ui.common.look import Look

_CARET_ROOM = "\u2003\u2002"  # room for the caret: padding does not move the words of a button with a menu
KINDS = ("normal", "primary", "flat", "link", "danger", "property", "field", "chip")
_HAIR = "\u200a"  # makes the room for an icon: a style sheet keeps none for what a button draws by itself
_SIDE = 16  # logical pixels of an icon
_GAP = 8  # logical pixels between icon and words
_LEFT = {"link": 0, "property": 0, "field": 11}  # where the contents begin for the kinds that are aligned left
_TOKENS = {"primary": "onacc", "link": "acc", "danger": "red", "flat": "t2"}
_INDENT = "\u2002\u2009"  # and they forget the padding of a text that is aligned left


class Button(QPushButton):
    """A button with a text and perhaps an icon; `kind` is one of `KINDS`, `small` the compact height."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon_name: str = "",
        kind: str = "normal",
        small: bool = False,
        clicked: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._look, self._kind, self._words = look, kind, text
        self._icon: tuple[str, str, bool] | None = None
        self._shown = ""
        self._room = _CARET_ROOM if isinstance(self, MenuButton) else ""
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.dress(self, _size(kind, small=small), BOLD if kind == "primary" else MEDIUM)
        self.set_icon(icon_name)
        self.setAccessibleName(text)
        if clicked is not None:
            self.clicked.connect(lambda: clicked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, or open its menu, on every system."""
        from desktop.ui.common.keys import is_enter  # which nothing needs before the first key

        if not is_enter(event) or (self.menu() and self._has_default()):
            super().keyPressEvent(event)
        elif self.menu():
            self.showMenu()
        else:
            self.click()

    def _has_default(self) -> bool:
        """Tell whether Enter belongs to the dialog: a choice opens by Space there, as a combo box does."""
        from PySide6.QtWidgets import QDialog  # a class that a start would search long for

        window = self.window()
        return isinstance(window, QDialog) and any(one.isDefault() for one in window.findChildren(QPushButton))

    def set_text(self, text: str) -> None:
        """Show another text; it is plain, a "&" in it stays a "&"."""
        self._words = text
        self.setAccessibleName(text)
        self._write()

    def set_icon(self, name: str, token: str = "", *, filled: bool = False) -> None:
        """Show another icon, or none for an empty name."""
        self._icon = (checked_name(name), token or _TOKENS.get(self._kind, "t1"), filled) if name else None
        self._write()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button and then its icon; a `QIcon` would cost the first picture the 157 names of that class."""
        super().paintEvent(event)
        if self._icon is not None:
            name, token, filled = self._icon
            painter = QPainter(self)
            color = self._look.theme.color(token if self.isEnabled() else "t3")
            draw_icon(painter, self._icon_place(), name, color, filled=filled)
            painter.end()

    def _write(self) -> None:
        self._shown = (_INDENT if self._kind == "field" else "") + self._icon_room() + self._words + self._room
        self.setText(self._shown.replace("&", "&&"))

    def _icon_room(self) -> str:
        if self._icon is None:
            return ""
        hair = QFontMetrics(self.font()).horizontalAdvance(_HAIR * 20) / 20  # one by itself is hardly a pixel
        return _HAIR * round(self._look.theme.px(_SIDE + (_GAP if self._words else 0)) / max(hair, 0.5))

    def _icon_place(self) -> QRectF:
        side = self._look.theme.px(_SIDE)
        left = _LEFT.get(self._kind)
        if left is None:
            left = round((self.width() - QFontMetrics(self.font()).horizontalAdvance(self._shown)) / 2)
        return QRectF(left, (self.height() - side) / 2, side, side)


def _size(kind: str, *, small: bool) -> str:
    return "caption" if kind == "chip" else "meta" if small or kind == "link" else "body"


class IconButton(Button):
    """A square button that shows only an icon; `name` is its accessible name and its tooltip."""

    def __init__(
        self,
        look: Look,
        icon_name: str,
        name: str,
        *,
        kind: str = "flat",
        small: bool = False,
        clicked: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(look, "", icon_name=icon_name, kind=kind, small=small, clicked=clicked)
        self.setProperty("square", True)
        self.setAccessibleName(name)
        set_tooltip(self, name)

    def sizeHint(self) -> QSize:
        """Be as wide as high."""
        side = self._look.theme.px(28 if self.property("small") else 32)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never shrink below the target size."""
        return self.sizeHint()


class MenuButton(Button):
    """A button that opens a menu and shows so by a caret."""

    def __init__(
        self,
        look: Look,
        text: str,
        menu: QMenu | None = None,
        *,
        icon_name: str = "",
        kind: str = "normal",
        small: bool = False,
    ) -> None:
        super().__init__(look, text, icon_name=icon_name, kind=kind, small=small)
        self.setProperty("menu", True)
        if menu is not None:
            self.setMenu(menu)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button and its caret."""
        super().paintEvent(event)
        side = self._look.theme.px(12)
        margin = 4 if self._kind == "property" else 10
        place = QRectF(self.width() - side - margin, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        token = "t2" if self.isEnabled() else "t3"
        draw_icon(painter, place, "caret-down", self._look.theme.color(token))
        painter.end()


class ChoiceButton(MenuButton):
    """One of several values, chosen from a menu: what a combo box is, with the arrow that style sheets lose."""

    chosen = Signal(str)
    """The value that the user picked; setting it by code stays silent."""

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        value: str = "",
        kind: str = "field",
        small: bool = False,
    ) -> None:
        super().__init__(look, "", kind=kind, small=small)
        self._choices = QMenu(self)
        self.setMenu(self._choices)
        self._name = name
        self._labels: dict[str, str] = {}
        self.value = ""
        self.set_choices(choices, value=value)

    def set_choices(self, choices: Sequence[tuple[str, str]], *, value: str = "") -> None:
        """Offer other values, each with its label."""
        menu = self._choices
        menu.clear()
        self._labels = dict(choices)
        for one, label in choices:
            action = menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(one)
            action.triggered.connect(lambda _on=False, picked=one: self._on_picked(picked))
        self.set_value(value)

    def set_value(self, value: str, label: str | None = None) -> None:
        """Show a value, by its own label or another one."""
        self.value = value
        shown = self._labels.get(value, "") if label is None else label
        self.set_text(shown)
        self.setAccessibleName(f"{self._name}: {shown}")
        for action in self._choices.actions():
            action.setChecked(action.data() == value)

    def _on_picked(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)
