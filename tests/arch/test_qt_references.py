"""A guard against a fault of PySide6 6.12.0 on Python 3.11, which loses references of `None` until Python aborts."""

from __future__ import annotations

import sys

from PySide6.QtGui import QColor, QPainter, QPixmap


def test_painter_calls_keep_their_references_of_none(qapp: object) -> None:
    pixmap = QPixmap(8, 8)
    painter = QPainter(pixmap)
    color = QColor("red")
    before = sys.getrefcount(None)
    for _ in range(500):
        painter.setPen(color)
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < 250, f"500 calls lost {lost} references of None; see docs/decisions/002-pyside-pin.md"
