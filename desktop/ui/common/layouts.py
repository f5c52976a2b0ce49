"""Rows and columns with our spacing, so that a page reads like what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea

Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]


def row(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return a row of widgets and layouts; a number is a gap in logical pixels, None takes the room left over."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def column(*items: Item, spacing: int = 4, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return a column of widgets and layouts; numbers and None as in `row`."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def pane(layout: QLayout, *, ground: str = "", edge: str = "") -> QFrame:
    """Return a frame around a layout; `ground` is win, side, surface or surface2, `edge` the side with a line."""
    frame = QFrame()
    if ground:
        frame.setProperty("ground", ground)
    if edge:
        frame.setProperty("edge", edge)
    frame.setLayout(layout)
    return frame


def scrolling(content: QWidget, *, keeps_width: bool = False) -> QScrollArea:
    """Return a scroll area that gives `content` its width and scrolls only up and down.

    With `keeps_width` whatever stands beside it gives way first where room is short.
    """
    from desktop.ui.common.scroll_areas import make_area  # the first picture has none

    return make_area(content, keeps_width=keeps_width)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete its widgets later."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def show_all(layout: QLayout) -> None:
    """Show what was just put into the layout of an open page, so that it can take the keyboard at once.

    Qt itself shows it only when the event loop comes round.
    """
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.show()


def _fill(layout: QHBoxLayout | QVBoxLayout, items: tuple[Item, ...], spacing: int, margins: Margins) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
