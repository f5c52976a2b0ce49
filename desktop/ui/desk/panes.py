"""Going from pane to pane with F6, and back with Shift+F6."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_to_pane(panes: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the next (1) or previous (-1) pane after the one that has it."""
    focused = QApplication.focusWidget()
    places = [place for place, one in enumerate(panes) if focused is not None and _holds(one, focused)]
    if not panes:
        return
    wanted = panes[(places[-1] + step) % len(panes)] if places else panes[0 if step > 0 else -1]
    target = _stop_in(wanted)
    target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _stop_in(pane: QWidget) -> QWidget:
    """Return the first widget inside that takes the keyboard, or the pane itself."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return pane
    inside = (one for one in pane.findChildren(QWidget) if one.isVisibleTo(pane) and one.isEnabled())
    return next((one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus), pane)
