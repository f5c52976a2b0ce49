"""Icons: our table is the font's table, drawings are sharp at every ratio and follow the scheme."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop.ui.common.fonts import package_file
from desktop.ui.common.glyphs import GLYPHS
from desktop.ui.common.icons import icon
from desktop.ui.common.look import Look


def test_the_table_is_the_fonts_own() -> None:
    path = package_file("qtawesome", "fonts", "phosphor-charmap-1.3.0.json")
    charmap = {name: int(code, 16) for name, code in json.loads(path.read_text()).items()}
    assert {name: (charmap.get(name), charmap.get(f"{name}-fill")) for name in GLYPHS} == dict(GLYPHS)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_as_many_pixels_as_the_screen(look: Look, ratio: float) -> None:
    pixmap = icon(look.theme, "printer").pixmap(QSize(16, 16), ratio)
    assert pixmap.width() == round(16 * ratio)
    assert pixmap.devicePixelRatio() == pytest.approx(ratio)


def _colours(image: QImage) -> set[str]:
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in spots if image.pixelColor(x, y).alpha() == 255}


def test_an_icon_takes_the_colour_of_the_scheme_in_force(look: Look, qapp: QApplication) -> None:
    drawn = icon(look.theme, "circle", "acc", filled=True)
    light = _colours(drawn.pixmap(QSize(32, 32), 1.0).toImage())
    look.theme.apply(qapp, "dark", 100)
    dark = _colours(drawn.pixmap(QSize(32, 32), 1.0).toImage())
    assert QColor("#0E6680").name() in light
    assert QColor("#67C3DB").name() in dark


def test_an_unknown_icon_fails_at_once(look: Look) -> None:
    with pytest.raises(KeyError):
        icon(look.theme, "no-such-icon")
