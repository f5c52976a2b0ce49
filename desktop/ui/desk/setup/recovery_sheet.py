"""The recovery sheet as one page to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.ui.common.fonts import BOLD, REGULAR, make_font
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

# Inter replaces letters by forms without a code in these features; nobody could copy the words out of the file.
_UNREADABLE = ("tnum", "calt", "ccmp", "case")
DPI = 72  # so that one unit is one point
_ROW = 30.0  # points between two words
_COLUMNS = 2


def write_sheet(path: Path, look: Look, *, company: str, words: Sequence[str], at: datetime) -> None:
    """Write the sheet as a PDF of one A4 page. Raises AppError `file.unwritable`."""
    try:
        write_durably(path, render_sheet(look, company=company, words=words, at=at))
    except OSError as error:
        where = {"path": str(path)}
        raise AppError("file.unwritable", kind=ErrorKind.ENVIRONMENT, parameters=where, detail=str(error)) from error


def render_sheet(look: Look, *, company: str, words: Sequence[str], at: datetime) -> bytes:
    """Return the PDF: title, what it is for, the numbered words, the day."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setResolution(DPI)
    writer.setTitle(look.text("setup.recovery.sheet.title", company=one_line(company, 120)))
    painter = QPainter(writer)
    painter.setPen(QColor("black"))
    _draw(painter, look, one_line(company, 120), words, at)
    painter.end()
    buffer.close()
    return bytes(content.data())


def _draw(painter: QPainter, look: Look, company: str, words: Sequence[str], at: datetime) -> None:
    top = _block(painter, _font(look, 20, BOLD), look.text("setup.recovery.sheet.title", company=company), 60)
    top = _block(painter, _font(look, 11), look.text("setup.recovery.sheet.lead"), top + 12)
    top += 34
    per_column = -(-len(words) // _COLUMNS)
    for place, word in enumerate(words):
        left = 60 + place // per_column * 240
        base = top + place % per_column * _ROW
        painter.setFont(_font(look, 11))
        painter.drawText(QRectF(left, base, 26, _ROW), Qt.AlignmentFlag.AlignLeft, f"{place + 1}")
        painter.setFont(_font(look, 13, BOLD))
        painter.drawText(QRectF(left + 30, base, 205, _ROW), Qt.AlignmentFlag.AlignLeft, word)
    day = look.text("setup.recovery.sheet.date", date=look.formats.date(at))
    _block(painter, _font(look, 10), day, top + per_column * _ROW + 20)


def _block(painter: QPainter, font: QFont, text: str, top: float) -> float:
    """Draw wrapped words at the left margin and return where they end."""
    painter.setFont(font)
    place = QRectF(60, top, 475, 400)
    painter.drawText(place, Qt.TextFlag.TextWordWrap, text)
    return top + painter.boundingRect(place, Qt.TextFlag.TextWordWrap, text).height()


def _font(look: Look, points: int, weight: int = REGULAR) -> QFont:
    font = make_font(look.theme.family, points, weight)
    for name in _UNREADABLE:
        font.setFeature(QFont.Tag(name), 0)
    return font
