"""Buttons: one filled one per pane, the others quiet; all of fixed size so that German words are never clipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import draw_icon, icon
from desktop.ui.common.labels import set_tooltip
from desktop.ui.common.look import Look

_CARET_ROOM = "\u2003\u2002"  # room for the caret: padding does not move the words of a button with a menu
KINDS = ("normal", "primary", "flat", "link", "danger", "property", "field", "chip")
_GAP = "\u2009 "  # style sheets know no gap between icon and text
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
        self._look, self._kind = look, kind
        self._room = _CARET_ROOM if isinstance(self, MenuButton) else ""
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.dress(self, _size(kind, small=small), BOLD if kind == "primary" else MEDIUM)
        self.set_icon(icon_name)
        self.set_text(text)
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
        self.setAccessibleName(text)
        shown = text.replace("&", "&&")
        gap = "" if self.icon().isNull() or not shown else _GAP
        self.setText((_INDENT if self._kind == "field" else gap) + shown + self._room)

    def set_icon(self, name: str, token: str = "") -> None:
        """Show another icon, or none for an empty name."""
        if not name:
            self.setIcon(QIcon())
            return
        tokens = {"primary": "onacc", "link": "acc", "danger": "red", "flat": "t2"}
        self.setIcon(icon(self._look.theme, name, token or tokens.get(self._kind, "t1")))
        self.setIconSize(QSize(self._look.theme.px(16), self._look.theme.px(16)))


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
