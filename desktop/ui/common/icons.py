"""Icons drawn from the Phosphor font that QtAwesome brings, in the colour of a token and sharp at any ratio.

QtAwesome itself is not imported: it would load all its fonts. The outline of a glyph is read with `QRawFont` and
filled at paint time, so an icon follows a change of scheme by itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QRawFont
from PySide6.QtWidgets import QWidget

from desktop.ui.common.fonts import package_file
from desktop.ui.common.glyphs import GLYPHS
from desktop.ui.common.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_UNIT = 256.0  # Phosphor draws on a square of 256 units; the font's ascent is the whole square
_BLEED = 14.0  # units of empty margin cut off on each side, so that 16 px show 14.25 px of drawing


@lru_cache(maxsize=1)
def _font() -> QRawFont:
    path = package_file("qtawesome", "fonts", "phosphor-1.3.0.ttf")
    return QRawFont(str(path), _UNIT, QFont.HintingPreference.PreferNoHinting)


@lru_cache(maxsize=512)
def _outline(name: str, filled: bool) -> QPainterPath:
    font = _font()
    glyph = font.glyphIndexesForString(chr(GLYPHS[name][1 if filled else 0]))[0]
    return font.pathForGlyph(glyph).translated(0, font.ascent())


def draw_icon(painter: QPainter, rect: QRectF, name: str, color: QColor, *, filled: bool = False) -> None:
    """Fill an icon of `glyphs.GLYPHS` into the largest square inside `rect`. Raises KeyError for an unknown name."""
    side = min(rect.width(), rect.height())
    scale = side / (_UNIT - 2 * _BLEED)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2 - _BLEED * scale, rect.center().y() - side / 2 - _BLEED * scale)
    painter.scale(scale, scale)
    painter.fillPath(_outline(name, filled), color)
    painter.restore()


def checked_name(name: str) -> str:
    """Return the name of an icon. Raises KeyError for an unknown one: here, and not first while it is painted."""
    GLYPHS[name]
    return name


def icon(theme: Theme, name: str, token: str = "t2", *, filled: bool = False) -> QIcon:  # noqa: S107 - a colour
    """Return an icon that takes its colour from the theme whenever it is painted."""
    from desktop.ui.common.icon_engine import make_icon  # what draws itself does without `QIcon` and its 157 names

    checked_name(name)

    def draw(painter: QPainter, place: QRectF, is_enabled: bool) -> None:
        draw_icon(painter, place, name, theme.color(token if is_enabled else "t3"), filled=filled)

    return make_icon(draw)


class IconLabel(QWidget):
    """A still icon beside a text; screen readers skip it unless it gets an accessible name."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        token: str = "t2",  # noqa: S107 - a colour
        *,
        size: int = 16,
        filled: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self._name, self._token, self._size, self._filled = theme, name, token, size, filled
        self._fit()
        theme.changed.connect(self._fit)

    def set_icon(self, name: str, token: str, *, filled: bool = False) -> None:
        """Show another icon in the same place."""
        GLYPHS[name]
        self._name, self._token, self._filled = name, token, filled
        self.update()

    def paintEvent(self, event: object) -> None:
        """Draw the glyph in the token's present colour."""
        painter = QPainter(self)
        draw_icon(painter, QRectF(self.rect()), self._name, self._theme.color(self._token), filled=self._filled)
        painter.end()

    def _fit(self) -> None:
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)
        self.update()
