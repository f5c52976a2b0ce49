"""Printed pages: a document built from plain text, written as PDF and painted as pictures from the same layout.

Always in the bundled Inter, so that a page looks the same wherever it was made. Text goes in letter by letter and is
never taken for markup; nothing outside the document is loaded.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from desktop.ui.common.fonts import BOLD, REGULAR, make_font, package_file
from desktop.ui.common.safe_text import plain
from desktop.ui.common.tokens import LIGHT

PAGE = QSizeF(794, 1123)
"""A4 in units of 1/96 inch."""

_MARGIN, _FOOT = 68.0, 34.0
_SIZES = {"title": 25, "body": 14, "meta": 13, "foot": 11}
# Marks by which QTextDocument knows its own frames and objects; in foreign text they would tear the layout.
_DOCUMENT_MARKS = re.compile("[\ufdd0\ufdd1\ufffc]")
# Figures of equal width and Inter's context forms are glyphs without a letter: copied from a PDF they would be gone.
_UNREADABLE = ("calt", "tnum", "ccmp")
_LETTERS = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_ALONE = 56.0  # room at the foot of a page in which a title would stand alone


class Sheet:
    """A document on A4 pages; build it from top to bottom, then ask for its PDF or its pages as pictures."""

    def __init__(self, footer: Callable[[int, int], str]) -> None:
        self._footer = footer
        self._family = _load_inter()
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(self._font("body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        self._document.setPageSize(QSizeF(PAGE.width() - 2 * _MARGIN, PAGE.height() - 2 * _MARGIN - _FOOT))
        self._cursor = QTextCursor(self._document)
        self._line = 0.0
        self._titles: list[int] = []

    def heading(self, title: str, subtitle: str, aside: Sequence[str]) -> None:
        """Begin the sheet: title and subtitle on the left, `aside` on the right, a line below."""
        table = self._cursor.insertTable(1, 2, _heading_format())
        left, right = table.cellAt(0, 0).firstCursorPosition(), table.cellAt(0, 1).firstCursorPosition()
        left.insertText(_clean(title), self._format("title", "t1", BOLD))
        left.insertBlock()
        left.insertText(_clean(subtitle), self._format("meta", "t3"))
        block = QTextBlockFormat()
        block.setAlignment(Qt.AlignmentFlag.AlignRight)
        right.setBlockFormat(block)
        right.insertText(_clean("\n".join(aside)), self._format("meta", "amb", BOLD))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockFormat(_no_height())
        self._line = self._document.documentLayout().frameBoundingRect(table).bottom() + 9

    def section(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """Add a section: its title, then lines, each with its colour token; red ones are bold."""
        self._block(above=15)
        self._cursor.insertText(_clean(title), self._format("body", "acc", BOLD))
        for text, tone in lines:
            weight = BOLD if tone == "red" else REGULAR
            self._cursor.insertText("\u2028" + _clean(text), self._format("body", tone, weight))

    def entry(self, title: str, text: str, tone: str = "t1") -> None:
        """Add one entry of a history: a small title line, then the text."""
        self._block(above=9)
        self._cursor.insertText(_clean(title) + "\u2028", self._format("meta", "t3", BOLD))
        self._cursor.insertText(_clean(text), self._format("body", tone))

    def finish(self) -> Sheet:
        """Move titles that would stand alone at the foot of a page to the next one; call it when all is in."""
        height = self._document.pageSize().height()
        layout = self._document.documentLayout()
        for position in self._titles:
            block = self._document.findBlock(position)
            if layout.blockBoundingRect(block).top() % height > height - _ALONE:
                broken = block.blockFormat()
                broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(broken)
        return self

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return self._document.pageCount()

    def to_pdf(self, title: str) -> bytes:
        """Return the sheet as a PDF file whose metadata carry `title`."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setResolution(1200)
        writer.setTitle(_clean(title))
        writer.setCreator("Ersthelfer")
        with _painting(writer) as painter:
            painter.scale(writer.width() / PAGE.width(), writer.height() / PAGE.height())
            for index in range(self.pages):
                if index:
                    writer.newPage()
                self._paint(painter, index)
        return _with_blanks(bytes(buffer.data().data()))

    def page_image(self, index: int, width: int, ratio: float = 1.0) -> QImage:
        """Return one page as a picture of `width` logical pixels at the screen's pixel ratio."""
        scale = width * ratio / PAGE.width()
        image = QImage(round(PAGE.width() * scale), round(PAGE.height() * scale), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.white)
        with _painting(image) as painter:
            painter.scale(scale / ratio, scale / ratio)
            self._paint(painter, index)
        return image

    def _paint(self, painter: QPainter, index: int) -> None:
        body = self._document.pageSize()
        painter.save()
        painter.translate(_MARGIN, _MARGIN - index * body.height())
        painter.setClipRect(QRectF(0, index * body.height(), body.width(), body.height()))
        self._document.drawContents(painter, QRectF(0, index * body.height(), body.width(), body.height()))
        if self._line and not index:
            painter.setPen(QPen(QColor(LIGHT["acc"]), 1.2))
            painter.drawLine(QPointF(0, self._line), QPointF(body.width(), self._line))
        painter.restore()
        painter.setFont(self._font("foot"))
        painter.setPen(QColor(LIGHT["t3"]))
        place = QRectF(_MARGIN, PAGE.height() - _MARGIN - _FOOT / 2, body.width(), _FOOT)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, _clean(self._footer(index + 1, self.pages)))

    def _block(self, *, above: int) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setLineHeight(124, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self._cursor.insertBlock(block)
        self._titles.append(self._cursor.position())

    def _format(self, size: str, tone: str, weight: int = REGULAR) -> QTextCharFormat:
        found = QTextCharFormat()
        found.setFont(self._font(size, weight))
        found.setForeground(QColor(LIGHT[tone]))
        return found

    def _font(self, size: str, weight: int = REGULAR) -> QFont:
        font = make_font(self._family, _SIZES[size], weight)
        for name in _UNREADABLE:
            font.setFeature(QFont.Tag(name), 0)
        return font


@contextmanager
def application() -> Generator[QGuiApplication]:
    """Give Qt what it needs to lay out text where no window program runs; on Linux it needs no screen."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        yield running
        return
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QGuiApplication(["ersthelfer"])
    yield made
    made.shutdown()


@contextmanager
def _painting(device: QPdfWriter | QImage) -> Generator[QPainter]:
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    try:
        yield painter
    finally:
        painter.end()


def _heading_format() -> QTextTableFormat:
    found = QTextTableFormat()
    found.setBorder(0)
    found.setCellSpacing(0)
    found.setCellPadding(0)
    found.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    found.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, 68), QTextLength(QTextLength.Type.PercentageLength, 32)]
    )
    found.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    return found


def _no_height() -> QTextBlockFormat:
    found = QTextBlockFormat()
    found.setLineHeight(14, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return found


def _with_blanks(pdf: bytes) -> bytes:
    """Let a blank be copied as a blank: Qt names its glyph after the tab, which has the same one."""
    return _LETTERS.sub(lambda found: found.group().replace(b"<0009>", b"<0020>"), pdf)


def _clean(text: str) -> str:
    return _DOCUMENT_MARKS.sub("\ufffd", plain(text, 20_000)).replace("\n", "\u2028").replace("\u2029", "\u2028")


def _load_inter() -> str:
    if "Inter" in QFontDatabase.families():
        return "Inter"
    number = QFontDatabase.addApplicationFont(str(package_file("fontpkg_inter", "files", "Inter[opsz,wght].ttf")))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else QFont().family()
