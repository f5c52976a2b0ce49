"""Where the keyboard stands in a form that is made anew, and which field undoes its own letters."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from desktop.ui.common.buttons import ChoiceButton


@dataclass(frozen=True, slots=True)
class Spot:
    """The widget that has the keyboard: what it is called, which of those it is, its place among all, its caret."""

    name: str
    number: int
    place: int
    caret: int


def spot_in(form: QWidget) -> Spot | None:
    """Return where the keyboard stands in a form; None where it is elsewhere."""
    focused = form.window().focusWidget()
    stops = _stops(form)
    if focused not in stops:
        return None
    name = _name(focused)
    alike = [one for one in stops if _name(one) == name]
    return Spot(name, alike.index(focused), stops.index(focused), _caret(focused))


def put_at(form: QWidget, spot: Spot) -> QWidget | None:
    """Give the keyboard to what stands at the same spot of a form made anew, else to what stands nearest."""
    stops = _stops(form)
    alike = [one for one in stops if _name(one) == spot.name]
    if not stops:
        return None
    found = alike[min(spot.number, len(alike) - 1)] if alike else stops[min(spot.place, len(stops) - 1)]
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    _put_caret(found, spot.caret)
    return found


def put_on(form: QWidget, name: str) -> QWidget | None:
    """Give the keyboard to the field with an object name."""
    found = form.findChild(QWidget, name)
    if found is not None:
        found.setFocus(Qt.FocusReason.OtherFocusReason)
    return found


class LetterUndo(QObject):
    """Leaves undo to the draft where a field has no letters of its own to take back."""

    def watch(self, form: QWidget) -> None:
        """Look after every field of a form."""
        for one in (*form.findChildren(QLineEdit), *form.findChildren(QPlainTextEdit)):
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the shortcut of the page have the key that the field would swallow."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier or event.key() not in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            return False  # other keys of undo belong to the window
        if _has_own(watched, is_redo=event.key() == Qt.Key.Key_Y):
            return False
        event.ignore()
        return True


def _has_own(field: QObject, *, is_redo: bool) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable() if is_redo else field.isUndoAvailable()
    if isinstance(field, QPlainTextEdit):
        history = field.document()
        return history.isRedoAvailable() if is_redo else history.isUndoAvailable()
    return True


def _stops(form: QWidget) -> list[QWidget]:
    """Return what Tab reaches, in the order in which it was made."""
    inner = (one for box in form.findChildren(QSpinBox) for one in box.findChildren(QLineEdit))
    hidden = set(inner)
    return [
        one
        for one in form.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None and one not in hidden
        and one.isEnabled() and not one.isHidden()
    ]  # fmt: skip


def _name(widget: QWidget) -> str:
    """Return what a widget is called, without what it says just now: that is what changes."""
    name = widget.accessibleName()
    return f"{type(widget).__name__} {name.split(': ')[0] if isinstance(widget, ChoiceButton) else name}"


def _caret(widget: QWidget) -> int:
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    return widget.textCursor().position() if isinstance(widget, QPlainTextEdit) else 0


def _put_caret(widget: QWidget, caret: int) -> None:
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(caret)
    elif isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(caret, len(widget.toPlainText())))
        widget.setTextCursor(cursor)
