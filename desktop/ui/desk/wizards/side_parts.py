"""What the left sides of checklists and of lists of ticks have in common: ground, way back, a thin bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QProgressBar

from desktop.ui.common.buttons import Button
from desktop.ui.common.look import Look

_WIDTH = 304  # pixels, as in the drawing


def be_side(frame: QFrame, look: Look) -> None:
    """Give a frame the look of a left side."""
    frame.setProperty("ground", "surface")
    frame.setProperty("edge", "right")
    frame.setFixedWidth(look.theme.px(_WIDTH))


def way_back(look: Look, ticket_number: str, left: Callable[[], object]) -> Button:
    """Return the link that goes back to the ticket."""
    said = look.text("wizard.to_ticket", number=ticket_number)
    return Button(look, said, icon_name="arrow-left", kind="link", clicked=left)


def thin_bar() -> QProgressBar:
    """Return the bar that shows how far it is; the words stand beside it."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedHeight(6)
    return bar
